// 各页面的中文词条。
export { copilot } from "./zh/copilot";
export { cases } from "./zh/cases";
export { decisions } from "./zh/decisions";
export { governance } from "./zh/governance";
export { home } from "./zh/home";
export { form, group, inbox } from "./zh/inbox";
export { operations } from "./zh/operations";
export { plan } from "./zh/plan";
export { insight } from "./zh/insight";
export { processes } from "./zh/processes";
export { papers, tables } from "./zh/tables";
export { team } from "./zh/team";
export { services } from "./zh/services";
export { imports } from "./zh/imports";
export { setup } from "./zh/setup";
export { digest, notices } from "./zh/hearing";
