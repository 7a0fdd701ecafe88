// English words: the shell here, each place in its own file.
import * as places from "./places.en";

export const en = {
  ...places,
  app: {
    skip: "Skip to the content",
    language: "中文",
    dark: "Dark",
    light: "Light",
    signOut: "Sign out",
    search: "Search cases, tasks, processes",
    menu: "Places",
    fold: "Fold the menu",
    unfold: "Unfold the menu",
    loading: "Loading",
    retry: "Try again",
    find: "Find",
    clear: "Empty the field",
    more: "More",
    over: "done",
    page: {
      prev: "Previous page",
      next: "Next page",
      "jump-prev": "Pages further back",
      "jump-next": "Pages further on",
    },
    demo: "Demo: people, customers and bank are simulated",
  },
  place: {
    home: "Home",
    inbox: "Inbox",
    cases: "Cases",
    processes: "Processes",
    team: "Team",
    services: "Services",
    insight: "Insight",
    plan: "Plan",
    governance: "Governance",
    setup: "Set-up",
    digest: "Digest",
    notices: "My settings",
    imports: "Import lists",
    tables: "Tables",
  },
  actor: {
    person: "person",
    agent: "digital employee",
    system: "system",
    service: "system",
    waiting: "waiting for confirmation",
  },
  state: {
    active: "going on",
    completed: "ended",
    terminated: "stopped",
    suspended: "paused",
    incident: "needs mending",
    none: "Nothing here yet",
  },
  signIn: {
    person: "Who I am (id)",
    password: "Password",
    go: "Sign in",
    with: "Sign in with {{name}}",
  },
  error: {
    title: "That did not work",
    unreachable: "The server does not answer. Nothing is lost; this page tries again by itself.",
    forbidden: "You may not see this.",
    forbiddenHow: "Ask whoever looks after people and permissions.",
    notFound: "It is not there.",
    notFoundHow: "It may have been completed by someone else, or belong to another company.",
    signedOut: "You are not signed in.",
    signedOutHow:
      "Without a password open the link that “mainspring up” or “mainspring serve” printed, or ask for a new one.",
    linkUsed: "This sign-in link was used already, or is too old.",
    unexpected: "Something unexpected happened. What you typed is kept.",
  },
  unit: { day: "d", hour: "h", minute: "min", now: "< 1 min" },
};

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type Dictionary = Words<typeof en>;
