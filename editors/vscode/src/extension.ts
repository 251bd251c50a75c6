import {
  commands,
  languages,
  window,
  workspace,
  type ExtensionContext,
  type TextDocument,
} from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { folder, whatIsWrong } from "./executable";
import knownPaths from "./known-paths.json";

const ID = "automation-validator";
const NAME = "Automation Validator";
const SETTINGS = [`${ID}.path`, `${ID}.files`];

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand(`${ID}.restart`, restart),
    workspace.onDidOpenTextDocument(startFor),
    workspace.onDidChangeConfiguration(async (event) => {
      if (SETTINGS.some((setting) => event.affectsConfiguration(setting))) {
        await restart();
      }
    }),
  );
  // Other YAML and JSON files activate this extension too; they need no server.
  if (workspace.textDocuments.some(isServed) || (await workspaceHasOne())) {
    await start();
  }
}

export async function deactivate(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

function isServed(document: TextDocument): boolean {
  return languages.match(selector(), document) > 0;
}

function selector() {
  const further = workspace.getConfiguration(ID).get<string[]>("files", []);
  const patterns = [...knownPaths.map((path) => `**/${path}`), ...further];
  return patterns.map((pattern) => ({ scheme: "file", pattern }));
}

async function workspaceHasOne(): Promise<boolean> {
  const found = await workspace.findFiles(`**/{${knownPaths.join(",")}}`, undefined, 1);
  return found.length > 0;
}

async function startFor(document: TextDocument): Promise<void> {
  if (isServed(document)) {
    await start();
  }
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  if (client !== undefined) {
    return;
  }
  const command = workspace.getConfiguration(ID).get("path", ID);
  const server = { command, args: ["lsp"], options: { cwd: folder } };
  const started = new LanguageClient(ID, NAME, server, { documentSelector: selector() });
  // Set before the first await, so that a second document does not start a second server.
  client = started;
  const problem = await whatIsWrong(command);
  if (problem === undefined) {
    // If that fails, the client itself shows why.
    await started.start().catch(() => (client = undefined));
    return;
  }
  client = undefined;
  const openSettings = "Open settings";
  if ((await window.showErrorMessage(problem, openSettings)) === openSettings) {
    await commands.executeCommand("workbench.action.openSettings", `${ID}.path`);
  }
}
