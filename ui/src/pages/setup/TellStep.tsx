// Who hears of what, and when the digest comes.
import { Link } from "react-router";

import { useWords } from "../../parts/useWords";
import { DigestTimes } from "../digest/DigestTimes";
import { WhoHears } from "../notices/Notices";

export function TellStep() {
  const { t } = useWords();
  return (
    <>
      <WhoHears />
      <h2>{t("setup.tell.times")}</h2>
      <DigestTimes />
      <Link to="/digest">{t("setup.tell.digest")}</Link>
    </>
  );
}
