// What comes in: the firm's lists, its mailbox, a folder. Each is connected here.
import { Link } from "react-router";

import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { FolderForm } from "./FolderForm";
import { MailboxForm } from "./MailboxForm";

export function BringStep() {
  const { t } = useWords();
  const me = useMe();
  const may = me.data !== undefined && mayAny(me.data, ["manage_services"]);
  return (
    <>
      <h2>{t("setup.bring.lists")}</h2>
      <p>{t("setup.bring.listsHow")}</p>
      <Link to="/imports">{t("setup.bring.open")}</Link>
      <h2>{t("setup.bring.mail")}</h2>
      {may ? <MailboxForm /> : <p className="quiet">{t("setup.bring.notYours")}</p>}
      <h2>{t("setup.bring.folder")}</h2>
      {may ? <FolderForm /> : <p className="quiet">{t("setup.bring.notYours")}</p>}
    </>
  );
}
