"""Options and arguments that take one of several names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice


class OneOf(_Choice):
    """One of several names; the error for another name suggests the one that was meant."""

    def __init__(self, names: Sequence[str], what: str) -> None:
        """`what` is what each of the names is, such as `format`."""
        super().__init__(names)
        self._what = what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name itself. Raises click.BadParameter if it is not one of the names."""
        if value not in self.choices:
            where = param.opts[0] if param else ""
            where = where if where.startswith("-") else where.upper()
            message = no_such(self._what, str(value), self.choices)
            raise click.BadParameter(message, ctx, param, where or None)
        return str(value)


def no_such(what: str, name: str, names: Iterable[str]) -> str:
    """The message for a name that is not one of the expected ones, each of which is a `what`."""
    from validator.likeness import Vocabulary
    from validator.wording import did_you_mean, listed, quoted, with_article

    near = Vocabulary(names).nearest(name).names
    advice = did_you_mean(near) if near else f"use {listed(list(names))}"
    return f"{quoted(name)} is not {with_article(what)}; {advice}"
