// What to look for in a queue: words and process; what is looked for often is saved under a name.
import { SaveOutlined } from "@ant-design/icons";
import { App, Button, Input, Popover, Select } from "antd";
import { useMemo, useState } from "react";

import { useProcesses } from "../../api/hooks";
import { usePreference } from "../../api/preferences";
import { useWords } from "../../parts/useWords";
import { SAVED } from "./Queues";
import type { SavedFilter } from "./queues";
import type { InboxState } from "./useInbox";

export function Search({ inbox }: { inbox: InboxState }) {
  const { t, said } = useWords();
  const { words, process } = inbox.filter;
  const processes = useProcesses();
  const options = useMemo(
    () =>
      [...new Map((processes.data?.items ?? []).map((one) => [one.id, said(one.name)]))].map(
        ([value, label]) => ({ value, label }),
      ),
    [processes.data, said],
  );
  return (
    <div className="inbox-search">
      <Input.Search
        key={words}
        allowClear
        defaultValue={words}
        placeholder={t("inbox.find")}
        aria-label={t("inbox.find")}
        onSearch={(value) => inbox.choose({ words: value.trim() })}
      />
      <div className="row" style={{ flexWrap: "nowrap" }}>
        <Select
          allowClear
          size="small"
          style={{ flex: 1, minWidth: 0 }}
          placeholder={t("cases.process")}
          aria-label={t("cases.process")}
          value={process === "" ? undefined : process}
          options={options}
          onChange={(value: string | undefined) => inbox.choose({ process: value ?? "" })}
        />
        {(words !== "" || process !== "") && <Save inbox={inbox} />}
      </div>
    </div>
  );
}

function Save({ inbox }: { inbox: InboxState }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [saved, save] = usePreference<SavedFilter[]>(SAVED);
  const [name, setName] = useState(inbox.filter.words);
  const [open, setOpen] = useState(false);
  const go = (): void => {
    const one = { ...inbox.filter, name: name.trim() };
    save([...(saved ?? []).filter((other) => other.name !== one.name), one]);
    setOpen(false);
    void message.success(t("inbox.filterSaved"));
  };
  const form = (
    <div className="row">
      <Input
        value={name}
        maxLength={40}
        aria-label={t("inbox.filterName")}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={go}
      />
      <Button type="primary" disabled={name.trim() === ""} onClick={go}>
        {t("inbox.save")}
      </Button>
    </div>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" content={form} title={t("inbox.filterName")}>
      <Button size="small" icon={<SaveOutlined />} aria-label={t("inbox.saveFilter")} />
    </Popover>
  );
}
