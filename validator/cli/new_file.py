"""Where a new automations file goes, and what it must not replace."""

from __future__ import annotations

import os

import click

from validator.kinds import KNOWN_PATHS

TARGET = KNOWN_PATHS[0]
"""The path of a new automations file in a repository."""


def refuse_to_replace(folder: str) -> None:
    """End the run if there is an automations file: a second one would not be read."""
    for known in KNOWN_PATHS:
        there = os.path.join(folder, known)
        if os.path.lexists(there):
            hint = "; --force replaces it"
            if known != TARGET:
                hint = f", beside which `{TARGET}` may not be read; remove it, or use --force"
            raise click.UsageError(f"there is already `{there}`{hint}.")


def write(path: str, text: str) -> None:
    """Write a file and the folder it is in, or to standard output for `-`.

    Raises InputError if it can't be written.
    """
    from validator.cli import output_file
    from validator.cli.errors import InputError

    folder = os.path.dirname(path)
    if folder and path != "-":
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder}: can't be made: {error.strerror or error}") from error
    output_file.write(path, text)
