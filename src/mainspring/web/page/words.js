// The words of the first page, in both languages.
const WORDS = {
  en: {
    measures: "What the log says", people: "people", agents: "digital employees",
    waiting: "Waiting for people", nothingWaits: "Nothing waits for a person.", activities: "Activities",
    activity: "Activity", done: "Done", penetration: "AI penetration", aar: "Without a human touch",
    what: "What", for: "For", case: "Case", since: "Since", straight_through: "Straight-through",
    cost_to_serve: "Cost to serve an order", cycle_time: "Cycle time, median", orders: "Orders",
    source: "Every figure is counted from the event log and the recorded calls.",
    signedOut: "You are not signed in. Start “mainspring serve” again and open the link that it prints.",
    unreachable: "The server does not answer. Nothing is lost; this page tries again by itself.",
    noFigures: "No figures yet: run “mainspring demo” or give the process its first inquiry.",
    days: "d", hours: "h", minutes: "min", other: "中文",
  },
  zh: {
    measures: "日志里的事实", people: "人", agents: "数字员工",
    waiting: "等人处理", nothingWaits: "没有等人处理的事项。", activities: "业务活动",
    activity: "业务活动", done: "完成", penetration: "AI 渗透率", aar: "无人工介入",
    what: "事项", for: "交给", case: "业务单", since: "自", straight_through: "直通率",
    cost_to_serve: "单位服务成本", cycle_time: "周期中位数", orders: "订单",
    source: "每个数字都来自事件日志和已记录的调用。",
    signedOut: "您尚未登录。请重新运行 “mainspring serve”，并打开它打印的链接。",
    unreachable: "服务器没有响应。数据不会丢失，本页会自动重试。",
    noFigures: "还没有数据：请运行 “mainspring demo”，或给流程第一张询价。",
    days: "天", hours: "小时", minutes: "分钟", other: "English",
  },
};
