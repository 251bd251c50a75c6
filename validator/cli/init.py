"""`automation-validator init`: a first automations file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from validator.cli import CLEAN, FINDINGS, new_file
from validator.cli.click_options import options
from validator.cli.messages import say
from validator.cli.new_file import TARGET
from validator.cli.option import CONFIGURATION
from validator.cli.options import chosen_configurations, config_for

if TYPE_CHECKING:
    from validator.configuration.config import Config

_OUTSIDE = "is a link out of the folder; nothing is written"


@click.command(short_help="Propose a first automations file.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=".")
@click.option(
    "--bare", is_flag=True, help="A template with each field once, whatever FOLDER contains."
)
@click.option("--write", is_flag=True, help=f"Write to `{TARGET}` in FOLDER.")
@click.option("--force", is_flag=True, help="With --write, replace a file that is there.")
@options(*CONFIGURATION)
@click.pass_context
def init(
    context: click.Context,
    folder: str,
    bare: bool,
    write: bool,
    force: bool,
    config_path: str | None,
    isolated: bool,
) -> None:
    """Propose a first automations file, from what a repository contains.

    FOLDER is the root of the repository, by default the current folder. It is read, and nothing in
    it is run: package.json, compose.yaml, Makefile, Procfile, pyproject.toml, requirements.txt,
    go.mod, Cargo.toml and .vscode/tasks.json. The file is shown on standard output; standard error
    says what is from where, what was guessed, and what was left out.

    Exit codes: 0 proposed, 1 there is nothing to propose, 2 wrong usage, or output that can't be
    written, 3 a bug in this program.
    """
    if force and not write:
        raise click.UsageError("--force has a meaning only with --write.")
    where = "" if folder == "." else folder
    if write:
        _check_target(where, force=force)
    if bare:
        from validator.proposal.template import TEMPLATE

        text = TEMPLATE
    else:
        configurations = chosen_configurations(config_path, isolated=isolated, shellcheck="off")
        text = _proposed(folder, config_for(os.path.join(where, TARGET), configurations))
        if not text:
            say("Nothing to propose; `automation-validator init --bare` shows a template.")
            context.exit(FINDINGS)
    target = os.path.join(where, TARGET)
    new_file.write(target if write else "-", text)
    if write:
        say(f"Wrote {target}.")
    context.exit(CLEAN)


def _proposed(folder: str, config: Config) -> str:
    """The text of a proposal, whose notes go to standard error."""
    from validator.proposal.proposal import propose

    proposal = propose(folder, config=config)
    for note in proposal.notes:
        say(str(note))
    return proposal.file


def _check_target(folder: str, *, force: bool) -> None:
    """End the run if the file can't be written to its place in a folder."""
    if not force:
        new_file.refuse_to_replace(folder)
    target = os.path.realpath(os.path.join(folder, TARGET))
    if not target.startswith(os.path.join(os.path.realpath(folder or "."), "")):
        raise click.UsageError(f"`{os.path.join(folder, TARGET)}` {_OUTSIDE}.")
