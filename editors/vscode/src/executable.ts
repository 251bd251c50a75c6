import { execFile } from "node:child_process";
import { homedir } from "node:os";

/**
 * The folder that executables are run in. Windows looks for a command there before it looks on the
 * PATH, so it is not a folder of the workspace, which may contain a program with that name.
 */
export const folder = homedir();

/** The largest output of a command, in bytes: a picture of a very large file. */
const LARGEST = 32 * 1024 * 1024;
const MILLISECONDS = 30_000;

/** A way to run automation-validator. */
export interface Program {
  command: string;
  /** What comes before the arguments of automation-validator. */
  prefix: string[];
  /** Where it was found, for people. */
  origin: string;
}

/** What a program wrote and how it ended; `code` is undefined if it could not be run at all. */
interface Run {
  code: number | string | undefined;
  output: string;
  errors: string;
}

/** Run a program to its end, with a text as its standard input. */
export function run(program: Program, args: string[], input = ""): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: LARGEST, timeout: MILLISECONDS, windowsHide: true };
    const all = [...program.prefix, ...args];
    const child = execFile(program.command, all, options, (error, output, errors) => {
      // An error of its own says more than nothing on standard error.
      const said = errors.trim() || (error?.message ?? "").trim();
      resolve({ code: error === null ? 0 : (error.code ?? undefined), output, errors: said });
    });
    // A program that reads no input may be gone by now.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** Why the program can't be run as a language server; undefined if it can. */
export async function whatIsWrong(program: Program): Promise<string | undefined> {
  const { code, errors } = await run(program, ["lsp", "--help"]);
  if (code === 0) {
    return undefined;
  }
  if (code === "ENOENT") {
    return `There is no command "${program.command}". Install it, or set its path.`;
  }
  // The program reports what is missing, such as a package.
  const reason = errors.replace(/^Error: /, "");
  return `The command "${program.command}" can't be run: ${reason}`;
}

/** The version that the program reports; "" if it reports none. */
export async function version(program: Program): Promise<string> {
  const { output } = await run(program, ["--version"]);
  return /\d+\.\d+\S*/.exec(output)?.[0] ?? "";
}
