"""References that the command line names, which have to be in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from validator.model.automations import Document


def known_reference(reference: str, document: Document, parameter: str) -> str:
    """The reference, if a task or a service of the document has it.

    `parameter` is the option or argument that has it as its value. Raises click.BadParameter, with
    the nearest references, if there is none.
    """
    if reference not in document.by_reference:
        from validator.likeness import Vocabulary
        from validator.wording import did_you_mean, quoted

        near = Vocabulary(document.by_reference, invented=True).nearest(reference).names
        hint = f"; {did_you_mean(near)}" if near else ""
        raise click.BadParameter(
            f"no task or service has the reference {quoted(reference)}{hint}", param_hint=parameter
        )
    return reference


def complete_references(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete the references of the file."""
    # Only a shell that completes needs what finds and reads the file.
    from validator.cli.completions import references

    return references(context, parameter, incomplete)
