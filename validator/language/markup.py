"""Text to show in an editor, as Markdown and as plain text, safe in both.

Text of a document is escaped: it can't form links, images or HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from validator.display import visible

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LONGEST = 2000


@dataclass(frozen=True)
class Markup:
    """The same text as Markdown (CommonMark) and as plain text."""

    markdown: str = ""
    plain: str = ""

    def __add__(self, other: Markup) -> Markup:
        return Markup(self.markdown + other.markdown, self.plain + other.plain)

    def __bool__(self) -> bool:
        return bool(self.plain)


def ours(markdown: str) -> Markup:
    """Our own text, with no other markup than `code`."""
    return Markup(markdown, markdown)


def words(text: str) -> Markup:
    """Text of a document within a line."""
    shown = visible(" ".join(text.split()))
    return Markup(_PUNCTUATION.sub(r"\\\1", shown), shown)


def prose(text: str) -> Markup:
    """Text that is not ours within a line, in which what is between backticks is code."""
    found = Markup()
    for number, part in enumerate(re.split("`([^`]+)`", " ".join(text.split()))):
        shown = visible(part)
        found += code(part) if number % 2 else Markup(_PUNCTUATION.sub(r"\\\1", shown), shown)
    return found


def code(text: str) -> Markup:
    """Text of a document within a line, as code."""
    shown = visible(" ".join(text.split()))
    if not shown:
        return Markup('""', '""')
    fence = _fence(shown, 1)
    edge = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return Markup(f"{fence}{edge}{shown}{edge}{fence}", f"`{shown}`")


def block(text: str, language: str) -> Markup:
    """Lines of a document, or our own, as code; truncated if very long."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    shown = "\n".join(visible(line) for line in cut.rstrip().split("\n"))
    fence = _fence(shown, 3)
    indented = "\n".join(f"    {line}".rstrip() for line in shown.split("\n"))
    return Markup(f"{fence}{language}\n{shown}\n{fence}", indented)


def joined(parts: list[Markup], between: str) -> Markup:
    """Join pieces of text, without the empty ones."""
    filled = [part for part in parts if part]
    return Markup(
        between.join(part.markdown for part in filled), between.join(part.plain for part in filled)
    )


def _fence(text: str, least: int) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)
