"""The option --verbose: what a run uses, on standard error."""

from __future__ import annotations

import platform
import subprocess
import time
from collections.abc import Iterable, Iterator

from validator import __version__
from validator.cli.messages import say
from validator.cli.origin import Origin
from validator.configuration.config import ConfigError
from validator.files.paths import from_here
from validator.report import Report
from validator.shell.program import program
from validator.wording import counted

_SECONDS = 10
"""Time after which a version is not waited for."""


def followed(reports: Iterable[Report], origin: Origin) -> Iterator[Report]:
    """The reports, each with a message on its file; at the end, how long all took."""
    say(f"automation-validator {__version__}, Python {platform.python_version()}")
    say(_shellcheck())
    begun, count = time.monotonic(), 0
    for report in reports:
        count += 1
        say(f"{report.path}: {report.kind}, {_settings(report.path or '', origin)}")
        yield report
    say(f"{counted(count, 'file')} in {time.monotonic() - begun:.2f} seconds")


def _settings(path: str, origin: Origin) -> str:
    try:
        files = [from_here(file) for file, _ in origin.steps(path)]
    except ConfigError:
        return "settings that can't be used"
    if not files:
        return "default settings"
    extended = f", which extends {', '.join(files[:-1])}" if files[1:] else ""
    return f"settings of {files[-1]}{extended}"


def _shellcheck() -> str:
    """Where shellcheck is, and its version."""
    path = program()
    if path is None:
        return "shellcheck is not installed"
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeError) as error:
        return f"shellcheck can't be run: {error}"
    lines = (line.partition(": ") for line in done.stdout.splitlines())
    version = next((value for name, _, value in lines if name == "version"), "of unknown version")
    return f"shellcheck {version} ({path})"
