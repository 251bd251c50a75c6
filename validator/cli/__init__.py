"""The command line: its name, its exit codes, and the environment variables that it reads."""

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)
"""The exit codes that the commands document."""

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 plus the number of the signal, as in shells."""

NAME = "automation-validator"

COMPLETE = "_AUTOMATION_VALIDATOR_COMPLETE"
"""The environment variable by which a shell asks for completion; click derives it from the name."""

TRACEBACK = "AUTOMATION_VALIDATOR_TRACEBACK"
"""The environment variable that adds the traceback to the report of a bug."""
