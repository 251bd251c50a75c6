"""Errors of a run other than wrong usage of options: files that it needs and can't use."""

from __future__ import annotations

from typing import IO, Any

import click

from validator.cli.messages import say
from validator.configuration.config import ConfigError
from validator.files.paths import from_here


class InputError(click.ClickException):
    """A file other than the checked ones can't be used; the message begins with its name."""

    exit_code = 2

    def show(self, _file: IO[Any] | None = None) -> None:
        """Write only the message, without usage: it has nothing to do with this error."""
        say(self.format_message())


class Unusable(InputError):
    """A configuration can't be used; all its errors are shown, each on a line."""

    def __init__(self, error: ConfigError) -> None:
        path = shown_path(error)
        self._errors = [ConfigError(path, e.message, e.position) for e in (error, *error.more)]
        super().__init__(str(self._errors[0]))

    def show(self, _file: IO[Any] | None = None) -> None:
        for error in self._errors:
            say(str(error))


def shown_path(error: ConfigError) -> str:
    """The path of a configuration, relative to the current folder."""
    path = from_here(error.path)
    # The runner of GitHub Actions takes a line that begins with colons for a command.
    return f"./{path}" if path.startswith("::") else path
