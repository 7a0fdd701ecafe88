// The steps that tell and lead on: language models, what the pack does.
import { Link } from "react-router";

import { useCompany } from "../../api/setup";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";

export function ModelsStep() {
  const { t } = useWords();
  const company = useCompany();
  return (
    <>
      <p>{t("setup.models.lead")}</p>
      <Loaded
        query={company}
        empty={{ when: (data) => data.models.length === 0, say: t("setup.models.none") }}
      >
        {({ models }) => (
          <ul>
            {models.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

export function PackStep() {
  const { t } = useWords();
  return (
    <>
      <p>{t("setup.pack.lead")}</p>
      <p>{t("setup.pack.safe")}</p>
      <Link to="/cases">{t("setup.pack.try")}</Link>
    </>
  );
}
