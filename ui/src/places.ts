// The places of the workbench: name, icon, address, and the view, loaded when it is first opened.
import { type ComponentType, createElement, lazy, useState } from "react";

import { inboxNow, loadInbox } from "./early";
import {
  ApiOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  BellOutlined,
  CompassOutlined,
  FileTextOutlined,
  InboxOutlined,
  LineChartOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  TableOutlined,
  TeamOutlined,
} from "./parts/icons";

export interface Place {
  /** Key of its name in `place.*`. */
  name: string;
  icon: ComponentType;
  /** Where the rail leads. */
  to: string;
  /** Actions of `me.may`, one of which lets the place appear; empty: always. */
  may: readonly string[];
  /** Its views need no Ant Design: they are there before it is loaded. */
  plain?: boolean;
  /** Reached from the menu of the person, not from the rail. */
  offRail?: boolean;
  routes: readonly { path: string; view: ComponentType }[];
}

const Home = lazy(() => import("./pages/home/Home"));
const LateInbox = lazy(loadInbox);
const Cases = lazy(() => import("./pages/cases/Cases"));
const CasePage = lazy(() => import("./pages/cases/CasePage"));
const Processes = lazy(() => import("./pages/processes/Processes"));
const ProcessPage = lazy(() => import("./pages/processes/ProcessPage"));
const Decisions = lazy(() => import("./pages/processes/Decisions"));
const DecisionPage = lazy(() => import("./pages/processes/DecisionPage"));
const Team = lazy(() => import("./pages/team/Team"));
const Tools = lazy(() => import("./pages/team/Tools"));
const EmployeePage = lazy(() => import("./pages/team/EmployeePage"));
const Services = lazy(() => import("./pages/services/Services"));
const ServicePage = lazy(() => import("./pages/services/ServicePage"));
const Insight = lazy(() => import("./pages/insight/Insight"));
const Plan = lazy(() => import("./pages/plan/Plan"));
const Notices = lazy(() => import("./pages/notices/Notices"));
const DigestPage = lazy(() => import("./pages/digest/DigestPage"));
const Setup = lazy(() => import("./pages/setup/Setup"));
const Tables = lazy(() => import("./pages/tables/Tables"));
const TablePage = lazy(() => import("./pages/tables/TablePage"));
const FormPage = lazy(() => import("./pages/tables/FormPage"));
const Papers = lazy(() => import("./pages/papers/Papers"));
const Imports = lazy(() => import("./pages/imports/Imports"));
const ImportPage = lazy(() => import("./pages/imports/ImportPage"));
const Governance = lazy(() => import("./pages/governance/Governance"));

/** The inbox, at once where its script is here. */
function Inbox() {
  const [View] = useState<ComponentType>(() => inboxNow() ?? LateInbox);
  return createElement(View);
}

export const PLACES: readonly Place[] = [
  { name: "home", icon: AppstoreOutlined, to: "/", may: [], routes: [{ path: "/", view: Home }] },
  {
    name: "inbox",
    icon: InboxOutlined,
    to: "/inbox",
    may: ["do_task"],
    plain: true,
    routes: [
      { path: "/inbox", view: Inbox },
      { path: "/inbox/:key", view: Inbox },
    ],
  },
  {
    name: "cases",
    icon: FileTextOutlined,
    to: "/cases",
    may: ["see"],
    routes: [
      { path: "/cases", view: Cases },
      { path: "/cases/:key", view: CasePage },
    ],
  },
  {
    name: "tables",
    icon: TableOutlined,
    to: "/tables",
    may: ["call"],
    routes: [
      { path: "/tables", view: Tables },
      { path: "/tables/of/:sheet", view: TablePage },
      { path: "/tables/of/:sheet/form/:form", view: FormPage },
      { path: "/tables/papers", view: Papers },
    ],
  },
  {
    name: "processes",
    icon: ApartmentOutlined,
    to: "/processes",
    may: ["see"],
    routes: [
      { path: "/processes", view: Processes },
      { path: "/processes/decisions", view: Decisions },
      { path: "/processes/decisions/:id", view: DecisionPage },
      { path: "/processes/:id", view: ProcessPage },
    ],
  },
  {
    name: "team",
    icon: TeamOutlined,
    to: "/team",
    may: ["see_agents"],
    routes: [
      { path: "/team", view: Team },
      { path: "/team/tools", view: Tools },
      { path: "/team/:id", view: EmployeePage },
      { path: "/team/:id/:tab", view: EmployeePage },
    ],
  },
  {
    name: "services",
    icon: ApiOutlined,
    to: "/services",
    may: ["see_services"],
    routes: [
      { path: "/services", view: Services },
      { path: "/services/calls", view: Services },
      { path: "/services/budgets", view: Services },
      { path: "/services/of/:name", view: ServicePage },
      { path: "/services/of/:name/:part", view: ServicePage },
    ],
  },
  {
    name: "insight",
    icon: LineChartOutlined,
    to: "/insight",
    may: ["measure"],
    routes: [
      { path: "/insight", view: Insight },
      { path: "/insight/:part", view: Insight },
    ],
  },
  {
    name: "plan",
    icon: CompassOutlined,
    to: "/plan",
    may: ["measure"],
    routes: [{ path: "/plan", view: Plan }],
  },
  {
    name: "governance",
    icon: SafetyCertificateOutlined,
    to: "/governance",
    may: [],
    routes: [
      { path: "/governance", view: Governance },
      { path: "/governance/:tab", view: Governance },
    ],
  },
  {
    name: "digest",
    icon: ReadOutlined,
    to: "/digest",
    may: ["measure"],
    offRail: true,
    routes: [{ path: "/digest", view: DigestPage }],
  },
  {
    name: "notices",
    icon: BellOutlined,
    to: "/notices",
    may: [],
    offRail: true,
    routes: [{ path: "/notices", view: Notices }],
  },
  {
    name: "setup",
    icon: SettingOutlined,
    to: "/setup",
    may: ["manage_people"],
    offRail: true,
    routes: [
      { path: "/setup", view: Setup },
      { path: "/setup/:step", view: Setup },
    ],
  },
  {
    name: "imports",
    icon: SettingOutlined,
    to: "/imports",
    may: ["keep_records"],
    offRail: true,
    routes: [
      { path: "/imports", view: Imports },
      { path: "/imports/:number", view: ImportPage },
    ],
  },
];
