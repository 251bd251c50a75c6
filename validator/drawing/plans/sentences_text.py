"""Sentences as lines of text for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from validator import display
from validator.drawing.labels import short, short_reference
from validator.model.automations import Automation
from validator.model.plan import label
from validator.sentences.sentence import Code, Section, Sentence

_BOLD = "1"


def draw(
    automation: Automation,
    sections: Sequence[Section],
    *,
    color: bool,
    width: int,
    case: str = "",
) -> Iterator[str]:
    """The lines of sections on a task or a service, at most `width` columns wide.

    `case` is the case that they are about, such as ", if it fails".
    """
    reference, name = short_reference(automation.reference), label(automation)
    after = "" if name == automation.reference else f": {short(name)}"
    first, *more = _wrapped(f"{reference} ({automation.role}){case}{after}", width, 2)
    bold = display.columns(display.inert(reference)) if color else 0
    yield _bold(first[:bold]) + first[bold:]
    yield from more
    for section in sections:
        yield ""
        # It may have a reference in it.
        for line in _wrapped(display.visible(" ".join(section.title.split())), width, 2):
            yield _bold(line) if color else line
        yield from _sentences(section.sentences, width)


def _sentences(some: Iterable[Sentence], width: int) -> Iterator[str]:
    for sentence in some:
        yield from _wrapped(f"  {plain(sentence)}", width, 4)


def plain(sentence: Sentence) -> str:
    """A sentence on one line, safe to show on a terminal, with code in backquotes."""
    return "".join(
        f"`{short_reference(piece)}`" if isinstance(piece, Code) else piece for piece in sentence
    )


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    # A name may contain what a CI runner takes for a command at the beginning of a line.
    return map(display.inert, display.wrap(text, width, indent))


def _bold(text: str) -> str:
    return f"\033[{_BOLD}m{text}\033[0m" if text else ""
