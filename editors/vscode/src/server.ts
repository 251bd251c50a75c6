import {
  commands,
  env,
  Uri,
  window,
  workspace,
  type Disposable,
  type LogOutputChannel,
} from "vscode";
import { LanguageClient, type DocumentSelector } from "vscode-languageclient/node";
import { folder, version, type Program } from "./executable";
import { find, onDidSelectPython, selectPython } from "./find";
import { ID, NAME, read } from "./settings";
import { Status } from "./status";

const PYTHON_DOWNLOADS = "https://www.python.org/downloads/";

interface Offer {
  title: string;
  run: () => unknown;
}

interface Running {
  client: LanguageClient;
  program: Program;
}

/** The language server: finds it, starts it, and says so where that is not possible. */
export class Server implements Disposable {
  private readonly log: LogOutputChannel = window.createOutputChannel(NAME, { log: true });
  private readonly parts: Disposable[] = [];
  private status: Status | undefined;
  /** The server that is being started or running; an object of its own for each start. */
  private current: Partial<Running> | undefined;

  /**
   * `bundled` is the folder of the server that the extension contains; `changed` is called when a
   * server runs, or no longer does.
   */
  constructor(
    private readonly bundled: string,
    private readonly selector: () => { scheme: string; pattern: string }[],
    private readonly changed: () => void,
  ) {}

  get isWanted(): boolean {
    return this.current !== undefined;
  }

  /** The server, if it is running. */
  get running(): Running | undefined {
    const { client, program } = this.current ?? {};
    return client?.isRunning() && program !== undefined ? { client, program } : undefined;
  }

  async start(): Promise<void> {
    if (this.current !== undefined) {
      return;
    }
    // Set before the first await, so that a second document does not start a second server.
    const mine: Partial<Running> = (this.current = {});
    const documentSelector: DocumentSelector = this.selector();
    this.status ??= new Status(this.selector());
    this.status.selector = this.selector();
    this.status.starting();
    const { path: setting, server } = read().settings;
    const { program, problems } = await find(setting, this.bundled);
    if (this.current !== mine) {
      return;
    }
    problems.forEach((problem) => this.log.info(problem));
    this.watchPython();
    if (program === undefined) {
      this.current = undefined;
      void this.offer(setting, problems);
      return;
    }
    const args = [...program.prefix, "lsp"];
    const executable = { command: program.command, args, options: { cwd: folder } };
    // The server runs plug-ins only in a trusted workspace. Granting trust starts it again.
    const initializationOptions = { ...server, trusted: workspace.isTrusted };
    const options = { documentSelector, outputChannel: this.log, initializationOptions };
    const client = new LanguageClient(ID, NAME, executable, options);
    Object.assign(mine, { client, program });
    this.log.info(`Running ${[program.command, ...args].join(" ")}`);
    try {
      await client.start();
      const reported = client.initializeResult?.serverInfo?.version ?? (await version(program));
      this.status.running(reported, `From the ${program.origin}: ${program.command}`);
    } catch (error) {
      // The client itself has shown why.
      this.status.failed(error instanceof Error ? error.message : String(error));
      if (this.current === mine) {
        this.current = undefined;
      }
    }
    this.changed();
  }

  async stop(): Promise<void> {
    const { client } = this.current ?? {};
    this.current = undefined;
    await client?.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Say that there is no server to run, and offer what can be done about it. */
  private async offer(setting: string, problems: string[]): Promise<void> {
    const openSettings: Offer = {
      title: "Open settings",
      run: () => commands.executeCommand("workbench.action.openSettings", `${ID}.path`),
    };
    let problem = problems.at(-1) ?? "";
    let offers = [openSettings];
    if (setting === "") {
      problem = `${NAME} needs Python 3.10 to 3.14, and found none that can run it.`;
      const select = selectPython();
      const python: Offer =
        select === undefined
          ? { title: "Get Python", run: () => env.openExternal(Uri.parse(PYTHON_DOWNLOADS)) }
          : { title: "Select a Python", run: select };
      const showLog: Offer = { title: "Show log", run: () => this.log.show() };
      offers = [python, openSettings, showLog];
    }
    this.status?.failed(problem);
    const chosen = await window.showErrorMessage(problem, ...offers.map(({ title }) => title));
    await offers.find(({ title }) => title === chosen)?.run();
  }

  /** Start again when another Python is selected, or the first one. */
  private watchPython(): void {
    if (this.parts.length === 0) {
      const selected = onDidSelectPython(() => {
        const { program } = this.current ?? {};
        if (program === undefined || program.origin === "extension") {
          void this.restart();
        }
      });
      this.parts.push(...(selected === undefined ? [] : [selected]));
    }
  }

  dispose(): void {
    this.parts.forEach((part) => part.dispose());
    this.status?.dispose();
    this.log.dispose();
  }
}
