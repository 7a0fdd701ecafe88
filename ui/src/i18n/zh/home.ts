// 作战地图的中文词条。
export const home = {
  title: "此刻的公司",
  lead: "每个流程在做什么、卡在哪里、由谁完成。",
  running: "进行中",
  ended: "已结束",
  waiting: "等人处理",
  late: "逾期",
  incidents: "异常待处理",
  nothing: "尚未部署任何流程。请运行 “mainspring demo”，或部署一个流程包。",
  who: "由谁完成",
  people: "人 {{share}}",
  agents: "数字员工 {{share}}",
  touchless: "{{share}} 的业务活动无人工介入",
  forGroup: "{{group}} {{count}} 项",
  open: "打开流程",
  noFigures: "暂无统计",
  somebody: "指定人员",
};
