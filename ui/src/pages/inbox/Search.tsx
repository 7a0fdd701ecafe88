// What to look for in a queue: words and process; what is looked for often is saved under a name.
import { type SubmitEvent, useMemo, useState } from "react";

import { useProcesses } from "../../api/hooks";
import { usePreference } from "../../api/preferences";
import { SaveOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { Button } from "../../plain/controls";
import { tell } from "../../plain/tell";
import { SAVED } from "./Queues";
import type { SavedFilter } from "./queues";
import type { InboxState } from "./useInbox";

export function Search({ inbox }: { inbox: InboxState }) {
  const { t, said } = useWords();
  const { words, process } = inbox.filter;
  const [naming, setNaming] = useState(false);
  const processes = useProcesses();
  const options = useMemo(
    () => [...new Map((processes.data?.items ?? []).map((one) => [one.id, said(one.name)]))],
    [processes.data, said],
  );
  const look = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("words");
    inbox.choose({ words: typeof typed === "string" ? typed.trim() : "" });
  };
  return (
    <search className="inbox-search">
      <form key={words} onSubmit={look}>
        <input
          type="search"
          name="words"
          className="input"
          defaultValue={words}
          placeholder={t("inbox.find")}
          aria-label={t("inbox.find")}
          onInput={({ currentTarget }) => {
            if (currentTarget.value === "" && words !== "") inbox.choose({ words: "" });
          }}
        />
      </form>
      <div className="row" style={{ flexWrap: "nowrap" }}>
        <select
          className="input"
          aria-label={t("cases.process")}
          value={process}
          onChange={({ target }) => inbox.choose({ process: target.value })}
        >
          <option value="">{t("cases.process")}</option>
          {options.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        {(words !== "" || process !== "") && (
          <Button
            small
            aria-label={t("inbox.saveFilter")}
            aria-expanded={naming}
            onClick={() => setNaming(!naming)}
          >
            <SaveOutlined />
          </Button>
        )}
      </div>
      {naming && <Naming inbox={inbox} onDone={() => setNaming(false)} />}
    </search>
  );
}

function Naming({ inbox, onDone }: { inbox: InboxState; onDone: () => void }) {
  const { t } = useWords();
  const [saved, save] = usePreference<SavedFilter[]>(SAVED);
  const [name, setName] = useState(inbox.filter.words);
  const go = (event: SubmitEvent): void => {
    event.preventDefault();
    const one = { ...inbox.filter, name: name.trim() };
    save([...(saved ?? []).filter((other) => other.name !== one.name), one]);
    onDone();
    tell("success", t("inbox.filterSaved"));
  };
  return (
    <form className="row" style={{ flexWrap: "nowrap" }} onSubmit={go}>
      <input
        className="input"
        autoFocus
        maxLength={40}
        value={name}
        placeholder={t("inbox.filterName")}
        aria-label={t("inbox.filterName")}
        onChange={({ target }) => setName(target.value)}
      />
      <Button look="primary" type="submit" disabled={name.trim() === ""}>
        {t("inbox.save")}
      </Button>
    </form>
  );
}
