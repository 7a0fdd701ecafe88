// The places of the workbench: name, icon, address, and the view, loaded when it is first opened.
import {
  ApiOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  CompassOutlined,
  FileTextOutlined,
  InboxOutlined,
  LineChartOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { type ComponentType, lazy } from "react";

export interface Place {
  /** Key of its name in `place.*`. */
  name: string;
  icon: ComponentType;
  /** Where the rail leads. */
  to: string;
  /** Actions of `me.may`, one of which lets the place appear; empty: always. */
  may: readonly string[];
  /** Reached from the menu of the person, not from the rail. */
  offRail?: boolean;
  routes: readonly { path: string; view: ComponentType }[];
}

const Home = lazy(() => import("./pages/home/Home"));
const Inbox = lazy(() => import("./pages/inbox/Inbox"));
const Cases = lazy(() => import("./pages/cases/Cases"));
const CasePage = lazy(() => import("./pages/cases/CasePage"));
const Processes = lazy(() => import("./pages/processes/Processes"));
const ProcessPage = lazy(() => import("./pages/processes/ProcessPage"));
const Decisions = lazy(() => import("./pages/processes/Decisions"));
const DecisionPage = lazy(() => import("./pages/processes/DecisionPage"));
const Team = lazy(() => import("./pages/team/Team"));
const EmployeePage = lazy(() => import("./pages/team/EmployeePage"));
const Services = lazy(() => import("./pages/services/Services"));
const ServicePage = lazy(() => import("./pages/services/ServicePage"));
const Insight = lazy(() => import("./pages/insight/Insight"));
const Plan = lazy(() => import("./pages/plan/Plan"));
const Setup = lazy(() => import("./pages/setup/Setup"));
const Imports = lazy(() => import("./pages/imports/Imports"));
const ImportPage = lazy(() => import("./pages/imports/ImportPage"));
const Governance = lazy(() => import("./pages/governance/Governance"));

export const PLACES: readonly Place[] = [
  { name: "home", icon: AppstoreOutlined, to: "/", may: [], routes: [{ path: "/", view: Home }] },
  {
    name: "inbox",
    icon: InboxOutlined,
    to: "/inbox",
    may: ["do_task"],
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
    routes: [{ path: "/insight", view: Insight }],
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
