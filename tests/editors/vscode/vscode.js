// As much of VS Code's API as the extension and its language client use.
"use strict";

class Disposable {
  constructor(end) {
    this.end = end;
  }
  dispose() {
    this.end?.();
  }
  static from(...parts) {
    return new Disposable(() => parts.forEach((part) => part.dispose()));
  }
}

class EventEmitter {
  listeners = new Set();
  event = (listener) => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(value) {
    this.listeners.forEach((listener) => listener(value));
  }
  dispose() {}
}

class Uri {
  constructor(text) {
    const { protocol, pathname } = new URL(text);
    this.scheme = protocol.slice(0, -1);
    this.path = decodeURIComponent(pathname);
    this.fsPath = this.path;
    this.text = text;
  }
  toString() {
    return this.text;
  }
  static parse(text) {
    return new Uri(text);
  }
  static file(path) {
    return new Uri(`file://${path}`);
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(startLine, startCharacter, endLine, endCharacter) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
  static Empty = new CodeActionKind("");
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() };
  cancel() {}
  dispose() {}
}

const ignored = () => new Disposable();

/** An object that has `known` properties; any other is a function that does nothing. */
function anything(known) {
  return new Proxy(known, { get: (target, name) => (name in target ? target[name] : ignored) });
}

/** What the tests look at. */
const seen = { messages: [], diagnostics: {}, selectors: {}, status: "" };
const opened = new EventEmitter();
const shown = new EventEmitter();
const trusted = new EventEmitter();
const settings = {};
const channel = anything({ logLevel: 3 });

const api = {
  Disposable,
  EventEmitter,
  Uri,
  Position,
  Range,
  Diagnostic,
  CodeActionKind,
  CancellationTokenSource,
  version: "1.91.0",
  env: { language: "en", appName: "test" },
  commands: anything({
    registerCommand: ignored,
  }),
  extensions: { getExtension: () => undefined },
  window: anything({
    activeTextEditor: undefined,
    tabGroups: { all: [], onDidChangeTabs: ignored },
    visibleTextEditors: [],
    onDidChangeVisibleTextEditors: shown.event,
    createOutputChannel: () => channel,
    async showErrorMessage(text) {
      seen.messages.push(text);
    },
    async showWarningMessage(text) {
      seen.messages.push(text);
    },
  }),
  workspace: anything({
    textDocuments: [],
    notebookDocuments: [],
    workspaceFolders: [],
    isTrusted: true,
    onDidOpenTextDocument: opened.event,
    onDidGrantWorkspaceTrust: trusted.event,
    async findFiles() {
      return [];
    },
    getConfiguration: (section) => ({
      get: (name, otherwise) => settings[`${section}.${name}`] ?? otherwise,
    }),
  }),
  languages: new Proxy(
    {
      match: (selector, document) =>
        selector.some(({ scheme, pattern }) => {
          const { uri } = document;
          return scheme === uri.scheme && uri.path.endsWith(pattern.replace("**", ""));
        }),
      // What is set last is what a person sees.
      createLanguageStatusItem: () =>
        new Proxy(new Disposable(), {
          set(target, name, value) {
            target[name] = value;
            seen.status = `${target.text}: ${target.detail}`;
            return true;
          },
        }),
      createDiagnosticCollection: () =>
        anything({
          set(uri, found) {
            seen.diagnostics[uri] = found;
          },
        }),
    },
    {
      get: (target, name) =>
        target[name] ??
        ((selector) => {
          // A provider of workspace symbols is for no documents in particular.
          if (Array.isArray(selector)) {
            seen.selectors[name] = selector;
          }
          return new Disposable();
        }),
    },
  ),
};

module.exports = new Proxy(api, {
  // Other names are of classes, which are extended, and of enumerations.
  get: (target, name) => (target[name] ??= class {}),
});

/** Open a document, as a person would. */
module.exports.testing = {
  seen,
  settings,
  workspace: api.workspace,
  Uri,
  /** Trust the workspace, as a person would. */
  grantTrust() {
    api.workspace.isTrusted = true;
    trusted.fire();
  },
  open(path, text) {
    const document = {
      uri: Uri.file(path),
      fileName: path,
      languageId: "yaml",
      version: 1,
      getText: () => text,
    };
    api.workspace.textDocuments.push(document);
    api.window.visibleTextEditors.push({ document });
    opened.fire(document);
    shown.fire(api.window.visibleTextEditors);
  },
};
