// The scenes as a list, in the order in which they pay: value, difficulty, quadrant, and how sure that is.
import { Button, Table, Tag } from "antd";

import type { Scene } from "../../api/plan";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";

interface Props {
  scenes: readonly Scene[];
  chosen: number | undefined;
  onChoose: (row: number) => void;
}

export function Scenes({ scenes, chosen, onChoose }: Props) {
  const pages = usePages();
  const { t, said, share, number } = useWords();
  const mean = (value: number): string => number(Math.round(value * 10) / 10);
  return (
    <Table<Scene>
      rowKey="row"
      size="small"
      pagination={scenes.length > 50 ? { ...pages, pageSize: 50 } : false}
      scroll={{ x: 560 }}
      dataSource={[...scenes]}
      rowClassName={(one) => (one.row === chosen ? "is-chosen" : "")}
      columns={[
        {
          title: t("plan.scenes.scene"),
          render: (_, one, place) => (
            <Button type="link" className="scene-name" onClick={() => onChoose(one.row)}>
              {`${place + 1}. ${said(one.title)}`}
            </Button>
          ),
        },
        { title: t("plan.scenes.value"), align: "right", render: (_, one) => mean(one.value) },
        { title: t("plan.scenes.difficulty"), align: "right", render: (_, one) => mean(one.difficulty) },
        {
          title: t("plan.scenes.quadrant"),
          render: (_, one) => <Tag>{t(`plan.quadrant.${one.quadrant}`)}</Tag>,
        },
        {
          title: <span title={t("plan.scenes.certaintyHow")}>{t("plan.scenes.certainty")}</span>,
          align: "right",
          render: (_, one) => share(one.certainty),
        },
      ]}
    />
  );
}
