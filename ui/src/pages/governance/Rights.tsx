// Who may do what, and why: each principal, what it may do, and the rule that allows it.
import { Input, Tag } from "antd";
import { useState } from "react";

import type { Shapes } from "../../api/client";
import { useWho } from "../../api/governance";
import { ClearIcon } from "../../parts/ClearIcon";
import { ActorMark, actorKind } from "../../parts/Actor";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";

type Holder = Shapes["HolderShape"];
type Right = Shapes["RightShape"];
const FEW = 6;

export function Rights() {
  const who = useWho();
  return <Loaded query={who}>{(data) => <Page holders={data.holders} version={data.policies} />}</Loaded>;
}

function Page({ holders, version }: { holders: Holder[]; version: string }) {
  const { t, said } = useWords();
  const [sought, setSought] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const found = holders.filter((one) =>
    `${one.id} ${one.name} ${one.roles.join(" ")}`.toLowerCase().includes(sought.toLowerCase()),
  );
  const shown = found.find((one) => keyOf(one) === chosen) ?? found[0];
  return (
    <div className="two-panes">
      <div>
        <Input.Search
          allowClear={{ clearIcon: <ClearIcon /> }}
          aria-label={t("governance.rights.search")}
          placeholder={t("governance.rights.search")}
          onChange={(event) => setSought(event.target.value)}
        />
        <nav aria-label={t("governance.tab.rights")} className="holders">
          {found.map((one) => (
            <button
              key={keyOf(one)}
              type="button"
              aria-current={one === shown}
              onClick={() => setChosen(keyOf(one))}
            >
              <ActorMark kind={actorKind(one.kind)} />
              <span className="clip">{said(one.name)}</span>
            </button>
          ))}
        </nav>
      </div>
      {shown === undefined ? (
        <p className="quiet">{t("governance.rights.nobody")}</p>
      ) : (
        <HolderCard holder={shown} version={version} />
      )}
    </div>
  );
}

function HolderCard({ holder, version }: { holder: Holder; version: string }) {
  const { t, said } = useWords();
  const group = useGroups();
  const held = [...holder.roles, ...holder.groups];
  return (
    <section className="panel" aria-label={said(holder.name)}>
      <h2 className="row holder-name">
        <ActorMark kind={actorKind(holder.kind)} size={18} />
        {said(holder.name)}
        <span className="quiet id">{holder.id}</span>
      </h2>
      <div className="row">
        {held.map((one) => (
          <Tag key={one}>{group(one)}</Tag>
        ))}
        {held.length === 0 && <span className="quiet">{t("governance.rights.noRole")}</span>}
      </div>
      {holder.may.length === 0 && <p className="quiet">{t("governance.rights.nothing")}</p>}
      {byReason(holder.may).map(([policy, rights]) => (
        <Because key={policy} policy={policy} rights={rights} />
      ))}
      <p className="quiet foot">{t("governance.rights.version", { version })}</p>
    </section>
  );
}

function Because({ policy, rights }: { policy: string; rights: Right[] }) {
  const { said } = useWords();
  return (
    <div className="because">
      <p className="reason">
        {said(rights[0]?.reason)} <code className="quiet">{policy}</code>
      </p>
      <ul>
        {rights.map((right) => (
          <li key={right.action}>
            <ActionName action={right.action} /> <On names={right.on} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function On({ names }: { names: string[] }) {
  const { t, said } = useWords();
  const titles = useWho().data?.titles ?? {};
  const [all, setAll] = useState(false);
  if (names.length === 1 && names[0] === "company")
    return <span className="quiet">{t("governance.rights.company")}</span>;
  const shown = all ? names : names.slice(0, FEW);
  return (
    <span className="quiet on">
      {shown.map((name) => said(titles[name] ?? name)).join(t("governance.rights.comma"))}
      {names.length > FEW && (
        <button type="button" className="more" onClick={() => setAll(!all)}>
          {all
            ? t("governance.rights.fewer")
            : t("governance.rights.more", { count: names.length - shown.length })}
        </button>
      )}
    </span>
  );
}

function ActionName({ action }: { action: string }) {
  const { t } = useWords();
  const key = `governance.action.${action}`;
  return <strong>{t(key, action.replaceAll("_", " "))}</strong>;
}

function byReason(rights: Right[]): [string, Right[]][] {
  const found = new Map<string, Right[]>();
  for (const right of rights) found.set(right.policy, [...(found.get(right.policy) ?? []), right]);
  return [...found];
}

function keyOf(holder: Holder): string {
  return `${holder.kind}/${holder.id}`;
}
