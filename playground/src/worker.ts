// Runs the Python package, so that the page stays responsive: loads it, then answers requests.

import type { PyodideInterface } from "pyodide";
import type { Message } from "./protocol";

const BASE = new URL(".", self.location.href);
const send = (message: Message): void => self.postMessage(message);

const START = `
import sys
sys.path.insert(0, "/lib/package")
import worker
worker.load_later("networkx", load_networkx)
worker.handle
`;

// Counts the bytes that arrive, of Pyodide's own files too.
function countBytes(sizes: Record<string, number>): void {
  const fetchFile = self.fetch.bind(self);
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let loaded = 0;
  self.fetch = async (input, init) => {
    const response = await fetchFile(input, init);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const body = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          loaded = Math.min(loaded + chunk.length, total);
          send({ type: "progress", loaded, total });
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(body, { headers: response.headers });
  };
}

async function start(): Promise<(request: string) => string> {
  const sizes = await (await fetch(new URL("sizes.json", BASE))).json();
  countBytes(sizes);
  const { loadPyodide } = await import(new URL("pyodide/pyodide.mjs", BASE).href);
  const [archive, python] = (await Promise.all([
    fetch(new URL("package.zip", BASE)).then((response) => response.arrayBuffer()),
    loadPyodide({ indexURL: new URL("pyodide/", BASE).href }),
  ])) as [ArrayBuffer, PyodideInterface];
  send({ type: "starting" });
  const unpack = (zip: ArrayBuffer): void =>
    python.unpackArchive(zip, "zip", { extractDir: "/lib/package" });
  python.globals.set("load_networkx", () => unpack(loadNow("later.zip")));
  unpack(archive);
  return python.runPython(START);
}

// Python's imports can't wait for a promise.
function loadNow(name: string): ArrayBuffer {
  const request = new XMLHttpRequest();
  request.open("GET", new URL(name, BASE), false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${name}: ${request.status}`);
  return request.response;
}

const ready = start();
ready.then(
  () => send({ type: "ready" }),
  (error) => send({ type: "failed", why: String(error) }),
);

self.onmessage = async (event: MessageEvent<{ id: number; json: string }>) => {
  const { id, json } = event.data;
  try {
    send({ type: "answer", id, json: (await ready)(json) });
  } catch (error) {
    send({ type: "broken", id, why: String(error) });
  }
};
