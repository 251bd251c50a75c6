"use strict";

// The page is complete without this script, which shows one thing at a time. The address says what
// is shown: #item-3, #plan-prebuild, #findings, and so on.

const one = (selector) => document.querySelector(selector);
const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

const nodes = new Map(all("svg .item").map((node) => [node.dataset.item, node]));
const edges = all("svg .edge[data-task]");
const articles = new Map(all("#items article").map((each) => [each.id.slice("item-".length), each]));
const rules = all("#findings article");
const tabs = all("[role=tab]");
const search = one("#search");
const chosen = one("#trigger");
const scroll = one("#scroll");
const picture = one("#scroll > svg");
document.documentElement.classList.add("scripted");
const view = picture ? panAndZoom(scroll, picture) : null;

// What is shown.

function show() {
  const address = location.hash.slice(1);
  const item = address.startsWith("item-") ? address.slice("item-".length) : null;
  const rule = address.startsWith("rule-") ? document.getElementById(address) : null;
  const name = item !== null ? "items" : rule ? "findings" : address.split("-")[0];
  const panel = ["items", "plan", "findings"].includes(name) ? name : "items";
  for (const tab of tabs) {
    const selected = tab.getAttribute("aria-controls") === panel;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !selected;
  }
  if (address.startsWith("plan-") && chosen) chosen.value = address;
  one("#found-here").hidden = rule !== null;
  for (const each of rules) each.hidden = each !== rule;
  select(articles.has(item) ? item : null);
  mark(panel === "plan" && chosen ? chosen.value : null);
  // A link that was followed may be hidden by now.
  const article = articles.get(item) || rule;
  if (article && document.activeElement === document.body) article.focus();
}

function select(item) {
  one("#list").hidden = item !== null;
  for (const [number, article] of articles) article.hidden = number !== item;
  for (const [number, node] of nodes) {
    node.classList.toggle("selected", number === item);
    if (number === item) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }
  const before = reach(item, "task", "needs");
  const after = reach(item, "needs", "task");
  for (const edge of edges) {
    const near = before.has(edge.dataset.task) || after.has(edge.dataset.needs);
    edge.classList.toggle("near", near);
  }
  lose(item, after);
  if (item !== null && nodes.has(item)) {
    rove(nodes.get(item));
    view.reveal(nodes.get(item));
  }
  one("aside").scrollTop = 0;
}

/** Mark what does not run if an item fails: all that needs it. */
function lose(item, needing) {
  const explained = item !== null && one(`#item-${item} .why:not(.never)`);
  const lost = [...needing].filter((each) => explained && each !== item);
  for (const [number, node] of nodes) node.classList.toggle("lost", lost.includes(number));
  const legend = one("#legend");
  legend.hidden = !lost.length || !nodes.size;
  const what = lost.length === 1 ? "1 item that does" : `${lost.length} items that do`;
  legend.textContent = lost.length ? `Dashed: ${what} not run if the selected one fails` : "";
}

/** The item and all items reachable from it, along edges from one end to the other. */
function reach(item, from, to) {
  const found = new Set(item === null ? [] : [item]);
  const following = new Map();
  for (const edge of edges) {
    const start = edge.dataset[from];
    if (!following.has(start)) following.set(start, []);
    following.get(start).push(edge.dataset[to]);
  }
  for (const each of found) for (const next of following.get(each) || []) found.add(next);
  return found;
}

/** Show which items a plan has, and in which group. */
function mark(plan) {
  for (const section of all("#plan section")) section.hidden = section.id !== plan;
  const groups = new Map();
  const section = plan ? document.getElementById(plan) : null;
  if (section) {
    for (const step of all("[data-step]", section)) groups.set(step.dataset.step, step.dataset.group);
  }
  for (const [number, node] of nodes) {
    node.classList.toggle("planned", Boolean(groups.get(number)));
    node.classList.toggle("faded", section !== null && !groups.has(number));
    all(".badge text", node).forEach((text) => { text.textContent = groups.get(number) || ""; });
  }
  for (const edge of edges) {
    const within = groups.has(edge.dataset.task) && groups.has(edge.dataset.needs);
    edge.classList.toggle("faded", section !== null && !within);
  }
  if (section === null) filter();
}

// The search.

const findings = all("#findings .finding");
const textOf = (elements) => elements.map((each) => each.textContent).join(" ").toLowerCase();
const texts = new Map([
  ...[...articles.values()].map((article) => [article, textOf(all(".own", article))]),
  ...findings.map((finding) => [finding, textOf([finding])]),
]);

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (element) => words.every((word) => texts.get(element).includes(word));
  const kept = new Set([...articles.keys()].filter((item) => matches(articles.get(item))));
  for (const entry of all("#list li")) entry.hidden = !kept.has(entry.dataset.entry);
  for (const finding of findings) finding.hidden = !matches(finding);
  for (const [item, node] of nodes) node.classList.toggle("faded", !kept.has(item));
  for (const edge of edges) {
    const within = kept.has(edge.dataset.task) && kept.has(edge.dataset.needs);
    edge.classList.toggle("faded", !within);
  }
  const items = `${kept.size} of ${articles.size} items`;
  const left = findings.filter((finding) => !finding.hidden).length;
  one("#found").textContent = words.length ? `${items}, ${left} of ${findings.length} findings` : "";
}

search.addEventListener("input", () => {
  if (!["", "#items", "#findings"].includes(location.hash)) {
    location.hash = location.hash.startsWith("#rule-") ? "#findings" : "#items";
  }
  filter();
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && search.value) {
    search.value = "";
    filter();
    event.stopPropagation();
  } else if (event.key === "ArrowDown") {
    const first = one("#list:not([hidden]) li:not([hidden]) a");
    if (first) first.focus();
    event.preventDefault();
  }
});
one("#search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const first = one("#list li:not([hidden]) a");
  if (first && search.value) location.hash = first.hash;
});

// The keyboard: Tab reaches one item of the graph, the arrow keys move from it to the others.

function rove(node) {
  for (const each of nodes.values()) each.setAttribute("tabindex", each === node ? "0" : "-1");
}

const SIDES = {
  ArrowLeft: (x, y) => [-x, y],
  ArrowRight: (x, y) => [x, y],
  ArrowUp: (x, y) => [-y, x],
  ArrowDown: (x, y) => [y, x],
};

/** The nearest item to one side of another; lengths are those of the picture, at any zoom. */
function beside(node, side) {
  const middle = (each) => {
    const box = each.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [left, top] = middle(node);
  let best = null;
  let least = Infinity;
  for (const other of nodes.values()) {
    const [x, y] = middle(other);
    const [ahead, aside] = side((x - left) / view.scale(), (y - top) / view.scale());
    const distance = ahead + 2.5 * Math.abs(aside);
    if (ahead > 4 && distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** Zoom by a factor; the item that has the focus or is selected stays where it is. */
function zoom(factor) {
  const at = one("svg .item:focus") || one("svg .selected");
  const box = at && at.getBoundingClientRect();
  if (box) view.zoom(factor, box.x + box.width / 2, box.y + box.height / 2);
  else view.zoom(factor);
}

const ZOOMS = {
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => view.fit(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (event.key === "Escape") {
    const selected = one("svg .selected");
    location.hash = location.hash.startsWith("#rule-") ? "#findings" : "#items";
    if (selected) selected.focus();
  } else if (event.key === "/" && at !== search) {
    search.focus();
    search.select();
    event.preventDefault();
  } else if (SIDES[event.key] && view && (at === document.body || at.closest("#graph"))) {
    const from = one("svg .item[tabindex='0']");
    // Where nothing has the focus, they begin where they were.
    const next = (from && at !== document.body && beside(from, SIDES[event.key])) || from;
    if (next) {
      rove(next);
      next.focus({ preventScroll: true });
    }
    event.preventDefault();
  } else if (ZOOMS[event.key] && view && !at.matches("input, select")) {
    ZOOMS[event.key]();
    event.preventDefault();
  } else if (["ArrowUp", "ArrowDown"].includes(event.key) && at.matches("#list a")) {
    const entries = all("#list li:not([hidden]) a");
    const next = entries[entries.indexOf(at) + (event.key === "ArrowUp" ? -1 : 1)];
    (next || search).focus();
    event.preventDefault();
  } else if (["ArrowLeft", "ArrowRight"].includes(event.key) && at.matches("[role=tab]")) {
    const step = event.key === "ArrowLeft" ? -1 : 1;
    const next = tabs[(tabs.indexOf(at) + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  }
});

for (const tab of tabs) {
  tab.addEventListener("click", () => { location.hash = `#${tab.getAttribute("aria-controls")}`; });
}
if (chosen) chosen.addEventListener("change", () => { location.hash = `#${chosen.value}`; });

// The size of the graph.

if (view) {
  one("#larger").addEventListener("click", () => zoom(1.25));
  one("#smaller").addEventListener("click", () => zoom(0.8));
  one("#whole").addEventListener("click", view.fit);
  // The arrow keys go on where they were.
  one("#zoom").addEventListener("mousedown", (event) => event.preventDefault());
  one("#zoom").hidden = false;
  window.addEventListener("beforeprint", view.fit);
  scroll.addEventListener("focusin", (event) => {
    if (event.target.matches(".item:focus-visible")) view.reveal(event.target);
  });
}

one("[role=tablist]").hidden = false;
if (chosen) one("#choose").hidden = false;
one("#list").hidden = false;
rove(nodes.values().next().value);
window.addEventListener("hashchange", show);
show();
