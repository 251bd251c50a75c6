// The editor: CodeMirror with the findings, completions and descriptions of the Python package.

import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, nextDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorSelection, EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { element, withCode } from "./elements";
import type { Answers, Edit, Finding, Option } from "./protocol";

export interface Services {
  changed(text: string): void;
  complete(text: string, offset: number): Promise<Answers["complete"] | null>;
  hover(text: string, offset: number): Promise<Answers["hover"] | null>;
  apply(edits: Edit[]): void;
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--key)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.meta, tags.labelName, tags.typeName, tags.keyword], color: "var(--word)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--faint)" },
]);

const LOOK = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--canvas)", fontSize: "14px" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "var(--selection)" },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--canvas)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--line)" },
  ".cm-tooltip": {
    color: "var(--text)",
    backgroundColor: "var(--panel)",
    border: "1px solid var(--border)",
    borderRadius: "6px",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.2)",
    maxWidth: "min(36rem, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16em" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--on-accent)",
    background: "var(--accent)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionDetail": { color: "var(--faint)", fontFamily: "var(--sans)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", width: "max-content", maxWidth: "22rem" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeftWidth: "4px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-hint": { borderLeftColor: "var(--hint)" },
  ".cm-diagnosticAction": {
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
    padding: "2px 8px",
    borderRadius: "4px",
    fontSize: "inherit",
  },
  ".cm-diagnosticSource": { color: "var(--faint)", fontSize: "12px", opacity: "1" },
  ".cm-lintRange": { backgroundPosition: "left bottom", backgroundRepeat: "repeat-x" },
  ".cm-about": { padding: "8px 10px", whiteSpace: "pre-wrap", fontSize: "13px" },
  ".cm-about code": { fontFamily: "var(--mono)", color: "var(--key)" },
  ".cm-specialChar": { color: "var(--error)" },
});

export class Editor {
  readonly view: EditorView;

  constructor(
    parent: HTMLElement,
    private readonly services: Services,
  ) {
    // In a shadow tree the editor's style sheets are adopted ones, which a strict policy allows.
    const root = parent.attachShadow({ mode: "open" });
    this.view = new EditorView({ parent: root, root, state: this.state("") });
  }

  get text(): string {
    return this.view.state.sliceDoc();
  }

  // Another text, without a way back to the one before it.
  open(text: string): void {
    this.view.setState(this.state(text));
  }

  edit(edits: Edit[]): void {
    this.view.dispatch({ changes: edits, userEvent: "input.fix" });
  }

  goTo(from: number, to: number): void {
    const end = this.view.state.doc.length;
    const range = EditorSelection.range(Math.min(from, end), Math.min(to, end));
    this.view.dispatch({
      selection: { anchor: range.anchor, head: range.head },
      effects: EditorView.scrollIntoView(range, { y: "center" }),
    });
    this.view.focus();
  }

  show(findings: Finding[]): void {
    const end = this.view.state.doc.length;
    const marks = findings
      .filter((finding) => finding.to <= end)
      .map((finding): Diagnostic => ({
        from: finding.from,
        to: finding.to,
        severity: finding.severity,
        source: finding.rule,
        message: finding.message,
        renderMessage: () => element("span", {}, ...withCode(finding.message)),
        actions: finding.fixes.map((fix) => ({
          name: fix.title.replaceAll("`", ""),
          apply: () => this.services.apply(fix.edits),
        })),
      }));
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }

  private state(text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.extensions() });
  }

  private extensions(): Extension {
    return [
      // The text is exactly what was typed or pasted: a carriage return is a character of it.
      EditorState.lineSeparator.of("\n"),
      EditorState.tabSize.of(2),
      indentUnit.of("  "),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      dropCursor(),
      highlightSpecialChars(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      yaml(),
      syntaxHighlighting(COLOURS),
      autocompletion({ override: [(context) => this.completions(context)], icons: false }),
      hoverTooltip((_view, position) => this.about(position)),
      keymap.of([
        { key: "F8", run: nextDiagnostic },
        ...completionKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        "aria-label": "Text to check. Escape, then Tab, leaves the editor.",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.services.changed(this.text);
      }),
      LOOK,
    ];
  }

  private async completions(context: CompletionContext): Promise<CompletionResult | null> {
    const before = context.matchBefore(/[\w-]+|[:-] $/);
    if (!context.explicit && before === null) return null;
    const found = await this.services.complete(context.state.sliceDoc(), context.pos);
    const first = found?.options[0];
    if (found === null || first === undefined) return null;
    return {
      from: first.from,
      to: first.to,
      options: found.options.map((option, rank) => this.completion(option, -rank)),
      validFor: /^[\w-]*$/,
    };
  }

  private completion(option: Option, boost: number): Completion {
    return {
      label: option.label,
      detail: option.detail,
      type: option.kind,
      boost,
      info: option.info
        ? () => element("div", { className: "cm-about" }, ...withCode(option.info))
        : undefined,
      apply: (view, _completion, from, to) => {
        // The package may replace more than the word that is being typed.
        const start = Math.min(from, option.from);
        view.dispatch({
          changes: { from: start, to, insert: option.insert },
          selection: { anchor: start + option.insert.length },
          userEvent: "input.complete",
        });
      },
    };
  }

  private async about(position: number): Promise<Tooltip | null> {
    const found = await this.services.hover(this.text, position);
    if (!found?.text || found.from === undefined) return null;
    const { from, to, text } = found;
    return {
      pos: from,
      end: to,
      create: () => ({ dom: element("div", { className: "cm-about" }, ...withCode(text)) }),
    };
  }
}
