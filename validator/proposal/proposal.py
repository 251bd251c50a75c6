"""`propose`: a first automations file, from what a repository contains."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from validator.configuration.config import Config, config_or_default
from validator.engine import check_text
from validator.finding import Severity
from validator.kinds import DEFAULT_KIND
from validator.proposal.folder import Folder
from validator.proposal.formats import FORMATS
from validator.proposal.items import Item
from validator.proposal.linking import dependencies, distinct, references_of
from validator.proposal.note import Note
from validator.proposal.writer import write_file
from validator.shell.reader import read
from validator.wording import listed, quoted

_MOST_ITEMS = 100
"""Maximum number of tasks and services of one file."""

_LONGEST_NAME = 80
_ORDER = ("install", "build", "test", "dev", "other")


class Proposal(NamedTuple):
    """A first automations file: its text, empty if there is nothing to propose, and notes on it.

    A note has a `path`, a `kind` (`proposed`, `guessed` or `left out`) and a `message`.
    """

    file: str
    notes: tuple[Note, ...]

    @property
    def ok(self) -> bool:
        """Whether there is something to propose."""
        return bool(self.file)


def propose(folder: str | os.PathLike[str], *, config: Config | None = None) -> Proposal:
    """Propose an automations file for a repository.

    Reads files with known names in `folder`, each up to the configured number of bytes, and runs
    nothing. Files that can't be read are left out, with a note. The text passes our own check, with
    the rules that are on by default.
    """
    files = Folder(os.fspath(folder), config_or_default(config).limits)
    items: list[Item] = []
    for format_ in FORMATS:
        items += format_(files, items)
    items = [*_accepted(items, files.notes)]
    items = distinct(sorted(items, key=lambda item: _ORDER.index(item.role)))
    references = references_of(items)
    needs = dependencies(items, references, files.notes)
    text = write_file(zip(references, items, needs, strict=True))
    return Proposal(text, (*_proposed(items, references), *files.notes))


def _accepted(items: list[Item], notes: list[Note]) -> Iterator[Item]:
    """The items that our own check finds nothing wrong with."""
    counts: Counter[str] = Counter()
    for item in items:
        counts[item.source] += 1
        if counts[item.source] > _MOST_ITEMS:
            continue
        named = item._replace(name=_name(item.name))
        why = _mistake(named)
        if why:
            notes.append(
                Note(item.source, "left out", f"{quoted(item.label or item.script)}: {why}")
            )
        else:
            yield named
    for source, count in counts.items():
        if count > _MOST_ITEMS:
            message = f"the last {count - _MOST_ITEMS:,} of {count:,} tasks"
            notes.append(Note(source, "left out", message))


def _mistake(item: Item) -> str:
    """What is wrong with an item, by our own check; empty if nothing is."""
    if not item.script.replace("\n", "").replace("\t", "").isprintable():
        return "its script contains a control character"
    if not item.name:
        return "its name contains only whitespace"
    if read(item.script) is None:
        return "its script can't be read as one of a shell"
    (name,) = references_of([item])
    report = check_text(write_file([(name, item, [])]), kind=DEFAULT_KIND)
    wrong = (each for each in report.findings if each.severity >= Severity.WARNING)
    return next((each.message for each in wrong), "")


def _name(name: str) -> str:
    """A name in one line, without what can't be shown."""
    shown = "".join(each if each.isprintable() else " " for each in name)
    return " ".join(shown.split())[:_LONGEST_NAME].strip()


def _proposed(items: list[Item], references: list[str]) -> Iterator[Note]:
    """Notes on what was proposed from each file, and what was guessed."""
    sources = dict.fromkeys(item.source for item in items)
    for source in sources:
        own = [
            (name, item)
            for name, item in zip(references, items, strict=True)
            if item.source == source
        ]
        parts = []
        for kind in ("task", "service"):
            names = [name for name, item in own if item.kind == kind]
            if names:
                parts.append(f"{kind}{'s' * (len(names) > 1)} {listed(names, 'and')}")
        yield Note(source, "proposed", "; ".join(parts))
        for _, item in own:
            for guess in item.guesses:
                yield Note(source, "guessed", guess)
