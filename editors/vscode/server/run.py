"""Runs the automation-validator that the extension contains: `python -I -S run.py lsp`.

With `-I` and `-S`, Python reads no modules but its own and those in `lib`, whatever is installed.
"""

import sys
from pathlib import Path

# In sync with the compiled modules that scripts/extension_server.py collects.
OLDEST, NEWEST = (3, 10), (3, 14)

if not OLDEST <= sys.version_info[:2] <= NEWEST:
    needed = " to ".join(".".join(map(str, version)) for version in (OLDEST, NEWEST))
    sys.exit(f"Error: this is Python {sys.version.split()[0]}; the extension needs {needed}.")
sys.path.insert(0, str(Path(__file__).parent / "lib"))
sys.dont_write_bytecode = True

from validator.cli.entry import run  # noqa: E402

run()
