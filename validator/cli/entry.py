"""Where the command `automation-validator` begins, before anything else is imported."""

import gc
import sys


def run() -> None:
    """Run the command with the arguments of this process."""
    # Of what is imported nothing is garbage: to search it takes a twentieth of a run on one file.
    gc.set_threshold(100_000)
    from validator.cli.main import main

    main(prog_name="automation-validator" if sys.argv[0].endswith("__main__.py") else None)
