// What the package says of a text: findings, graph, plan, migrated files.

import { byId, element, plural, withCode } from "./elements";
import type { Drawing, Edit, Finding, Migration, Plan, Report, Step } from "./protocol";

export interface Actions {
  goTo(from: number, to: number): void;
  apply(edits: Edit[]): void;
}

const NAMES = { error: "Error", warning: "Warning", hint: "Hint" };

export function showFindings(report: Report, actions: Actions): void {
  const counts = [
    plural(report.errors, "error"),
    plural(report.warnings, "warning"),
    plural(report.hints, "hint"),
  ];
  const none = report.findings.length === 0;
  byId("summary").textContent = none ? "No findings." : counts.join(", ");
  byId("summary").classList.toggle("clean", none);
  byId("list").replaceChildren(...report.findings.map((finding) => row(finding, actions)));
}

function row(finding: Finding, actions: Actions): HTMLLIElement {
  const { from, to, line, column, message, rule, severity } = finding;
  const place = element(
    "button",
    { type: "button", className: "place", onclick: () => actions.goTo(from, to) },
    element("span", { className: `severity ${severity}` }, NAMES[severity]),
    element("span", { className: "message" }, ...withCode(message)),
    element("span", { className: "position" }, `${line}:${column}`),
  );
  const links = element("div", { className: "links" });
  links.append(element("a", { href: `../rules/${rule}/`, textContent: rule }));
  for (const fix of finding.fixes) {
    const button = element("button", {
      type: "button",
      className: "fix",
      onclick: () => actions.apply(fix.edits),
    });
    button.append(...withCode(fix.title), fix.safe ? "" : " (review it)");
    links.append(button);
  }
  const item = element("li", { className: severity }, place);
  if (finding.related.length > 0) {
    item.append(element("ul", { className: "related" }, ...finding.related.map(related(actions))));
  }
  item.append(links);
  return item;
}

function related(actions: Actions): (each: Finding["related"][number]) => HTMLLIElement {
  return (each) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", onclick: () => actions.goTo(each.from, each.to) },
        `${each.line}:${each.column} `,
        ...withCode(each.message),
      ),
    );
}

export function showGraph(drawing: Drawing): void {
  const panel = byId("graph");
  if (drawing.graph === null) {
    panel.replaceChildren(element("p", {}, drawing.why));
    return;
  }
  // An image: its style sheet follows the colour scheme, and nothing in it can run.
  const title = /<title>([^<]*)<\/title>/.exec(drawing.graph)?.[1] ?? "";
  const source = `data:image/svg+xml,${encodeURIComponent(drawing.graph)}`;
  panel.replaceChildren(element("img", { src: source, alt: `Graph: ${title}` }));
}

export function showPlan(drawing: Drawing): void {
  const panel = byId("plan");
  if (drawing.plans === null) {
    const why = drawing.why || "A file with errors has no plan: fix them first.";
    panel.replaceChildren(element("p", {}, why));
  } else if (drawing.plans.length === 0) {
    panel.replaceChildren(element("p", {}, "No trigger starts anything."));
  } else {
    panel.replaceChildren(...drawing.plans.map(plan));
  }
}

function plan(each: Plan): HTMLElement {
  const groups = each.groups.map((group) => element("li", {}, element("ul", {}, ...group.map(step))));
  return element(
    "section",
    {},
    element("h3", {}, element("code", {}, each.trigger), ` ${each.when}`),
    element("ol", {}, ...groups),
  );
}

function step(each: Step): HTMLLIElement {
  const notes = [];
  if (each.needs.length > 0) notes.push(`waits for ${each.needs.join(", ")}`);
  if (each.pulledInBy !== null) notes.push(`pulled in by ${each.pulledInBy}`);
  return element(
    "li",
    { className: each.role },
    element("span", { className: "role" }, each.role),
    " ",
    element("code", {}, each.reference),
    each.label === each.reference ? "" : ` ${each.label}`,
    element("span", { className: "notes" }, notes.join("; ")),
  );
}

export function showMigration(migration: Migration): void {
  const files: [string, string][] = [
    [".ona/config.yaml", migration.file],
    [".devcontainer/devcontainer.json", migration.devcontainer],
  ];
  const shown = files
    .filter(([, text]) => text !== "")
    .map(([name, text]) =>
      element(
        "section",
        {},
        element("h3", {}, element("code", {}, name)),
        element("pre", { tabIndex: 0 }, text),
      ),
    );
  const nothing = element("p", {}, "This file can't be migrated; the findings say why.");
  byId("migrated").replaceChildren(...(shown.length > 0 ? shown : [nothing]));
}
