import { execFile } from "node:child_process";
import { homedir } from "node:os";

/**
 * The folder that the executable is run in. Windows looks for a command there before it looks on the
 * PATH, so it is not a folder of the workspace, which may contain a program with that name.
 */
export const folder = homedir();

/** Why the executable can't be run, and what to do about it; undefined if it can. */
export function whatIsWrong(executable: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(executable, ["lsp", "--help"], { cwd: folder }, (error, _output, said) => {
      if (error === null) {
        resolve(undefined);
      } else if (error.code === "ENOENT") {
        resolve(`There is no command "${executable}". Install it, or set its path.`);
      } else {
        // The program reports what is missing, such as the packages of the language server.
        const reason = said.trim().replace(/^Error: /, "") || error.message.trim();
        resolve(`The command "${executable}" can't be run: ${reason}`);
      }
    });
  });
}
