import {
  languages,
  LanguageStatusSeverity,
  type Disposable,
  type DocumentSelector,
  type LanguageStatusItem,
} from "vscode";
import { ID, NAME } from "./settings";

/** The item in the status bar's menu of the language, while a served document is shown. */
export class Status implements Disposable {
  private readonly item: LanguageStatusItem;

  constructor(selector: DocumentSelector) {
    this.item = languages.createLanguageStatusItem(ID, selector);
    this.item.name = NAME;
    this.starting();
  }

  set selector(selector: DocumentSelector) {
    this.item.selector = selector;
  }

  starting(): void {
    this.item.busy = true;
    this.show(NAME, "starting", LanguageStatusSeverity.Information);
  }

  running(version: string, origin: string): void {
    this.show(`${NAME} ${version}`.trim(), origin, LanguageStatusSeverity.Information);
    this.item.command = { command: `${ID}.restart`, title: "Restart" };
  }

  failed(problem: string): void {
    this.show(`${NAME} is not running`, problem, LanguageStatusSeverity.Error);
    this.item.command = { command: `${ID}.restart`, title: "Try again" };
  }

  private show(text: string, detail: string, severity: LanguageStatusSeverity): void {
    this.item.busy = detail === "starting";
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity;
  }

  dispose(): void {
    this.item.dispose();
  }
}
