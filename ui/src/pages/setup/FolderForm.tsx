// The watched folder: switched on and off, where it is, and what it gave lately.
import { App, Button, Table, Tag } from "antd";
import { Link } from "react-router";

import { useFolder, useWatchFolder, type WatchedFolder } from "../../api/mail";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

/** The folder beside the database; others are opened by an administrator in a file. */
const OWN = "inbox";
const SHOWN = 5;

export function FolderForm() {
  const folder = useFolder();
  return <Loaded query={folder}>{(data) => <Watched folder={data} />}</Loaded>;
}

function Watched({ folder }: { folder: WatchedFolder }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const watch = useWatchFolder();
  const on = folder.watched.folder !== "";
  return (
    <>
      <p className="quiet">{t("setup.folder.lead")}</p>
      {on && (
        <p>
          {t("setup.folder.watched")} <code className="setup-place">{folder.place}</code>
        </p>
      )}
      <Button
        type={on ? "default" : "primary"}
        loading={watch.isPending}
        onClick={() =>
          watch.mutate(on ? "" : OWN, { onError: (error) => void message.warning(fault(error)) })
        }
      >
        {t(on ? "setup.folder.stop" : "setup.folder.watch")}
      </Button>
      {folder.items.length > 0 && <Given items={folder.items.slice(0, SHOWN)} />}
    </>
  );
}

function Given({ items }: { items: WatchedFolder["items"] }) {
  const { t, moment } = useWords();
  return (
    <Table
      aria-label={t("setup.folder.gave")}
      rowKey={(one) => `${one.name}/${one.at}`}
      size="small"
      pagination={false}
      scroll={{ x: 520 }}
      dataSource={items}
      columns={[
        { title: t("setup.folder.file"), dataIndex: "name" },
        {
          title: t("setup.folder.became"),
          render: (_, one) => (
            <Tag color={one.outcome === "problem" ? "error" : "default"} title={one.report}>
              {t(`setup.folder.outcome.${one.outcome}`)}
            </Tag>
          ),
        },
        {
          title: t("setup.folder.case"),
          render: (_, one) =>
            one.instance === null ? null : (
              <Link to={`/cases/${one.instance}`}>{t("setup.folder.open")}</Link>
            ),
        },
        { title: t("setup.folder.at"), render: (_, one) => moment(one.at) },
      ]}
    />
  );
}
