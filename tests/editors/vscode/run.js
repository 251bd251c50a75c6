// Runs the built extension: run.js BUNDLE OPTIONS FILE... opens the files one after another and
// prints, for each, what there is to see afterwards. The options, as JSON, are `settings`, the
// `folder` of the workspace, whether it is `trusted`, and whether trust is `granted` at the end: then
// the last of what is printed is what there is to see after that.
"use strict";
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  name === "vscode" ? path.join(__dirname, "vscode.js") : resolve(name, ...rest);

const { testing } = require("vscode");
const [bundle, options, ...files] = process.argv.slice(2);
const { activate, deactivate } = require(path.resolve(bundle));
const { seen, workspace } = testing;
const { settings, folder, trusted, granted } = JSON.parse(options);
Object.assign(testing.settings, settings);
Object.assign(workspace, {
  isTrusted: trusted,
  workspaceFolders: [{ uri: testing.Uri.file(folder), name: path.basename(folder) }],
});
const context = {
  subscriptions: [],
  extension: { id: "automation-validator.automation-validator" },
  asAbsolutePath: (name) => path.resolve(bundle, "../..", name),
};

const things = () => seen.messages.length + Object.keys(seen.diagnostics).length;

/** Wait for something new to see, and say if there was; other files show nothing. */
async function look(seconds) {
  const before = things();
  const end = Date.now() + seconds * 1000;
  while (things() === before && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 50));
  }
  return things() !== before;
}

async function main() {
  await activate(context);
  const views = [];
  for (const [number, file] of files.entries()) {
    testing.open(file, readFileSync(file, "utf8"));
    const last = number === files.length - 1;
    // On a busy machine what an earlier file shows may come now.
    for (let more = await look(last ? 30 : 1); last && more; more = await look(2));
    views.push(JSON.stringify(seen));
  }
  if (granted) {
    seen.diagnostics = {};
    testing.grantTrust();
    for (let more = await look(30); more; more = await look(2));
    views.push(JSON.stringify(seen));
  }
  await deactivate();
  console.log(`[${views.join(",")}]`);
}

main();
