"""Entry point of the command `automation-validator`, before anything else is imported."""

import gc
import sys


def run() -> None:
    """Run the command with the arguments of this process."""
    # Imported modules are no garbage: collecting it takes a twentieth of a run on one file.
    gc.set_threshold(100_000)
    from validator.cli.main import main

    main(prog_name="automation-validator" if sys.argv[0].endswith("__main__.py") else None)
