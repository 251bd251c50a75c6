import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { TextDocument } from "vscode";
import { run, type Program } from "./executable";

export type View = "graph" | "plan";

/** What the server calls each view, if it can draw it. */
const COMMANDS: Record<View, string> = {
  graph: "automation-validator.showGraph",
  plan: "automation-validator.showPlan",
};

/** How the command line makes each view. */
const ARGUMENTS: Record<View, string[]> = {
  graph: ["graph", "--format", "svg"],
  plan: ["plan", "--format", "text"],
};

/** What is said about a file whose errors leave nothing to draw. */
const UNREADABLE: Record<View, string> = {
  graph: "The file has errors, and can't be drawn until they are fixed.",
  plan: "The file has errors, and has no plan until they are fixed.",
};

export interface Drawing {
  /** A picture as SVG, or text; "" if there is neither. */
  content: string;
  /** Why there is no content, or what is wrong with it; "" if nothing is. */
  note: string;
}

/** Draw a document as it is in the editor, saved or not. */
export async function draw(
  view: View,
  document: TextDocument,
  client: LanguageClient,
  program: Program,
): Promise<Drawing> {
  const known = client.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
  if (known.includes(COMMANDS[view])) {
    try {
      const content: unknown = await client.sendRequest(ExecuteCommandRequest.type, {
        command: COMMANDS[view],
        arguments: [document.uri.toString()],
      });
      return { content: typeof content === "string" ? content : "", note: "" };
    } catch (error) {
      return { content: "", note: error instanceof Error ? error.message : String(error) };
    }
  }
  // An older server.
  const args = [...ARGUMENTS[view], "--stdin-filename", document.uri.fsPath, "-"];
  const { code, output, errors } = await run(program, args, document.getText());
  if (output !== "") {
    // What is wrong in the document is in the list of problems.
    return { content: output, note: code === 0 ? "" : "The file has errors." };
  }
  return { content: "", note: code === 1 ? UNREADABLE[view] : errors };
}
