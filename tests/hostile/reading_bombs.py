"""Bombs for mistakes that are read past, and for values that YAML readers disagree on; see `bombs`.

Each name is that of a file, each value a function that makes its text, and the expected rule.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.bombs import LARGEST

ITEM = "tasks: {a: {name: A, command: x, runsOn: {docker: {image: x, environment: [%s]}}}}\n"


def entries(entry: str) -> str:
    """A list with the maximum number of entries."""
    return ITEM % ", ".join([entry] * min(196_000, LARGEST // (len(entry) + 2)))


def filled(text: str, piece: str) -> str:
    """A text of maximum size, with repeated pieces in the place of `%s`."""
    return text % (piece * ((LARGEST - len(text)) // len(piece.encode())))


BOMBS: dict[str, tuple[Callable[[], str], str]] = {
    "one-letter-words.yaml": (lambda: entries("y"), "ambiguous-value"),
    "dates.yaml": (lambda: entries("2026-1-1"), "ambiguous-value"),
    "numbers.yaml": (lambda: entries("1e3"), "wrong-type"),
    "question-marks.yaml": (lambda: entries("a?"), "yaml-syntax"),
    "slashes-in-entries.yaml": (lambda: entries('"\\/"'), "yaml-syntax"),
    "slashes-in-one.yaml": (lambda: filled('a: "%s"\n', "\\/"), "yaml-syntax"),
    "repeated-anchors.yaml": (lambda: entries("&a x"), "duplicate-anchor"),
    "lone-tags.yaml": (lambda: entries("! 1"), "unsupported-tag"),
    "byte-order-marks.yaml": (lambda: "a: 1\n" + "\ufeff# x\n" * 500_000, "encoding"),
    "templates.yaml": (lambda: entries("{{ a? }}"), "yaml-syntax"),
    "commas.json": (lambda: filled("[%s]", ","), "json-syntax"),
    "trailing-commas.json": (lambda: filled("[%s]", "[1,],"), "json-syntax"),
    "open-brackets.json": (lambda: filled("%s", "["), "too-deep"),
    "single-quotes.json": (lambda: filled("%s", "'"), "json-syntax"),
    "double-quotes.json": (lambda: filled("%s", '"'), "json-syntax"),
    "comments.json": (lambda: filled("%s", "//\n"), "json-syntax"),
    "open-comments.json": (lambda: filled("%s", "/*"), "json-syntax"),
    "words.json": (lambda: filled("[%s", "a "), "json-syntax"),
    "numbers.json": (lambda: filled("[%s1]", "01,"), "json-syntax"),
    "no-numbers.json": (lambda: filled("[%s1]", "NaN,"), "json-syntax"),
    "surrogates.json": (lambda: filled('["%s"]', "\\ud800"), "encoding"),
    "escapes.json": (lambda: filled('["%s"]', "\\x"), "json-syntax"),
    "backslashes.json": (lambda: filled('["%s', "\\"), "json-syntax"),
    "control-characters.json": (lambda: filled('["%s"]', "\x01"), "json-syntax"),
    "odd-spaces.json": (lambda: filled("{%s}", "\xa0 "), "json-syntax"),
    "no-colons.json": (lambda: filled("{%s}", '"a" 1\n'), "json-syntax"),
    "unquoted-keys.json": (lambda: filled("{%s}", "a: 1,\n"), "json-syntax"),
    "strings.json": (
        lambda: filled('["x"%s,]', ', "xxxxxxxxxxxxxxxxxxxxxxxx"'),
        "json-syntax",
    ),
    "one-long-word.json": (lambda: filled("[%s]", "x"), "json-syntax"),
    "spaces.json": (lambda: filled("%s", " "), "json-syntax"),
}
