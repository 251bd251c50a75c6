"""`python -m validator` is the command `automation-validator`."""

from validator.cli.entry import run

run()
