"""The option --add-ignore: comments that suppress all findings of a run."""

from __future__ import annotations

from collections.abc import Callable

import click

from validator.cli.messages import say
from validator.configuration.config import Config
from validator.finding import Finding, Problem
from validator.fixer import Fixed
from validator.parsing.reader import is_json
from validator.report import Report
from validator.suppressor import suppress, suppressible
from validator.wording import counted


class Suppressing:
    """How findings are suppressed, for `reason`, and how many were so far."""

    def __init__(self, reason: str) -> None:
        """Raises click.UsageError if a comment can't contain the reason."""
        if not reason.isprintable():
            raise click.UsageError("--reason must be one line of printable characters.")
        self._reason = reason.strip()
        self._findings = 0
        self._files = 0

    def made(
        self,
        text: str,
        path: str,
        config: Config,
        others: tuple[Problem, ...],
        wanted: Callable[[Report], tuple[Finding, ...]],
    ) -> Fixed:
        """The text with comments that suppress what is wanted of its findings."""
        return suppress(text, self._reason, path=path, config=config, others=others, wanted=wanted)

    def add(self, done: Fixed, path: str) -> None:
        """Count what was suppressed in a file, and say why something was not."""
        self._findings += done.count
        self._files += bool(done.count)
        left = len(suppressible(done.report.findings))
        if left and is_json(path):
            say(
                f"Warning: {path}: JSON has no comments; ignore rules in the configuration instead."
            )

    def tell(self) -> None:
        """Say on stderr what was suppressed."""
        if self._files:
            findings, files = counted(self._findings, "finding"), counted(self._files, "file")
            say(f"Added comments that suppress {findings} in {files}.")
        else:
            say("Added no comments.")
