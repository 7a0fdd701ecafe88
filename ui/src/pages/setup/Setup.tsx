// The set-up guide: six steps, each of which can be skipped and come back to.
import { Button, Steps } from "antd";
import type { ComponentType } from "react";
import { useNavigate, useParams } from "react-router";

import { usePreference } from "../../api/preferences";
import { CheckOutlined, Named } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { BringStep } from "./BringStep";
import { CompanyStep } from "./CompanyStep";
import { PeopleStep } from "./PeopleStep";
import { TellStep } from "./TellStep";
import { ModelsStep, PackStep } from "./telling";
import "./setup.css";

const STEPS: readonly { name: string; view: ComponentType }[] = [
  { name: "company", view: CompanyStep },
  { name: "people", view: PeopleStep },
  { name: "bring", view: BringStep },
  { name: "tell", view: TellStep },
  { name: "models", view: ModelsStep },
  { name: "pack", view: PackStep },
];

export default function Setup() {
  const { t } = useWords();
  const { step } = useParams();
  const navigate = useNavigate();
  const [, keepLeft] = usePreference<boolean>("setup");
  const here = Math.max(
    0,
    STEPS.findIndex((one) => one.name === step),
  );
  const chosen = STEPS[here];
  const open = (place: number): void => {
    const next = STEPS[place];
    if (next === undefined) {
      keepLeft(true);
      void navigate("/");
    } else void navigate(`/setup/${next.name}`);
  };
  return (
    <main className="page setup">
      <h1>{t("setup.title")}</h1>
      <p className="lead">{t("setup.lead")}</p>
      <Steps
        size="small"
        current={here}
        onChange={open}
        iconRender={(drawn, { item, components: { Icon } }) =>
          item.status === "finish" ? (
            <Icon>
              <Named name={t("app.over")} children={<CheckOutlined />} />
            </Icon>
          ) : (
            drawn
          )
        }
        items={STEPS.map((one) => ({ title: t(`setup.step.${one.name}`) }))}
      />
      <section className="panel" aria-label={t(`setup.step.${chosen?.name ?? ""}`)}>
        {chosen !== undefined && <chosen.view />}
      </section>
      <div className="spread">
        <Button type="link" onClick={() => open(STEPS.length)}>
          {t("setup.leave")}
        </Button>
        <Button type={here === STEPS.length - 1 ? "primary" : "default"} onClick={() => open(here + 1)}>
          {t(here === STEPS.length - 1 ? "setup.finish" : "setup.next")}
        </Button>
      </div>
    </main>
  );
}
