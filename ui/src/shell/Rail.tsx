// The left rail: the places that have something for this person.
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { PLACES } from "../places";
import { Mark } from "./Mark";
import { mayAny, type Me } from "./me";
import "./rail.css";

const NARROW = "(max-width: 767px)";

export function Rail({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const width = matchMedia(NARROW);
    const fit = (): void => setNarrow(width.matches);
    width.addEventListener("change", fit);
    return () => width.removeEventListener("change", fit);
  }, []);
  const places = PLACES.filter((place) => place.offRail !== true && mayAny(me, place.may));
  const current = places.find((place) =>
    place.to === "/" ? pathname === "/" : pathname.startsWith(place.to),
  )?.name;
  return (
    <div className={`rail${narrow ? " is-narrow" : ""}`}>
      <Link to="/" className="rail-mark" aria-label="Mainspring">
        <Mark size={24} />
        {!narrow && <strong>Mainspring</strong>}
      </Link>
      <nav aria-label={t("app.menu")}>
        {places.map((place) => {
          const name = t(`place.${place.name}`);
          return (
            <Link
              key={place.name}
              to={place.to}
              title={narrow ? name : undefined}
              aria-current={place.name === current ? "page" : undefined}
            >
              <place.icon />
              <span className={narrow ? "unseen" : ""}>{name}</span>
            </Link>
          );
        })}
      </nav>
      <button
        type="button"
        className="rail-fold"
        aria-label={t(narrow ? "app.unfold" : "app.fold")}
        onClick={() => setNarrow(!narrow)}
      >
        {narrow ? <RightOutlined /> : <LeftOutlined />}
      </button>
    </div>
  );
}
