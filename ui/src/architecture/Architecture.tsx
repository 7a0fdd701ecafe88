// The architecture of the company with what is there now: from its domains down to processes, activities and cases.
import { type CSSProperties, useMemo, useState } from "react";
import { Link } from "react-router";

import type { Shapes } from "../api/client";
import { useGroups } from "../parts/groups";
import { RightOutlined } from "../parts/icons";
import { PenetrationBar } from "../parts/PenetrationBar";
import { useWords } from "../parts/useWords";
import { mayAny, useMe } from "../shell/me";
import "./architecture.css";
import { type Place, type Row, rowsOf, waysOf, wholeOf } from "./places";

const FIGURES = ["running", "waiting", "late", "incidents", "who", "touchless", "money"] as const;

export function Architecture({ landscape }: { landscape: Shapes["Landscape"] }) {
  const { t } = useWords();
  const { plan, places } = landscape;
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const whole = useMemo(() => wholeOf(places), [places]);
  const money = places.some((one) => one.money.length > 0);
  const turn = (path: string): void => {
    const next = new Set(turned);
    if (!next.delete(path)) next.add(path);
    setTurned(next);
  };
  return (
    <>
      {plan === 0 && <Shipped />}
      <div className="architecture" role="region" aria-label={t("home.tree.title")} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("home.tree.place")}</th>
              {FIGURES.filter((name) => name !== "money" || money).map((name) => (
                <th key={name} scope="col" className={`is-${name}`} title={t(`home.tree.${name}How`)}>
                  {t(`home.tree.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(places, turned).map((row) => (
              <PlaceRow key={row.path} row={row} whole={whole} money={money} onTurn={() => turn(row.path)} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Whose landscape this is, where nobody has brought in the company's own. */
function Shipped() {
  const { t } = useWords();
  const me = useMe();
  return (
    <p className="quiet small">
      {t("home.tree.shipped")}{" "}
      {me.data !== undefined && mayAny(me.data, ["plan"]) && <Link to="/plan">{t("home.tree.bring")}</Link>}
    </p>
  );
}

interface RowProps {
  row: Row;
  whole: ReadonlySet<string>;
  money: boolean;
  onTurn: () => void;
}

function PlaceRow({ row, whole, money, onTurn }: RowProps) {
  const { t, share } = useWords();
  const { place, depth } = row;
  const ways = waysOf(place, whole);
  return (
    <tr className={`is-level-${place.level}`} style={{ "--depth": depth } as CSSProperties}>
      <th scope="row">
        <Name row={row} to={ways.name} onTurn={onTurn} />
        <Waits place={place} />
      </th>
      <Count label={t("home.tree.running")} value={place.running} to={ways.cases} />
      <Count label={t("home.tree.waiting")} value={place.waiting} to={ways.tasks} />
      <Count label={t("home.tree.late")} value={place.late} to={ways.tasks} tone="warm" />
      <Count label={t("home.tree.incidents")} value={place.incidents} to={ways.name} tone="bad" />
      <td className="is-who" data-label={t("home.tree.who")}>
        {place.penetration !== null && <PenetrationBar penetration={place.penetration} short />}
      </td>
      <td className="figure is-touchless" data-label={t("home.tree.touchless")}>
        {place.aar !== null && share(place.aar)}
      </td>
      {money && (
        <td className="figure is-money" data-label={t("home.tree.money")}>
          <Stakes place={place} />
        </td>
      )}
    </tr>
  );
}

interface CountProps {
  label: string;
  value: number;
  to: string | null;
  tone?: "warm" | "bad";
}

function Count({ label, value, to, tone }: CountProps) {
  const { number } = useWords();
  return (
    <td className={`figure ${value === 0 ? "is-nothing" : (tone ?? "")}`} data-label={label}>
      {value > 0 && to !== null ? <Link to={to}>{number(value)}</Link> : number(value)}
    </td>
  );
}

function Name({ row, to, onTurn }: { row: Row; to: string | null; onTurn: () => void }) {
  const { t, said } = useWords();
  const { place, open } = row;
  const name = place.level === 0 ? t("home.tree.apart") : said(place.name);
  return (
    <span className="place-name">
      {open !== null && (
        <button
          type="button"
          aria-expanded={open}
          aria-label={t(open ? "home.tree.close" : "home.tree.open", { name })}
          onClick={onTurn}
        >
          <RightOutlined />
        </button>
      )}
      {place.level > 0 && <small className="quiet">L{place.level}</small>}
      {to === null ? name : <Link to={to}>{name}</Link>}
    </span>
  );
}

/** For whom tasks wait, at what can be opened no further or is a process. */
function Waits({ place }: { place: Place }) {
  const { t } = useWords();
  const group = useGroups();
  if (place.process === null || place.waiting === 0) return null;
  const said = place.waiting_for.map((one) =>
    t("home.forGroup", { count: one.count, group: group(one.group) }),
  );
  return <small className="quiet place-waits">{said.join(" · ")}</small>;
}

function Stakes({ place }: { place: Place }) {
  const { money } = useWords();
  return place.money.map((one) => <div key={one.currency}>{money(one.amount, one.currency)}</div>);
}
