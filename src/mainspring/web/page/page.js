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
    [word("orders"), m.cases ?? "–"], [word("penetration"), percent(m.penetration)], [word("aar"), percent(m.aar)],
    [word("straight_through"), percent(m.straight_through)],
    [word("cost_to_serve"), m.cost_to_serve === null || m.cost_to_serve === undefined ? "–" : new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(m.cost_to_serve)],
    [word("cycle_time"), span(m.cycle_time_median_s)],
  ];
  byId("measures").replaceChildren(...figures.map(([label, value]) => card(label, value)));
  byId("split").hidden = m.penetration === null || m.penetration === undefined;
  const parts = [["person", 1 - m.penetration], ["agent", m.penetration]].map(([kind, share]) => {
    const i = document.createElement("i");
    i.className = kind;
    i.style.width = `${share * 100}%`;
    return i;
  });
  byId("bar").replaceChildren(...parts);
  byId("bar").setAttribute("aria-label", `${word("penetration")} ${percent(m.penetration)}`);
  const nodes = Object.entries(m.nodes ?? {}).map(([element, n]) => row(cell(localName(n.name ?? element)), cell(n.completed ?? "–", "number"), cell(percent(n.penetration), "number"), cell(percent(n.aar), "number")));
  byId("nodes").replaceChildren(...nodes);
}

function showTasks(tasks) {
  const rows = tasks.map((task) => {
    const title = cell(task.title?.[language] ?? task.name);
    if (task.kind === "approval") { const lock = document.createElement("span"); lock.className = "lock"; lock.textContent = " 🔒"; title.append(lock); }
    return row(title, cell(task.assignee ?? task.candidate_groups.join(", ")), cell(task.case ?? ""), cell(new Date(task.created_at).toLocaleString(language)));
  });
  byId("tasks").replaceChildren(...rows);
  byId("no-tasks").hidden = rows.length > 0;
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

async function refresh() {
  try {
    const [me, measures, tasks] = await Promise.all([get("/api/v1/me"), get("/api/v1/measures"), get("/api/v1/tasks?limit=100")]);
    byId("who").textContent = me.name;
    byId("tenant").textContent = me.tenant;
    notice(measures.cases ? "" : word("noFigures"));
    showMeasures(measures);
    showTasks(tasks.items);
  } catch (error) {
    notice(word(error.message === "signedOut" ? "signedOut" : "unreachable"));
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
