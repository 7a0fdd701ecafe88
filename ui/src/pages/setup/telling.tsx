// The steps that tell and lead on: lists and mail, language models, what the pack does.
import { Link } from "react-router";

import { useCompany } from "../../api/setup";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";

export function BringStep() {
  const { t } = useWords();
  const company = useCompany();
  return (
    <>
      <h2>{t("setup.bring.lists")}</h2>
      <p>{t("setup.bring.listsHow")}</p>
      <Link to="/imports">{t("setup.bring.open")}</Link>
      <h2>{t("setup.bring.mail")}</h2>
      <Loaded query={company}>
        {({ mailbox }) => (
          <p>{mailbox === "" ? t("setup.bring.noMailbox") : t("setup.bring.mailbox", { name: mailbox })}</p>
        )}
      </Loaded>
    </>
  );
}

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
