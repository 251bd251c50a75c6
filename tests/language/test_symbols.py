"""The outline of a document, and the search for names over documents."""

import pytest

from validator.language.features.symbols import Symbol, matching, symbols
from validator.language.snapshot import View

FILE = """\
services:
  db:
    name: Database
    commands:
      start: |
        postgres -D data
      ready: pg_isready
tasks:
  "install-all":
    name: Install
    command: npm ci
    dependsOn: [db, other]
"""


def tree(found: tuple[Symbol, ...], depth: int = 0) -> list[str]:
    lines = []
    for each in found:
        detail = f" ({each.detail})" if each.detail else ""
        lines += [f"{'  ' * depth}{each.kind} {each.name}{detail}", *tree(each.children, depth + 1)]
    return lines


def check_nesting(found: tuple[Symbol, ...], start: int, end: int) -> None:
    for each in found:
        assert start <= each.span.start <= each.key.start <= each.key.end <= each.span.end <= end
        check_nesting(each.children, *each.span)


def test_sections_items_and_fields() -> None:
    view = View.of(FILE)
    assert tree(symbols(view)) == [
        "section services",
        "  service db (Database)",
        "    field name (Database)",
        "    field commands",
        "      field start (postgres -D data)",
        "      field ready (pg_isready)",
        "section tasks",
        "  task install-all (Install)",
        "    field name (Install)",
        "    field command (npm ci)",
        "    field dependsOn (db, other)",
    ]
    check_nesting(symbols(view), 0, len(FILE))


def test_spans_and_keys() -> None:
    task = symbols(View.of(FILE))[1].children[0]
    assert FILE[slice(*task.span)] == FILE[FILE.index('"install') :].rstrip("\n")
    assert FILE[slice(*task.key)] == "install-all"


def test_what_stands_at_an_anchor_elsewhere_is_no_child() -> None:
    text = "tasks:\n  a: &a {name: A, command: a}\n  b: *a\n  c: {<<: *a, name: C}\n"
    view = View.of(text)
    check_nesting(symbols(view), 0, len(text))
    assert tree(symbols(view)) == [
        "section tasks",
        "  task a (A)",
        "    field name (A)",
        "    field command (a)",
        "  task b (A)",
        "  task c (C)",
        "    field name (C)",
    ]


def test_a_broken_text_keeps_its_symbols_in_their_new_places() -> None:
    before = View.of(FILE)
    expected = tree(symbols(before))
    broken = "# a line more\n" + FILE.replace("start: |", "start: [")
    view = View.of(broken, previous=before)
    assert tree(symbols(view)) == expected
    check_nesting(symbols(view), 0, len(broken))
    install = symbols(view)[1].children[0]
    assert broken[slice(*install.key)] == "install-all"


@pytest.mark.parametrize("text", ["", "x", "- a", "tasks:", "tasks: []", "tasks: {: }", "["])
def test_odd_texts(text: str) -> None:
    check_nesting(symbols(View.of(text)), 0, len(text))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["db", "install-all"]),
        ("ins", ["install-all"]),
        ("IA", ["install-all"]),
        ("base", ["db"]),
        ("sni", []),
    ],
)
def test_search(query: str, names: list[str]) -> None:
    assert [each.symbol.name for each in matching(View.of(FILE), query)] == names
