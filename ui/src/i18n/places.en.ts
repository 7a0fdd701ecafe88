// English words of each place.
export { copilot } from "./en/copilot";
export { cases } from "./en/cases";
export { decisions } from "./en/decisions";
export { governance } from "./en/governance";
export { home } from "./en/home";
export { form, group, inbox } from "./en/inbox";
export { operations } from "./en/operations";
export { plan } from "./en/plan";
export { insight } from "./en/insight";
export { processes } from "./en/processes";
export { papers, tables } from "./en/tables";
export { team } from "./en/team";
export { services } from "./en/services";
export { imports } from "./en/imports";
export { setup } from "./en/setup";
export { digest, notices } from "./en/hearing";
