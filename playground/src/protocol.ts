// What the page and its worker send each other; `python/worker.py` answers the requests.

export type Tab = "automations" | "workflow" | "classic" | "api";
export type Severity = "error" | "warning" | "hint";

export interface Range {
  from: number;
  to: number;
}

export interface Edit extends Range {
  insert: string;
}

export interface Place extends Range {
  line: number;
  column: number;
}

export interface Fix {
  title: string;
  safe: boolean;
  edits: Edit[];
}

export interface Finding extends Place {
  rule: string;
  severity: Severity;
  message: string;
  pointer: string;
  related: (Place & { message: string })[];
  fixes: Fix[];
}

export interface Report {
  kind: string;
  findings: Finding[];
  errors: number;
  warnings: number;
  hints: number;
  fixable: number;
}

export interface Migration extends Report {
  file: string;
  devcontainer: string;
}

export interface Step {
  reference: string;
  label: string;
  role: "task" | "service";
  needs: string[];
  pulledInBy: string | null;
}

export interface Plan {
  trigger: string;
  when: string;
  groups: Step[][];
}

export interface Drawing {
  graph: string | null;
  why: string;
  plans: Plan[] | null;
}

export interface Option extends Range {
  label: string;
  kind: string;
  detail: string;
  info: string;
  insert: string;
}

export interface Answers {
  check: Report;
  complete: { options: Option[] };
  draw: Drawing;
  fix: { changes: Edit[]; count: number };
  hover: { text: string } & Partial<Range>;
  migrate: Migration;
}

export interface Request {
  op: keyof Answers;
  tab: Tab;
  text: string;
  everything: boolean;
  offset?: number;
}

// From the worker. Progress is in bytes; an answer is JSON, as Python wrote it.
export type Message =
  | { type: "progress"; loaded: number; total: number }
  | { type: "starting" }
  | { type: "ready" }
  | { type: "failed"; why: string }
  | { type: "answer"; id: number; json: string }
  | { type: "broken"; id: number; why: string };
