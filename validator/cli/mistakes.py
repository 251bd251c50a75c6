"""Errors of click for options that can't be used as they are; click is imported when one is made.

Without an error, `check` does not need it.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    import click


def usage_error(message: str) -> click.UsageError:
    """The error for a wrong usage of the command."""
    import click

    return click.UsageError(message)


def bad_value(message: str, option: str) -> click.BadParameter:
    """The error for the value of an option."""
    import click

    return click.BadParameter(message, param_hint=option)
