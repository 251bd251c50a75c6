// The address of a text: `#text=…`, compressed. A fragment is not sent to the server.

import type { Tab } from "./protocol";

// Characters of a text in a link.
export const LARGEST = 1_000_000;
const TABS = new Set<string>(["automations", "workflow", "classic", "api"]);

export interface Shared {
  tab: Tab;
  text: string;
  everything: boolean;
}

export type Address = { rule: string } | Shared | null;

export async function linkTo(shared: Shared): Promise<string> {
  const stream = new Blob([shared.text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `#tab=${shared.tab}${shared.everything ? "&rules=all" : ""}&text=${text}`;
}

// Throws if the text is damaged or too long.
export async function readAddress(fragment: string): Promise<Address> {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const rule = fields.get("rule");
  if (rule !== null) return { rule };
  const text = fields.get("text");
  const tab = fields.get("tab") ?? "automations";
  if (text === null) return null;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return {
    tab: (TABS.has(tab) ? tab : "automations") as Tab,
    text: await limited(stream),
    everything: fields.get("rules") === "all",
  };
}

async function limited(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const reader = stream.getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LARGEST) {
      await reader.cancel();
      throw new Error("the text of the link is too long");
    }
  }
}
