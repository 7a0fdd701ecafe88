// 开始使用（设置向导）的中文词条。
export const setup = {
  title: "设置您的公司",
  lead: "共五步，每一步都可以跳过，以后再补。",
  step: { company: "公司", people: "人员", bring: "表格与邮件", models: "模型", pack: "开始" },
  next: "下一步",
  finish: "完成",
  leave: "退出向导",
  readOnly: "您可以查看，不能修改。",
  company: {
    name: "公司名称",
    language: "语言",
    currency: "常用币种",
    logo: "公司标志",
    logoHow: "PNG 或 JPEG，不超过 200 kB。客户会在其页面和单据上看到。",
    noLogo: "不用标志",
    keep: "保存",
    kept: "已保存，客户即刻可见。",
  },
  people: {
    lead: "上传带表头的名单：账号、姓名、邮箱、角色。加入之前先让您过目。",
    single: "到“治理”中逐个添加或修改",
    here: "现有人员：{{count}}",
    file: "人员名单（Excel 或 CSV）",
    add: "加入这些人员：{{count}}",
    added: "已加入。请把登录链接交给每个人。",
    known: "已在名单中",
    problem: {
      id: "缺少账号，或含有字母、数字和 . _ @ - 以外的字符",
      name: "缺少姓名",
      role: "没有这个角色；可填“员工”或“审批人”等",
    },
  },
  bring: {
    lists: "您的表格",
    listsHow: "客户、商品、价格、库存、供应商、未完成订单与未结应收，Excel 或 CSV 均可。",
    open: "导入表格",
    mail: "邮件",
    mailbox: "邮件通过服务“{{name}}”收发。",
    noMailbox:
      "尚未连接邮箱。请登记一个 mail 类型的服务，用 “mainspring secret” 把密码存入密钥库，再把服务名写入 MAINSPRING_MAILBOX。密码不在本页输入。",
  },
  models: {
    lead: "没有语言模型也能运行；接入后，数字员工还能读懂规则难以处理的内容。已配置：",
    none: "尚未配置。管理员可在数据库旁的文件中添加；不配置也不影响使用。",
  },
  pack: {
    lead: "从线索到回款已经就绪：询价、报价、订单、交付、开票、回款。数字员工准备，由人决定。",
    safe: "涉及资金必须有人确认，每一步事后都可查证。",
    try: "用一份客户询价试一试：上传邮件、PDF 或图片",
  },
};
