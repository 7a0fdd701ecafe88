// The steps that a case went through, with who worked there.
import { Table, Tag } from "antd";

import type { Shapes } from "../../api/client";
import { ActorMark } from "../../parts/Actor";
import { useWords } from "../../parts/useWords";

type Step = Shapes["CaseElement"];

interface Props {
  elements: readonly Step[];
  selected: string | null;
  onSelect: (element: string) => void;
  nameOf: (element: string) => string;
}

export function Steps({ elements, selected, onSelect, nameOf }: Props) {
  const { t, moment } = useWords();
  return (
    <Table<Step>
      size="small"
      rowKey={(one) => `${one.process_id}/${one.element}`}
      pagination={false}
      scroll={{ x: 640 }}
      dataSource={[...elements].sort((a, b) => a.first.localeCompare(b.first))}
      rowClassName={(one) => (one.element === selected ? "ant-table-row-selected" : "")}
      onRow={(one) => ({ onClick: () => onSelect(one.element) })}
      columns={[
        { title: t("cases.element"), render: (_, one) => nameOf(one.element) },
        { title: t("cases.state"), render: (_, one) => <Tag>{t(`cases.states.${one.state}`)}</Tag> },
        { title: t("cases.times"), align: "right", render: (_, one) => one.times },
        {
          title: t("cases.who"),
          render: (_, one) => (
            <span className="row">
              {one.agents > 0 && <ActorMark kind="agent" />}
              {one.people > 0 && <ActorMark kind="person" />}
              {one.agents + one.people === 0 && <ActorMark kind="system" />}
            </span>
          ),
        },
        { title: t("cases.when"), render: (_, one) => moment(one.last) },
      ]}
    />
  );
}
