// 中文词条：此处为外壳，各页面在自己的文件中。
import type { Dictionary } from "./en";
import * as places from "./places.zh";

export const zh: Dictionary = {
  ...places,
  app: {
    skip: "跳到正文",
    language: "English",
    dark: "深色",
    light: "浅色",
    signOut: "退出",
    search: "搜索业务单、待办、流程",
    menu: "导航",
    loading: "正在载入",
    retry: "重试",
    demo: "演示：人员、客户和银行均为模拟",
  },
  place: {
    home: "作战地图",
    inbox: "待办",
    cases: "业务单",
    processes: "流程",
    team: "数字员工",
    services: "服务",
    insight: "洞察",
    plan: "规划",
    governance: "治理",
    setup: "开始使用",
  },
  actor: { person: "人", agent: "数字员工", system: "系统", service: "系统", waiting: "待确认" },
  state: {
    active: "进行中",
    completed: "已结束",
    terminated: "已终止",
    suspended: "已暂停",
    incident: "异常待处理",
    none: "这里还没有内容",
  },
  error: {
    title: "操作没有成功",
    unreachable: "服务器没有响应。数据不会丢失，本页会自动重试。",
    forbidden: "您无权查看此内容。",
    forbiddenHow: "请联系负责人员与权限的同事。",
    notFound: "没有找到。",
    notFoundHow: "可能已由他人处理完毕，或不属于本公司。",
    signedOut: "您尚未登录。",
    signedOutHow: "请打开 “mainspring serve” 打印的链接，或索取新的链接。",
    linkUsed: "该登录链接已被使用或已过期。",
    unexpected: "出现意外情况。您输入的内容已保留。",
  },
  unit: { day: "天", hour: "小时", minute: "分钟", now: "不到 1 分钟" },
};
