import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { TextDocument } from "vscode";
import { run, type Program } from "./executable";

export type View = "graph" | "plan";

/** What the server calls each view, if it can draw it. */
const COMMANDS: Record<View, string> = {
  graph: "automation-validator.server.graph",
  plan: "automation-validator.server.plan",
};

const FORMATS: Record<View, string> = { graph: "svg", plan: "text" };

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
        arguments: [{ uri: document.uri.toString(), format: FORMATS[view] }],
      });
      return { content: typeof content === "string" ? content : "", note: "" };
    } catch (error) {
      return { content: "", note: error instanceof Error ? sentence(error.message) : "" };
    }
  }
  // An older server.
  const args = [view, "--format", FORMATS[view], "--stdin-filename", document.uri.fsPath, "-"];
  const { code, output, errors } = await run(program, args, document.getText());
  if (output !== "") {
    // What is wrong in the document is in the list of problems.
    return { content: output, note: code === 0 ? "" : "The file has errors." };
  }
  return { content: "", note: code === 1 ? UNREADABLE[view] : errors };
}

/** A phrase, such as the server's messages, as a sentence. */
function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1).replace(/\.$/, "")}.`;
}
