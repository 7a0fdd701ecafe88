// What I get by mail: each kind is a switch of mine, kept at once.
import { Alert, App, Checkbox } from "antd";
import { Link } from "react-router";

import { NOTICE_KINDS, type NoticeKind, useMyNotices, useWish } from "../../api/notices";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

export function MyNotices() {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const mine = useMyNotices();
  const wish = useWish();
  const me = useMe();
  const may = me.data !== undefined && mayAny(me.data, ["manage_people"]);
  return (
    <Loaded query={mine}>
      {({ mail, address }) => (
        <>
          {address === "" ? (
            <Alert
              type="warning"
              showIcon
              title={t("notices.noAddress")}
              action={may ? <Link to="/governance/people">{t("notices.enter")}</Link> : undefined}
            />
          ) : (
            <p className="quiet">{t("notices.address", { address })}</p>
          )}
          <Checkbox.Group<NoticeKind>
            className="notice-kinds"
            aria-label={t("notices.mine")}
            value={mail}
            onChange={(kinds) =>
              wish.mutate(kinds, { onError: (error) => void message.warning(fault(error)) })
            }
          >
            {NOTICE_KINDS.map((kind) => (
              <Checkbox key={kind} value={kind}>
                {t(`notices.kind.${kind}`)} <span className="quiet">{t(`notices.kindHow.${kind}`)}</span>
              </Checkbox>
            ))}
          </Checkbox.Group>
        </>
      )}
    </Loaded>
  );
}
