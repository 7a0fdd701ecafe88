// The parts of a place, each with an address of its own: a row of links that scrolls where it is too long.
import { Link } from "react-router";
import "./subplaces.css";

export interface SubPlace {
  name: string;
  label: string;
  to: string;
}

export function SubPlaces({
  label,
  items,
  here,
}: {
  label: string;
  items: readonly SubPlace[];
  here: string;
}) {
  return (
    <nav className="sub-places" aria-label={label}>
      {items.map((one) => (
        <Link key={one.name} to={one.to} aria-current={one.name === here ? "page" : undefined}>
          {one.label}
        </Link>
      ))}
    </nav>
  );
}
