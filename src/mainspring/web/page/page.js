// Shows measures and what waits for people. Text from the server is only ever set as text, never as markup.
let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
const byId = (id) => document.getElementById(id);
const word = (name) => WORDS[language][name] ?? name;
const percent = (share) => (share === null || share === undefined ? "–" : new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share));

function span(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds >= 172800) return `${(seconds / 86400).toFixed(1)} ${word("days")}`;
  if (seconds >= 5400) return `${(seconds / 3600).toFixed(1)} ${word("hours")}`;
  return `${Math.round(seconds / 60)} ${word("minutes")}`;
}

function cell(text, className) {
  const td = document.createElement("td");
  td.textContent = text;
  if (className) td.className = className;
  return td;
}

function row(...cells) {
  const tr = document.createElement("tr");
  tr.append(...cells);
  return tr;
}

function card(label, value) {
  const div = document.createElement("div");
  div.className = "card";
  const figure = document.createElement("b");
  figure.textContent = value;
  const name = document.createElement("span");
  name.className = "quiet";
  name.textContent = label;
  div.append(figure, name);
  return div;
}

const localName = (text) => { const parts = String(text).split(" · "); return language === "zh" && parts[1] ? parts[1] : parts[0]; };

function showMeasures(m) {
  const figures = [
    [word("cases"), m.cases ?? "–"], [word("penetration"), percent(m.penetration)], [word("aar"), percent(m.aar)],
    [word("straight_through"), percent(m.straight_through)],
    [word("cost_to_serve"), m.cost_to_serve === null || m.cost_to_serve === undefined ? "–" : new Intl.NumberFormat(language, m.currency ? { style: "currency", currency: m.currency } : { maximumFractionDigits: 2 }).format(m.cost_to_serve)],
    [word("cycle_time"), span(m.cycle_time_median_s)],
  ];
  byId("measures").replaceChildren(...figures.map(([label, value]) => card(label, value)));
  byId("simulated").hidden = !m.simulated;
  byId("split").hidden = m.penetration === null || m.penetration === undefined;
  const parts = [["person", 1 - m.penetration], ["agent", m.penetration]].map(([kind, share]) => {
    const i = document.createElement("i");
    i.className = kind;
    i.style.width = `${share * 100}%`; // set through the object model, which the content policy allows
    return i;
  });
  byId("bar").replaceChildren(...parts);
  byId("bar").setAttribute("aria-label", `${word("penetration")} ${percent(m.penetration)}`);
  const nodes = Object.entries(m.nodes ?? {}).map(([element, n]) => row(cell(localName(n.name ?? element)), cell(n.completed ?? "–", "number"), cell(percent(n.penetration), "number"), cell(percent(n.aar), "number")));
  byId("nodes").replaceChildren(...nodes);
}

const glyphs = { task: "●", review: "⬢", approval: "🔒" };

function age(moment) {
  const minutes = Math.max(0, (Date.now() - new Date(moment)) / 60000);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  if (minutes < 90) return relative.format(-Math.round(minutes), "minute");
  if (minutes < 2880) return relative.format(-Math.round(minutes / 60), "hour");
  return relative.format(-Math.round(minutes / 1440), "day");
}

function showTasks(page) {
  const rows = page.items.map((task) => {
    const title = cell(task.title?.[language] ?? localName(task.name));
    const kind = document.createElement("span");
    kind.className = `glyph ${task.kind}`;
    kind.textContent = glyphs[task.kind];
    kind.title = word(task.kind);
    title.prepend(kind);
    const since = cell(age(task.created_at), "quiet nowrap");
    since.title = new Date(task.created_at).toLocaleString(language);
    return row(title, cell(task.assignee ?? [...task.candidate_users, ...task.candidate_groups].map(word).join(", ")), cell(task.case ?? ""), since);
  });
  byId("tasks").replaceChildren(...rows);
  byId("tasks-table").hidden = rows.length === 0;
  byId("no-tasks").hidden = rows.length > 0;
  byId("count").textContent = rows.length ? `${rows.length}${page.next ? "+" : ""}` : "";
}

function notice(text) {
  byId("notice").hidden = !text;
  byId("notice").textContent = text ?? "";
}

async function get(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  if (answer.status === 401) throw new Error("signedOut");
  if (!answer.ok) throw new Error("unreachable");
  return answer.json();
}

const optional = (wanted, path, instead) => (wanted ? get(path).catch((error) => { if (error.message === "signedOut") throw error; return instead; }) : instead);

async function refresh() {
  try {
    const me = await get("/api/v1/me");
    const [measures, tasks] = await Promise.all([
      optional(me.may.measure, "/api/v1/measures", null),
      get(`/api/v1/tasks?limit=100&scope=${me.may.see ? "all" : "mine"}`),
    ]);
    byId("who").textContent = localName(me.name);
    byId("tenant").textContent = me.tenant === "main" ? "" : me.tenant;
    byId("inside").hidden = false;
    for (const part of ["figures", "activities", "source"]) byId(part).hidden = !measures?.cases;
    notice(me.may.measure && !measures?.cases ? word("noFigures") : "");
    if (measures?.cases) showMeasures(measures);
    showTasks(tasks);
  } catch (error) {
    if (error.message === "signedOut") byId("inside").hidden = byId("source").hidden = true;
    notice(word(error.message !== "signedOut" ? "unreachable" : new URLSearchParams(location.search).has("link") ? "linkUsed" : "signedOut"));
  }
}

function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  byId("language").textContent = word("other");
}

byId("language").addEventListener("click", () => {
  language = language === "en" ? "zh" : "en";
  localStorage.setItem("language", language);
  speak();
  refresh();
});
speak();
refresh();
setInterval(refresh, 5000);
