"""Run the command line with `python -m validator`."""

from validator.cli.entry import run

run()
