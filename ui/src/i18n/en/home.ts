// English words of the battle map.
export const home = {
  title: "The company right now",
  lead: "Every process, what runs in it, where it waits, and who does the work.",
  running: "going on",
  ended: "ended",
  waiting: "wait for people",
  late: "late",
  incidents: "need mending",
  nothing: "No process is deployed yet. Run “mainspring demo”, or deploy a pack.",
  who: "Who does the work",
  people: "people {{share}}",
  agents: "digital employees {{share}}",
  touchless: "{{share}} of activities with no human touch",
  forGroup: "{{count}} for {{group}}",
  open: "Open the process",
  noFigures: "Nothing counted yet",
  somebody: "named people",
};
