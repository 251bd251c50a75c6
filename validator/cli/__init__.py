"""The command line, and its exit codes."""

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)
"""The exit codes that the commands document."""

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 plus the number of the signal, as in shells."""
