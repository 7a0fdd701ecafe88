// Filling a field with AI: what it takes before it starts, how far it is, stop and go on, what is unsure.
import { Alert, App, Button, Drawer, Progress } from "antd";

import {
  type FillProgress,
  goesOn,
  type TableHead,
  useCost,
  useFill,
  useFillState,
  useStopFill,
} from "../../api/tables";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { Loaded } from "../../parts/Loaded";
import { Review } from "./Review";

const PERCENT = 100;

interface Props {
  head: TableHead;
  field: string;
  onClose: () => void;
}

export function FillDrawer({ head, field, onClose }: Props) {
  const { t, said } = useWords();
  const one = head.fields.find((each) => each.name === field);
  const state = useFillState(head.sheet, field);
  if (one === undefined) return null;
  return (
    <Drawer open size={560} onClose={onClose} title={t("tables.ai", { field: said(one.title || one.name) })}>
      <p className="quiet">
        {t(`tables.fillBy.${one.fill}`)} · {t("tables.fillFrom")}: {one.fill_from.map(said).join(", ")}
      </p>
      <Loaded query={state}>
        {(data) => (
          <>
            {!goesOn(data) && data.waiting > 0 && <Cost head={head} field={field} state={data} />}
            <Far sheet={head.sheet} field={field} state={data} />
            <h2 className="tables-part">{t("tables.review")}</h2>
            <Review key={`${data.unsure}/${data.status}`} head={head} field={one} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function Cost({ head, field, state }: { head: TableHead; field: string; state: FillProgress }) {
  const { t, number } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const cost = useCost(head.sheet, field);
  const fill = useFill(head.sheet, field);
  if (cost.error !== null) return <Alert type="info" showIcon title={fault(cost.error)} />;
  return (
    <Loaded query={cost}>
      {(told) => (
        <section className="panel fill-cost" aria-label={t("tables.cost")}>
          <dl>
            <dt>{t("tables.costRows")}</dt>
            <dd className="figure">{number(told.rows)}</dd>
            <dt>{t("tables.costExamples")}</dt>
            <dd className="figure">{number(told.examples)}</dd>
            <dt>{t("tables.costTime")}</dt>
            <dd className="figure">{t("tables.seconds", { shown: number(Math.ceil(told.seconds)) })}</dd>
            <dt>{t("tables.costMoney")}</dt>
            <dd className="figure">{told.money === 0 ? t("tables.noMoney") : number(told.money)}</dd>
          </dl>
          <Button
            type="primary"
            loading={fill.isPending}
            onClick={() => fill.mutate(undefined, { onError: (error) => void message.warning(fault(error)) })}
          >
            {t(state.status === "stopped" ? "tables.goOn" : "tables.start")}
          </Button>
        </section>
      )}
    </Loaded>
  );
}

function Far({ sheet, field, state }: { sheet: string; field: string; state: FillProgress }) {
  const { t, number } = useWords();
  const stop = useStopFill(sheet, field);
  const done = state.taken + state.unsure + state.reviewed;
  const all = done + state.waiting;
  if (done === 0 && !goesOn(state)) return null;
  return (
    <section className="fill-far">
      <div className="spread">
        <strong aria-live="polite">{t(`tables.status.${state.status as "done"}`)}</strong>
        {goesOn(state) && (
          <Button danger loading={stop.isPending} onClick={() => stop.mutate()}>
            {t("tables.stop")}
          </Button>
        )}
      </div>
      <Progress
        aria-label={t("tables.progress")}
        percent={all === 0 ? PERCENT : Math.floor((done / all) * PERCENT)}
        status={goesOn(state) ? "active" : "normal"}
        strokeColor="var(--agent)"
      />
      <p className="quiet figure">
        {number(state.taken)} {t("tables.taken")} · {number(state.unsure)} {t("tables.unsure")} ·{" "}
        {number(state.waiting)} {t("tables.waiting")}
      </p>
    </section>
  );
}
