import { randomBytes } from "node:crypto";
import {
  commands,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type DocumentSymbol,
  type TextDocument,
  type WebviewPanel,
} from "vscode";
import type { Drawing, View } from "./drawings";
import { ID } from "./settings";

const TITLES: Record<View, string> = { graph: "Graph", plan: "Plan" };

/** How long the text must be left alone until it is drawn again, in milliseconds. */
const PAUSE = 250;

/** A panel next to the editor that shows a view of a document, and follows its text. */
export class Panel implements Disposable {
  private readonly panel: WebviewPanel;
  private readonly parts: Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** Counts the drawings, so that a slow one does not replace a newer one. */
  private latest = 0;

  constructor(
    private readonly view: View,
    private document: TextDocument,
    private readonly isServed: (document: TextDocument) => boolean,
    private readonly draw: (view: View, document: TextDocument) => Promise<Drawing>,
    closed: () => void,
  ) {
    this.panel = window.createWebviewPanel(
      `${ID}.${view}`,
      TITLES[view],
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      // Without local files: a picture needs none.
      { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
    );
    this.panel.webview.html = page(randomBytes(16).toString("hex"));
    this.parts.push(
      this.panel.onDidDispose(() => {
        this.dispose();
        closed();
      }),
      this.panel.onDidChangeViewState(() => this.refresh()),
      this.panel.webview.onDidReceiveMessage((message: { ready?: true; reference?: string }) => {
        if (message.ready) {
          this.refresh();
        } else if (message.reference !== undefined) {
          void reveal(this.document, message.reference);
        }
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.document) {
          clearTimeout(this.timer);
          this.timer = setTimeout(() => this.refresh(), PAUSE);
        }
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined && this.isServed(editor.document)) {
          this.show(editor.document);
        }
      }),
    );
  }

  /** Show another document, or the same one again. */
  show(document: TextDocument): void {
    this.document = document;
    this.refresh();
  }

  /** Bring the panel to the front. */
  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** Draw the document again. */
  refresh(): void {
    if (this.panel.visible) {
      void this.update();
    }
  }

  private async update(): Promise<void> {
    const { document } = this;
    const name = document.uri.path.split("/").at(-1);
    this.panel.title = `${TITLES[this.view]}: ${name}`;
    const number = (this.latest += 1);
    const drawing = await this.draw(this.view, document);
    if (number === this.latest) {
      await this.panel.webview.postMessage(drawing);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    // A drawing that is under way has no panel any more.
    this.latest += 1;
    this.parts.splice(0).forEach((part) => part.dispose());
    this.panel.dispose();
  }
}

/** Put the cursor on a task or service. */
async function reveal(document: TextDocument, reference: string): Promise<void> {
  const command = "vscode.executeDocumentSymbolProvider";
  const symbols = await commands.executeCommand<DocumentSymbol[] | undefined>(command, document.uri);
  // The sections of the file, and in them the tasks and services.
  const found = symbols
    ?.flatMap((section) => section.children)
    .find((symbol) => symbol.name === reference);
  if (found !== undefined) {
    const selection = new Range(found.selectionRange.start, found.selectionRange.start);
    await window.showTextDocument(Uri.parse(document.uri.toString()), {
      viewColumn: window.visibleTextEditors.find((editor) => editor.document === document)
        ?.viewColumn,
      selection,
    });
  }
}

/** The page of a panel: it shows what it is sent, so that it keeps its place in a long picture. */
function page(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'">
<style>
#note { color: var(--vscode-descriptionForeground); }
#note:empty { display: none; }
#content.old { opacity: 0.4; }
#content pre {
  font-family: var(--vscode-editor-font-family);
  font-size: var(--vscode-editor-font-size);
  white-space: pre-wrap;
}
#content svg { display: block; max-width: 100%; height: auto; }
.item { cursor: pointer; }
</style>
</head>
<body>
<p id="note" role="status"></p>
<main id="content"></main>
<script nonce="${nonce}">
const code = acquireVsCodeApi();
const note = document.getElementById("note");
const content = document.getElementById("content");

// A picture follows the system's colours; here it has those of the editor.
function recolour() {
  const dark = /vscode-(dark|high-contrast)(?!-light)/.test(document.body.className);
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule) {
        rule.media.mediaText = dark ? "all" : "not all";
      }
    }
  }
}

function show(drawing) {
  note.textContent = drawing.note;
  // What was there last is better than nothing while a line is being written.
  content.className = drawing.content === "" ? "old" : "";
  if (drawing.content.startsWith("<svg")) {
    content.innerHTML = drawing.content;
    // Fitted to the panel, as long as its text can be read.
    const picture = content.firstElementChild;
    picture.style.minWidth = 0.6 * picture.getAttribute("width") + "px";
    recolour();
  } else if (drawing.content !== "") {
    const text = document.createElement("pre");
    text.textContent = drawing.content;
    content.replaceChildren(text);
  }
}

new MutationObserver(recolour).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("message", ({ data }) => show(data));
content.addEventListener("click", ({ target }) => {
  const reference = target.closest?.(".item")?.querySelector(".reference");
  if (reference) {
    code.postMessage({ reference: reference.textContent });
  }
});
code.postMessage({ ready: true });
</script>
</body>
</html>
`;
}
