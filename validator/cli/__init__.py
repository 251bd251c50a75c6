"""The command line: its commands and its exit codes."""

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)
"""The exit codes that the commands document."""

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 plus the number of the signal, as in shells."""

NAME = "automation-validator"

COMPLETE = "_AUTOMATION_VALIDATOR_COMPLETE"
"""The environment variable by which a shell asks for completion; click derives it from the name."""

COMMANDS = {
    "check": "validator.cli.check",
    "completion": "validator.cli.completion",
    "explain": "validator.cli.rules",
    "graph": "validator.cli.graph",
    "help": "validator.cli.help",
    "init": "validator.cli.init",
    "lsp": "validator.cli.lsp",
    "migrate": "validator.cli.migrate",
    "plan": "validator.cli.plan",
    "rules": "validator.cli.rules",
    "schema": "validator.cli.schema",
    "version": "validator.cli.help",
    "why": "validator.cli.why",
}
"""The commands: each is a function of that name in its module."""

TRACEBACK = "AUTOMATION_VALIDATOR_TRACEBACK"
"""The environment variable that adds the traceback to the report of a bug."""
