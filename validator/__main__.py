"""`python -m validator` is the command `automation-validator`."""

from validator.cli.main import main

main(prog_name="automation-validator")
