// What is mine: what I get by mail, my password; for those who look after services, the robots of group chats.
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { MyNotices } from "./MyNotices";
import { MyPassword } from "./MyPassword";
import { Robots } from "./Robots";
import "./notices.css";

export default function Notices() {
  const { t } = useWords();
  return (
    <main className="page notices">
      <h1>{t("notices.title")}</h1>
      <p className="lead">{t("notices.lead")}</p>
      <WhoHears />
      <section className="notice-part" aria-label={t("notices.password.title")}>
        <h2>{t("notices.password.title")}</h2>
        <MyPassword />
      </section>
    </main>
  );
}

/** Both parts, for this page and for the set-up guide. */
export function WhoHears() {
  const { t } = useWords();
  const me = useMe();
  const may = me.data !== undefined && mayAny(me.data, ["manage_services"]);
  return (
    <>
      <section className="notice-part" aria-label={t("notices.mine")}>
        <h2>{t("notices.mine")}</h2>
        <MyNotices />
      </section>
      {may && (
        <section className="notice-part" aria-label={t("notices.robots")}>
          <h2>{t("notices.robots")}</h2>
          <Robots />
        </section>
      )}
    </>
  );
}
