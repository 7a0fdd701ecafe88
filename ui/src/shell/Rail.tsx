// The left rail: the places that have something for this person.
import { Layout, Menu } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { PLACES } from "../places";
import { Mark } from "./Mark";
import { mayAny, type Me } from "./me";

export function Rail({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [narrow, setNarrow] = useState(false);
  const places = PLACES.filter((place) => mayAny(me, place.may));
  const here = places.findLast((place) => place.to === "/" || pathname.startsWith(place.to));
  const current = pathname === "/" ? "home" : here?.name;
  return (
    <Layout.Sider
      collapsible
      breakpoint="md"
      collapsed={narrow}
      onCollapse={setNarrow}
      collapsedWidth={56}
      width={184}
      theme="light"
      className="rail"
    >
      <Link
        to="/"
        className="row"
        style={{ padding: "16px 16px 12px", color: "inherit" }}
        aria-label="Mainspring"
      >
        <Mark size={24} />
        {!narrow && <strong style={{ letterSpacing: 0.2 }}>Mainspring</strong>}
      </Link>
      <nav aria-label={t("app.menu")}>
        <Menu
          mode="inline"
          selectedKeys={current === undefined ? [] : [current]}
          style={{ borderInlineEnd: 0 }}
          items={places.map((place) => ({
            key: place.name,
            icon: <place.icon />,
            label: <Link to={place.to}>{t(`place.${place.name}`)}</Link>,
          }))}
        />
      </nav>
    </Layout.Sider>
  );
}
