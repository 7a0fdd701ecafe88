// English words of the set-up guide.
export const setup = {
  title: "Set up your company",
  lead: "Five steps, each of which you can skip and come back to.",
  step: { company: "Company", people: "People", bring: "Lists and mail", models: "Models", pack: "Begin" },
  next: "Next step",
  finish: "Done",
  leave: "Leave the guide",
  readOnly: "You may see this, not change it.",
  company: {
    name: "Name of the company",
    language: "Language",
    currency: "Usual currency",
    logo: "Logo",
    logoHow: "PNG or JPEG, at most 200 kB. Customers see it on their page and on papers.",
    noLogo: "Without a logo",
    keep: "Keep",
    kept: "Kept. Customers see it from now on.",
  },
  people: {
    lead: "Bring in a list with a row of headings: Id, Name, E-mail, Role. You see who is in it before anybody is added.",
    single: "Add or change single people in Governance",
    here: "People so far: {{count}}",
    file: "A list of people (Excel or CSV)",
    add: "Add these people: {{count}}",
    added: "Added. Each of them signs in with a link that you give them.",
    known: "is here already",
    problem: {
      id: "the id is missing or has other signs than letters, digits and . _ @ -",
      name: "the name is missing",
      role: "this role is not known; for example worker or approver",
    },
  },
  bring: {
    lists: "Your lists",
    listsHow:
      "Customers, products, prices, stock, suppliers, open orders and open invoices from Excel or CSV.",
    open: "Bring in lists",
    mail: "Mail",
    mailbox: "Mail comes and goes by the service {{name}}.",
    noMailbox:
      "No mailbox is connected. Register a service of the kind mail, put its password into the vault with “mainspring secret”, and name the service in MAINSPRING_MAILBOX. Passwords are never typed into this page.",
  },
  models: {
    lead: "Mainspring works without a language model. With one, digital employees also read what plain rules cannot. These profiles are set up:",
    none: "None. An administrator adds profiles in a file beside the database; everything here works without.",
  },
  pack: {
    lead: "Lead to cash is there: an inquiry becomes a quote, an order, a delivery, an invoice and a receipt. Digital employees prepare, people decide.",
    safe: "Money always waits for a confirmation, and every step can be proved afterwards.",
    try: "Try it with an inquiry of a customer: bring in a mail, PDF or picture",
  },
};
