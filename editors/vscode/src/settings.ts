import { workspace } from "vscode";

export const ID = "automation-validator";
export const NAME = "Automation Validator";

const SWITCHES = ["inlayHints.order", "inlayHints.cron", "workspaceDiagnostics"] as const;

/** The settings whose change needs another server. */
export const OF_THE_SERVER = ["path", "files", ...SWITCHES].map((name) => `${ID}.${name}`);

export interface Settings {
  /** The executable; "" to look for one. */
  path: string;
  /** Glob patterns of further files. */
  files: string[];
  /** What is sent to the server itself. */
  server: { inlayHints: object; workspaceDiagnostics: boolean; planCommand: string };
}

/**
 * The settings, and what is wrong with them: VS Code underlines a wrong value in settings.json, but
 * hands it over all the same. A wrong setting counts as not set.
 */
export function read(): { settings: Settings; problems: string[] } {
  const given = workspace.getConfiguration(ID);
  const path = given.get<unknown>("path", "");
  const files = given.get<unknown>("files", []);
  const problems: string[] = [];
  const on = (name: (typeof SWITCHES)[number]): boolean => {
    const value = given.get<unknown>(name, true);
    if (typeof value !== "boolean") {
      problems.push(`"${ID}.${name}" must be true or false.`);
    }
    return value !== false;
  };
  const settings: Settings = {
    path: "",
    files: [],
    server: {
      inlayHints: { order: on("inlayHints.order"), cron: on("inlayHints.cron") },
      workspaceDiagnostics: on("workspaceDiagnostics"),
      // A click on what stands above a task opens the plan.
      planCommand: `${ID}.openPlan`,
    },
  };
  if (typeof path === "string") {
    settings.path = path.trim();
  } else {
    problems.push(`"${ID}.path" must be a string.`);
  }
  if (Array.isArray(files)) {
    for (const file of files) {
      if (typeof file !== "string" || file.trim() === "") {
        problems.push(`"${ID}.files" must contain only glob patterns, such as "**/ci/automations.yaml".`);
      } else if (file.startsWith("/") || file.startsWith("./") || file.includes("\\")) {
        const wanted = `**/${file.replaceAll("\\", "/").replace(/^(\.?\/)+/, "")}`;
        problems.push(`"${ID}.files": "${file}" matches no file; did you mean "${wanted}"?`);
      } else {
        settings.files.push(file);
      }
    }
  } else {
    problems.push(`"${ID}.files" must be a list of glob patterns.`);
  }
  return { settings, problems: [...new Set(problems)] };
}
