// The page's side of the worker: a request is a promise of its answer.

import type { Answers, Message, Request } from "./protocol";

export class Failure extends Error {}

export interface Listener {
  progress(loaded: number, total: number): void;
  starting(): void;
  ready(): void;
  failed(why: string): void;
}

export class Client {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, [(json: string) => void, (error: Error) => void]>();
  private last = 0;

  constructor(listener: Listener) {
    this.worker = new Worker(new URL("worker.js", document.baseURI), { type: "module" });
    this.worker.onerror = (event) => listener.failed(event.message || "the worker can't be loaded");
    this.worker.onmessage = (event: MessageEvent<Message>) => this.take(event.data, listener);
  }

  async ask<Op extends keyof Answers>(request: Request & { op: Op }): Promise<Answers[Op]> {
    const id = ++this.last;
    const json = await new Promise<string>((resolve, reject) => {
      this.waiting.set(id, [resolve, reject]);
      this.worker.postMessage({ id, json: JSON.stringify(request) });
    });
    return JSON.parse(json);
  }

  private take(message: Message, listener: Listener): void {
    switch (message.type) {
      case "progress":
        return listener.progress(message.loaded, message.total);
      case "starting":
      case "ready":
        return listener[message.type]();
      case "failed":
        return listener.failed(message.why);
      case "answer":
        this.waiting.get(message.id)?.[0](message.json);
        break;
      case "broken":
        this.waiting.get(message.id)?.[1](new Failure(message.why));
        break;
    }
    this.waiting.delete(message.id);
  }
}
