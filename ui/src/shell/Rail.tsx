// The left rail: the places that have something for this person.
import { useState } from "react";
import { Link, useLocation } from "react-router";

import { LeftOutlined, RightOutlined } from "../parts/icons";
import { PLACES } from "../places";
import { useWide } from "../plain/useWide";
import { Mark } from "./Mark";
import { mayAny, type Me } from "./me";
import "./rail.css";
import { useWords } from "../parts/useWords";

export function Rail({ me }: { me: Me }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const wide = useWide();
  const [folded, setFolded] = useState<boolean | null>(null);
  const narrow = folded ?? !wide;
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
        onClick={() => setFolded(!narrow)}
      >
        {narrow ? <RightOutlined /> : <LeftOutlined />}
      </button>
    </div>
  );
}
