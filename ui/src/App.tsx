// The whole workbench: which place stands at which address.
import { lazy } from "react";
import { Route, Routes } from "react-router";

import { NotThere } from "./parts/Trouble";
import { type Place, PLACES } from "./places";
import { Shell } from "./shell/Shell";

const Dressed = lazy(() => import("./Dressed"));

export function App() {
  return (
    <Routes>
      <Route element={<Shell />}>
        {PLACES.filter((one) => one.plain === true).flatMap(routesOf)}
        <Route element={<Dressed />}>{PLACES.filter((one) => one.plain !== true).flatMap(routesOf)}</Route>
        <Route path="*" element={<NotThere />} />
      </Route>
    </Routes>
  );
}

function routesOf(place: Place) {
  return place.routes.map((route) => <Route key={route.path} path={route.path} element={<route.view />} />);
}
