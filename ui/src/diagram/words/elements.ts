// The elements of BPMN, as menus and the properties panel call them.
import type { Words } from "../translating";

const KINDS: Words = {
  Cancel: "取消",
  Compensate: "补偿",
  Compensation: "补偿",
  Conditional: "条件",
  Error: "错误",
  Escalation: "升级",
  Link: "链接",
  Message: "消息",
  Multiple: "多重",
  Parallel: "并行",
  "Parallel multiple": "并行多重",
  Signal: "信号",
  Terminate: "终止",
  Timer: "定时器",
};

const EVENTS: Words = {
  "start event": "开始事件",
  "intermediate catch event": "中间捕获事件",
  "intermediate throw event": "中间抛出事件",
  "boundary event": "边界事件",
  "end event": "结束事件",
};

/** Every event with every kind of definition, and those that go on beside what they happen to. */
const EVENTS_OF_A_KIND: Words = Object.fromEntries(
  Object.entries(EVENTS).flatMap(([event, called]) =>
    Object.entries(KINDS).flatMap(([kind, of]) => [
      [`${kind} ${event}`, of + called],
      [`${kind} ${event} (non-interrupting)`, `${of}${called}（非中断）`],
    ]),
  ),
);

export const ELEMENTS: Words = {
  ...EVENTS,
  ...EVENTS_OF_A_KIND,
  Task: "任务",
  "User task": "用户任务",
  "Service task": "服务任务",
  "Send task": "发送任务",
  "Receive task": "接收任务",
  "Manual task": "手工任务",
  "Business rule task": "业务规则任务",
  "Script task": "脚本任务",
  "Call activity": "调用活动",
  Transaction: "事务",
  "Sub-process": "子流程",
  "Event sub-process": "事件子流程",
  "Sub-process (collapsed)": "子流程（折叠）",
  "Collapsed sub-process": "子流程（折叠）",
  "Sub-process (expanded)": "子流程（展开）",
  "Expanded sub-process": "子流程（展开）",
  "Ad-hoc sub-process": "即席子流程",
  "Ad-hoc sub-process (collapsed)": "即席子流程（折叠）",
  "Collapsed ad-hoc sub-process": "即席子流程（折叠）",
  "Ad-hoc sub-process (expanded)": "即席子流程（展开）",
  "Expanded ad-hoc sub-process": "即席子流程（展开）",
  Gateway: "网关",
  "Exclusive gateway": "排他网关",
  "Parallel gateway": "并行网关",
  "Inclusive gateway": "包容网关",
  "Complex gateway": "复杂网关",
  "Event-based gateway": "事件网关",
  "Sequence flow": "顺序流",
  "Default flow": "默认流",
  "Conditional flow": "条件流",
  "Message flow": "消息流",
  Association: "关联",
  "Data input": "数据输入",
  "Data output": "数据输出",
  "Data input association": "数据输入关联",
  "Data output association": "数据输出关联",
  "Data store reference": "数据存储引用",
  "Data object reference": "数据对象引用",
  Process: "流程",
  Collaboration: "协作",
  Participant: "参与者",
  "Expanded pool/participant": "展开的池（参与者）",
  "Empty pool/participant": "空白的池（参与者）",
  Lane: "泳道",
  Group: "分组",
  "Text annotation": "文本注释",
};
