import {
  commands,
  languages,
  window,
  workspace,
  type ExtensionContext,
  type TextDocument,
} from "vscode";
import { draw, type Drawing, type View } from "./drawings";
import knownPaths from "./known-paths.json";
import { Panel } from "./panel";
import { Server } from "./server";
import { ID, NAME, OF_THE_SERVER, read } from "./settings";

let server: Server | undefined;
const panels = new Map<View, Panel>();

export async function activate(context: ExtensionContext): Promise<void> {
  const created = new Server(context.asAbsolutePath("server"), selector, () =>
    panels.forEach((panel) => panel.refresh()),
  );
  server = created;
  context.subscriptions.push(
    created,
    commands.registerCommand(`${ID}.restart`, () => created.restart()),
    commands.registerCommand(`${ID}.openGraph`, () => open("graph")),
    commands.registerCommand(`${ID}.openPlan`, () => open("plan")),
    commands.registerCommand(`${ID}.openWalkthrough`, () => openWalkthrough(context.extension.id)),
    workspace.onDidOpenTextDocument(startFor),
    workspace.onDidGrantWorkspaceTrust(startIfWanted),
    window.onDidChangeActiveTextEditor(offerViews),
    workspace.onDidChangeConfiguration(async (event) => {
      if (OF_THE_SERVER.some((setting) => event.affectsConfiguration(setting))) {
        offerViews();
        void report(read().problems);
        await startIfWanted();
      }
    }),
    { dispose: () => panels.forEach((panel) => panel.dispose()) },
  );
  offerViews();
  void report(read().problems);
  await startIfWanted();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function isServed(document: TextDocument): boolean {
  return languages.match(selector(), document) > 0;
}

function selector() {
  const patterns = [...knownPaths.map((path) => `**/${path}`), ...read().settings.files];
  return patterns.map((pattern) => ({ scheme: "file", pattern }));
}

async function workspaceHasOne(): Promise<boolean> {
  const found = await workspace.findFiles(`**/{${knownPaths.join(",")}}`, undefined, 1);
  return found.length > 0;
}

async function startFor(document: TextDocument): Promise<void> {
  if (isServed(document)) {
    await server?.start();
  }
}

/** Start, or start again. Other YAML and JSON files activate this extension too; they need no server. */
async function startIfWanted(): Promise<void> {
  const used = workspace.textDocuments.some(isServed) || (await workspaceHasOne());
  if (used || server?.isWanted) {
    await server?.restart();
  }
}

/** Report settings that can't be used. */
async function report(problems: string[]): Promise<void> {
  const openSettings = "Open settings";
  if (problems.length > 0) {
    const text = `${NAME}: ${problems.join(" ")}`;
    if ((await window.showWarningMessage(text, openSettings)) === openSettings) {
      await commands.executeCommand("workbench.action.openSettings", ID);
    }
  }
}

/** Show the buttons above an editor whose document can be drawn, and only there. */
function offerViews(): void {
  const document = window.activeTextEditor?.document;
  const served = document !== undefined && isServed(document);
  void commands.executeCommand("setContext", `${ID}.served`, served);
}

/** Open a view of the document in the active editor, or bring it to the front. */
function open(view: View): void {
  const document = window.activeTextEditor?.document;
  if (document === undefined || !isServed(document)) {
    void window.showInformationMessage("Open an automations file first, such as .ona/config.yaml.");
    return;
  }
  const shown = panels.get(view);
  if (shown === undefined) {
    panels.set(view, new Panel(view, document, isServed, drawn, () => panels.delete(view)));
  } else {
    shown.reveal();
    shown.show(document);
  }
}

async function drawn(view: View, document: TextDocument): Promise<Drawing> {
  await server?.start();
  const running = server?.running;
  if (running === undefined) {
    const state = server?.isWanted ? "starting" : "not running";
    return { content: "", note: `The language server is ${state}.` };
  }
  return draw(view, document, running.client, running.program);
}

async function openWalkthrough(extension: string): Promise<void> {
  const walkthrough = `${extension}#${ID}.start`;
  await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}
