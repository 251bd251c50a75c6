// Compiles the archives' Python, with the Python that the browser runs: this halves its start.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

const COMPILE = `
import compileall, os, py_compile, shutil, zipfile

def compiled(archive):
    shutil.unpack_archive(archive, "/made", "zip")
    # The pages' files never change, so nothing compares them with their source.
    compileall.compile_dir("/made", quiet=1, ddir="/lib/package", legacy=True, optimize=2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for folder, folders, files in os.walk("/made"):
            folders.sort()
            for name in sorted(files):
                path = os.path.join(folder, name)
                if not name.endswith(".py"):
                    with open(path, "rb") as file:
                        made.writestr(zipfile.ZipInfo(path[6:]), file.read(), zipfile.ZIP_DEFLATED)
    shutil.rmtree("/made")
`;

async function main() {
  const python = await loadPyodide();
  python.runPython(COMPILE);
  for (const name of ["package.zip", "later.zip"]) {
    const path = join(process.argv[2], name);
    python.FS.writeFile(`/${name}`, new Uint8Array(readFileSync(path)));
    python.globals.get("compiled")(`/${name}`);
    writeFileSync(path, python.FS.readFile(`/${name}`));
  }
}

// Node.js would print the line of code that failed, which is a megabyte.
main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
