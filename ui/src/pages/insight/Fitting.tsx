// Ended cases against a version of the model: how many follow it, and where the others leave it, in words.
import { Select } from "antd";
import { useState } from "react";

import { useConformance } from "../../api/insight";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { Figure } from "./Figure";

export function Fitting({ process }: { process: string }) {
  const { t, said, share } = useWords();
  const [version, setVersion] = useState<number>();
  const fit = useConformance(process, version);
  return (
    <>
      <h2>{t("insight.differences.fit")}</h2>
      <Loaded query={fit}>
        {(data) => (
          <section className="panel" aria-label={t("insight.differences.fit")}>
            <div className="row">
              <Select
                aria-label={t("insight.differences.version")}
                value={data.version}
                options={data.versions.map((value) => ({
                  value,
                  label: `${t("insight.differences.version")} ${value}`,
                }))}
                onChange={setVersion}
              />
              <span>
                {t("insight.differences.fits", {
                  fitting: share(data.fitting),
                  version: data.version,
                  fitness: share(data.fitness),
                })}
              </span>
            </div>
            {data.reasons.length === 0 && <p className="quiet">{t("insight.differences.noReasons")}</p>}
            <ul>
              {data.reasons.map((one) => (
                <li key={one.text.en}>
                  {said(one.text)}{" "}
                  <Figure of={{ process, number: one.examples.join(",") }}>
                    {t("insight.differences.examples")}
                  </Figure>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Loaded>
    </>
  );
}
