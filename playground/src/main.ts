// The page: connects the editor, the worker, the results and the address.

import { Client } from "./client";
import { Editor } from "./editor";
import { TabList, byId, element, plural } from "./elements";
import { LARGEST, linkTo, readAddress } from "./link";
import type { Answers, Edit, Request, Tab } from "./protocol";
import { showFindings, showGraph, showMigration, showPlan } from "./results";
import { STARTS } from "./starts";

interface Example {
  rule: string;
  severity: string;
  summary: string;
  everything: boolean;
  tab: Tab;
  text: string;
}

const PANELS: Record<Tab, string[]> = {
  automations: ["findings", "graph", "plan"],
  workflow: ["findings"],
  classic: ["migrated", "findings"],
  api: ["findings"],
};
const PAUSE = 120;
// Milliseconds after which work is worth mentioning while it is done.
const SLOW = 500;
const WORKING = {
  check: "Checking…",
  migrate: "Migrating…",
  draw: "Drawing…",
  fix: "Fixing…",
};
type Slow = keyof typeof WORKING;

class Page {
  private tab: Tab = "automations";
  private panel = "findings";
  private readonly texts: Record<Tab, string> = { ...STARTS };
  private examples = new Map<string, Example>();
  private changes = 0;
  // The change whose findings are shown: their edits fit no other text.
  private shown = -1;
  private timer = 0;
  private ready = false;
  private checking = false;
  private again = false;
  private readonly everything = byId<HTMLInputElement>("everything");
  private readonly picker = byId<HTMLSelectElement>("example");
  private readonly fixAll = byId<HTMLButtonElement>("fix-all");
  private readonly tabs = new TabList(byId("tabs"), (name) => this.openTab(name as Tab));
  private readonly panels = new TabList(byId("panels"), (name) => this.openPanel(name));
  private readonly editor: Editor;
  private readonly client: Client;

  constructor() {
    this.editor = new Editor(byId("editor"), {
      changed: (text) => this.changed(text),
      complete: (text, offset) => this.whenReady({ op: "complete", text, offset }),
      hover: (text, offset) => this.whenReady({ op: "hover", text, offset }),
      apply: (edits) => this.apply(edits),
    });
    this.client = new Client({
      progress: (loaded, total) => progress(loaded, total),
      starting: () => starting(),
      ready: () => this.started(),
      failed: (why) => failed(why),
    });
    this.everything.onchange = () => this.check();
    this.picker.onchange = () => {
      const fragment = `#rule=${this.picker.value}`;
      if (location.hash === fragment) this.follow();
      else if (this.picker.value) location.hash = fragment;
    };
    this.fixAll.onclick = () => this.fix();
    byId("copy").onclick = () => this.copy();
    window.onhashchange = () => this.follow();
  }

  async open(): Promise<void> {
    this.openTab(this.tab);
    const response = await fetch(new URL("examples.json", document.baseURI));
    for (const example of (await response.json()) as Example[]) {
      this.examples.set(example.rule, example);
    }
    for (const severity of ["error", "warning", "hint"]) {
      const group = element("optgroup", { label: `${severity}s` });
      for (const each of this.examples.values()) {
        if (each.severity !== severity) continue;
        group.append(element("option", { value: each.rule, title: each.summary }, each.rule));
      }
      this.picker.append(group);
    }
    await this.follow();
  }

  private async follow(): Promise<void> {
    try {
      const address = await readAddress(location.hash);
      if (address === null) return;
      if ("text" in address) {
        this.load(address.tab, address.text, address.everything);
        return;
      }
      const example = this.examples.get(address.rule);
      if (example === undefined) {
        say(`There is no example of the rule ${address.rule}.`);
        return;
      }
      this.load(example.tab, example.text, example.everything || this.everything.checked);
      this.picker.value = example.rule;
    } catch {
      say("The link is damaged: its text can't be read.");
    }
  }

  private load(tab: Tab, text: string, everything: boolean): void {
    this.texts[tab] = text;
    this.everything.checked = everything;
    this.panel = "findings";
    this.openTab(tab);
  }

  private openTab(tab: Tab): void {
    this.tab = tab;
    this.changes += 1;
    say("");
    this.tabs.select(tab);
    const panels = PANELS[tab];
    this.panels.show(panels);
    if (!panels.includes(this.panel) || tab === "classic") this.panel = panels[0] ?? "findings";
    this.fixAll.hidden = tab === "classic";
    this.picker.value = "";
    this.editor.open(this.texts[tab]);
    this.openPanel(this.panel);
    this.check();
  }

  private openPanel(panel: string): void {
    this.panel = panel;
    this.panels.select(panel);
    for (const name of ["findings", "graph", "plan", "migrated"]) byId(name).hidden = name !== panel;
    this.draw();
  }

  private changed(text: string): void {
    this.texts[this.tab] = text;
    this.changes += 1;
    say("");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.check(), PAUSE);
  }

  private request<Op extends keyof Answers>(op: Op): Request & { op: Op } {
    return { op, tab: this.tab, text: this.editor.text, everything: this.everything.checked };
  }

  // The answer, or null if the text or the tab has changed in the meantime.
  private async ask<Op extends Slow>(
    request: Request & { op: Op },
  ): Promise<Answers[Op] | null> {
    const before = `${this.changes} ${this.tab}`;
    const slow = window.setTimeout(() => (byId("time").textContent = WORKING[request.op]), SLOW);
    try {
      const answer = await this.client.ask(request);
      return before === `${this.changes} ${this.tab}` ? answer : null;
    } catch (error) {
      say(`This is a bug in the playground: ${error}`);
      return null;
    } finally {
      window.clearTimeout(slow);
      if (byId("time").textContent === WORKING[request.op]) byId("time").textContent = "";
    }
  }

  // What the editor asks: it knows what to do with an answer that comes late.
  private async whenReady<Op extends "complete" | "hover">(
    asked: Pick<Request, "text" | "offset"> & { op: Op },
  ): Promise<Answers[Op] | null> {
    return this.ready ? this.client.ask({ ...this.request(asked.op), ...asked }) : null;
  }

  // One check at a time: while a long one runs, only the last text waits for the next.
  private async check(): Promise<void> {
    if (!this.ready) return;
    if (this.checking) {
      this.again = true;
      return;
    }
    this.checking = true;
    try {
      await this.checkNow();
    } finally {
      this.checking = false;
    }
    if (!this.again) return;
    this.again = false;
    await this.check();
  }

  private async checkNow(): Promise<void> {
    const actions = {
      goTo: (from: number, to: number) => this.editor.goTo(from, to),
      apply: (edits: Edit[]) => this.apply(edits),
    };
    const begin = performance.now();
    const asked = this.tab === "classic" ? this.request("migrate") : this.request("check");
    const report = await this.ask(asked);
    if (report === null) return;
    this.shown = this.changes;
    showFindings(report, actions);
    if ("file" in report) showMigration(report);
    this.editor.show(report.findings);
    this.fixAll.disabled = report.fixable === 0;
    byId("count").textContent = String(report.findings.length);
    byId("time").textContent = `Checked in ${Math.max(1, Math.round(performance.now() - begin))} ms.`;
    document.body.dataset.checked = String(this.changes);
    performance.mark("checked");
    await this.draw();
  }

  private async draw(): Promise<void> {
    if (!this.ready || !["graph", "plan"].includes(this.panel)) return;
    const drawing = await this.ask(this.request("draw"));
    if (drawing === null) return;
    showGraph(drawing);
    showPlan(drawing);
  }

  private apply(edits: Edit[]): void {
    if (this.shown === this.changes) this.editor.edit(edits);
    else say("The text has changed: choose the fix again after the check.");
  }

  private async fix(): Promise<void> {
    const fixed = await this.ask(this.request("fix"));
    if (fixed === null) return;
    this.editor.edit(fixed.changes);
    say(`${plural(fixed.count, "finding")} fixed.`);
  }

  private async copy(): Promise<void> {
    const { text, everything, tab } = this.request("check");
    if (text.length > LARGEST) {
      say("The text is too long for a link.");
      return;
    }
    const link = await linkTo({ tab, text, everything });
    history.replaceState(null, "", link);
    try {
      await navigator.clipboard.writeText(location.href);
      say("Link copied.");
    } catch {
      say("The link is in the address bar.");
    }
  }

  private started(): void {
    this.ready = true;
    byId("loading").hidden = true;
    byId("results").hidden = false;
    performance.mark("ready");
    this.check();
  }
}

function progress(loaded: number, total: number): void {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  byId<HTMLProgressElement>("bar").value = (0.9 * loaded) / total;
  byId("loaded").textContent =
    loaded < total
      ? `Loading Python and the checks: ${megabytes(loaded)} of ${megabytes(total)} MB`
      : "Starting Python…";
}

function starting(): void {
  byId<HTMLProgressElement>("bar").value = 0.95;
  byId("loaded").textContent = "Unpacking the checks…";
}

function failed(why: string): void {
  byId("loading").hidden = true;
  byId("failure").hidden = false;
  byId("why").textContent = why;
}

function say(text: string): void {
  byId("status").textContent = text;
}

function missing(): string {
  if (!("WebAssembly" in window)) return "This browser has no WebAssembly, or it is turned off.";
  if (!("Worker" in window)) return "This browser has no web workers.";
  if (!("CompressionStream" in window)) return "This browser is too old: it lacks CompressionStream.";
  return "";
}

const lacking = missing();
if (lacking) failed(lacking);
else {
  // Hidden in the page: without scripts they would do nothing.
  for (const id of ["editor", "loading", "tabs", "tools"]) byId(id).hidden = false;
  new Page().open().catch((error) => failed(String(error)));
}
