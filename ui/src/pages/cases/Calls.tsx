// The calls of a case through the gateway: who, what, cost, and the rule that let them.
import { Table, Tag } from "antd";

import type { Shapes } from "../../api/client";
import { useCalls } from "../../api/hooks";
import { Actor, actorKind } from "../../parts/Actor";
import { Loaded } from "../../parts/Loaded";
import { useActors } from "../../parts/actors";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";

type Call = Shapes["CallShape"];
const TONES: Record<string, string> = { ok: "green", denied: "red", confirmation: "gold", error: "red" };

interface Props {
  instance: string;
  selected: string | null;
  nameOf: (element: string) => string;
}

export function Calls({ instance, selected, nameOf }: Props) {
  const pages = usePages();
  const { t, moment, number } = useWords();
  const named = useActors();
  const calls = useCalls(instance);
  return (
    <Loaded query={calls}>
      {(data) => {
        const shown = data.items.filter((one) => selected === null || one.element === selected);
        const cost = shown.reduce((sum, one) => sum + one.cost, 0);
        return (
          <>
            <p className="quiet">{t("cases.total", { count: shown.length, cost: number(cost) })}</p>
            <Table<Call>
              size="small"
              rowKey="position"
              dataSource={shown}
              pagination={{ ...pages, pageSize: 50, hideOnSinglePage: true }}
              scroll={{ x: 760 }}
              columns={[
                { title: t("cases.when"), render: (_, one) => moment(one.at) },
                {
                  title: t("cases.who"),
                  render: (_, one) => <Actor kind={actorKind(one.actor.kind)} name={named(one.actor.id)} />,
                },
                { title: t("cases.operation"), dataIndex: "operation" },
                {
                  title: t("cases.element"),
                  render: (_, one) => (one.element === null ? "" : nameOf(one.element)),
                },
                {
                  title: t("cases.outcome"),
                  render: (_, one) => (
                    <Tag color={TONES[one.outcome]}>{t(`cases.outcomes.${one.outcome}`)}</Tag>
                  ),
                },
                {
                  title: t("cases.amount"),
                  align: "right",
                  render: (_, one) => (one.amount === null ? "" : number(one.amount)),
                },
                { title: t("cases.cost"), align: "right", render: (_, one) => number(one.cost) },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}
