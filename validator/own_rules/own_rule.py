"""A rule of one's own: parts of a document, and the schema that they must match."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from validator import arguments
from validator.finding import Severity
from validator.kinds import DEFAULT_KIND, check_kind
from validator.own_rules import field_names, keywords
from validator.parsing.nodes import Path

MOST_RULES = 100
"""Maximum number of rules in a configuration."""

_NAME = r"[a-z]+(?:-[a-z]+)*"
_PART = r"[A-Za-z0-9_-]+|\*"


class OwnRule:
    """A rule that is declared, not programmed: parts of a document must match a JSON Schema.

    `name` is in kebab-case, such as `acme-description`. `on` says which values of a document are
    checked: keys and `*` for any, joined by dots, such as `tasks.*` or `tasks.*.command`; several
    in a list; by default the whole document. A value that is missing or null is not checked.
    `schema` is a JSON Schema (draft-07 without references) of each. `message` says what is wrong if
    it does not match, and `why` more about it. `kind` is the kind of documents. `source` is the
    path of the file that declares the rule.

    Raises ValueError if a name, a path or the schema is not valid, and TypeError for an argument of
    another type.
    """

    def __init__(
        self,
        name: str,
        *,
        schema: Mapping[str, Any],
        message: str,
        on: str | Sequence[str] = (),
        severity: Severity | str = Severity.WARNING,
        why: str = "",
        kind: str = DEFAULT_KIND,
        source: str = "",
    ) -> None:
        texts = {"name": name, "message": message, "why": why, "source": source}
        for argument, value in texts.items():
            arguments.instance(value, str, argument)
        if not isinstance(on, Sequence) or not all(isinstance(each, str) for each in on):
            raise TypeError("`on` must be a string or a list of strings")
        problem = wrong_name(name)
        if problem is not None:
            raise ValueError(problem)
        self.name = name
        arguments.instance(schema, Mapping, "schema")
        self.on = (on,) if isinstance(on, str) else tuple(on)
        for each in self.on:
            problem = wrong_path(each)
            if problem is not None:
                raise ValueError(problem)
        self.schema = dict(schema)
        for path, mistake in keywords.mistakes(self.schema):
            raise ValueError(f"the schema of `{name}` at {'.'.join(map(str, path))}: {mistake}")
        self.message = message
        self.severity = arguments.severity(severity, "severity")
        self.why = why
        check_kind(kind)
        self.kind = kind
        paths: dict[Path, str] = {("on", number): each for number, each in enumerate(self.on)}
        for _, mistake in field_names.mistakes(kind, paths, self.schema):
            raise ValueError(f"the rule `{name}`: {mistake}")
        self.source = source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnRule) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"OwnRule({self.name!r})"


def wrong_name(name: str) -> str | None:
    """What is wrong with the name of a rule; None if nothing is."""
    if re.fullmatch(_NAME, name):
        return None
    return (
        "the name of a rule consists of words in lower case, with `-` between: `acme-description`"
    )


def wrong_path(path: str) -> str | None:
    """What is wrong with a path in `on`; None if nothing is."""
    parts = path.split(".")
    if all(re.fullmatch(_PART, part) for part in parts) and len(parts) <= 20:
        return None
    return (
        "a path consists of names of fields, or `*` for any, joined by dots: `tasks.*.command`; "
        "without `on`, the whole document is checked"
    )
