import { existsSync } from "node:fs";
import { join } from "node:path";
import { commands, extensions, workspace, type Disposable, type Event, type Uri } from "vscode";
import { whatIsWrong, type Program } from "./executable";

const COMMAND = "automation-validator";
const WINDOWS = process.platform === "win32";
const PYTHON_EXTENSION = "ms-python.python";

/** As much of the Python extension's API as is used here. */
interface PythonExtension {
  environments: {
    onDidChangeActiveEnvironmentPath: Event<unknown>;
    getActiveEnvironmentPath(resource?: Uri): { path: string };
    resolveEnvironment(
      path: unknown,
    ): Promise<{ executable: { uri?: { fsPath: string } } } | undefined>;
  };
}

export interface Found {
  program: Program | undefined;
  /** What was tried, and why it can't be run. */
  problems: string[];
}

/**
 * The automation-validator to run: the one that the settings name; else the one of the workspace's
 * virtual environment, as the project may need its version; else that on the PATH; else the one that
 * the extension contains, with a Python that can run it.
 *
 * What a workspace contains is not run, or even looked for, until the workspace is trusted.
 */
export async function find(setting: string, bundled: string): Promise<Found> {
  const problems: string[] = [];
  const candidates =
    setting !== ""
      ? [{ command: setting, prefix: [], origin: "settings" }]
      : [...inTheWorkspace(), { command: COMMAND, prefix: [], origin: "PATH" }];
  for (const program of candidates) {
    const problem = await whatIsWrong(program);
    if (problem === undefined) {
      return { program, problems };
    }
    problems.push(problem);
  }
  if (setting !== "" || !existsSync(join(bundled, "lib"))) {
    return { program: undefined, problems };
  }
  for (const python of await pythons()) {
    const prefix = [...python.slice(1), "-I", "-S", join(bundled, "run.py")];
    const program = { command: python[0]!, prefix, origin: "extension" };
    const problem = await whatIsWrong(program);
    if (problem === undefined) {
      return { program, problems };
    }
    problems.push(problem);
  }
  return { program: undefined, problems };
}

function folders(): Uri[] {
  const all = workspace.workspaceFolders ?? [];
  return all.map((each) => each.uri).filter((uri) => uri.scheme === "file");
}

function inTheWorkspace(): Program[] {
  if (!workspace.isTrusted) {
    return [];
  }
  const inside = WINDOWS ? ["Scripts", `${COMMAND}.exe`] : ["bin", COMMAND];
  return folders()
    .flatMap((uri) => [".venv", "venv"].map((name) => join(uri.fsPath, name, ...inside)))
    .filter((path) => existsSync(path))
    .map((command) => ({ command, prefix: [], origin: "virtual environment" }));
}

/** Commands that may be a Python, the best first. */
async function pythons(): Promise<string[][]> {
  const onThePath = WINDOWS ? [["py", "-3"], ["python"]] : [["python3"], ["python"]];
  const selected = workspace.isTrusted ? await selectedPython() : undefined;
  return selected === undefined ? onThePath : [[selected], ...onThePath];
}

/** The Python that is selected in the Python extension, if that is installed. */
async function selectedPython(): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
  if (extension === undefined) {
    return undefined;
  }
  try {
    const { environments } = await extension.activate();
    const path = environments.getActiveEnvironmentPath(folders()[0]);
    return (await environments.resolveEnvironment(path))?.executable.uri?.fsPath;
  } catch {
    // Another extension's failure is no reason to look no further.
    return undefined;
  }
}

/** What lets the user select a Python; undefined without the Python extension. */
export function selectPython(): (() => Thenable<unknown>) | undefined {
  return extensions.getExtension(PYTHON_EXTENSION) === undefined
    ? undefined
    : () => commands.executeCommand("python.setInterpreter");
}

/** Listen to the choice of another Python; undefined if the Python extension is not running. */
export function onDidSelectPython(listener: () => void): Disposable | undefined {
  const extension = extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
  return extension?.isActive
    ? extension.exports.environments.onDidChangeActiveEnvironmentPath(listener)
    : undefined;
}
