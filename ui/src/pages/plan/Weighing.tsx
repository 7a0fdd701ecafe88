// How much each figure counts in this company: sliders, put in force with one button.
import { App, Button, Slider } from "antd";
import { useState } from "react";

import { type Plan, useWeigh, type Weights } from "../../api/plan";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

const SIDES = [
  ["value", ["revenue", "cost", "experience"]],
  ["difficulty", ["technology", "integration", "change", "regulation", "data_quality"]],
] as const;
const MOST = 10;

export function Weighing({ weights, may }: { weights: Plan["weights"]; may: boolean }) {
  const { t, number } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const [wish, setWish] = useState<Plan["weights"]>({});
  const weigh = useWeigh();
  const now = { ...weights, ...wish };
  const changed = Object.keys(wish).some((name) => wish[name] !== weights[name]);
  const save = (): void =>
    weigh.mutate(now as unknown as Weights, {
      onSuccess: () => {
        setWish({});
        void message.success(t("plan.weights.saved"));
      },
      onError: (error) => void message.warning(fault(error)),
    });
  return (
    <section className="panel weights" aria-label={t("plan.weights.title")}>
      <p className="quiet">{t("plan.weights.lead")}</p>
      {SIDES.map(([side, names]) => (
        <div key={side}>
          <h3>{t(`plan.scenes.${side}`)}</h3>
          {names.map((name) => (
            <div key={name} className="weight">
              <span>{t(`plan.weights.${name}`)}</span>
              <Slider
                min={0}
                max={MOST}
                step={0.5}
                value={now[name] ?? 1}
                disabled={!may}
                ariaLabelForHandle={t(`plan.weights.${name}`)}
                onChange={(value) => setWish({ ...wish, [name]: value })}
              />
              <span className="figure">{number(now[name] ?? 1)}</span>
            </div>
          ))}
        </div>
      ))}
      {may ? (
        <div className="row">
          <Button type="primary" disabled={!changed} loading={weigh.isPending} onClick={save}>
            {t("plan.weights.save")}
          </Button>
          <Button disabled={!changed} onClick={() => setWish({})}>
            {t("plan.weights.reset")}
          </Button>
        </div>
      ) : (
        <p className="quiet small">{t("plan.weights.mayNot")}</p>
      )}
    </section>
  );
}
