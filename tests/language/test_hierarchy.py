"""Dependencies as a call hierarchy, and the lenses above items."""

import pytest

from tests.language.marked import cursor
from validator.language.features.call_hierarchy import Call, incoming, outgoing, prepare
from validator.language.features.code_lens import lenses
from validator.language.snapshot import View

FILE = """\
services:
  db:
    name: Database
    commands: {start: postgres}
tasks:
  install:
    name: Install
    command: npm ci
    triggeredBy: [prebuild]
  migrate:
    name: Migrate
    command: migrate
    dependsOn: [d‸b, install, db, gone]
    triggeredBy: [prebuild, manual]
  test:
    name: Test
    command: test
    dependsOn: [migrate]
"""


def shown(text: str, calls: tuple[Call, ...]) -> list[tuple[str, list[str]]]:
    return [
        (f"{call.item.role} {call.item.reference}", [text[slice(*span)] for span in call.spans])
        for call in calls
    ]


def test_prepare_from_a_dependency() -> None:
    view, at = cursor(FILE)
    (item,) = prepare(view, at)
    text = view.text.value
    assert (item.reference, item.role, item.name) == ("db", "service", "Database")
    assert text[slice(*item.key)] == "db"
    assert text[slice(*item.span)].startswith("db:\n    name: Database")
    assert text[slice(*item.span)].endswith("{start: postgres}")


def test_calls() -> None:
    view, _ = cursor(FILE)
    text = view.text.value
    assert shown(text, incoming(view, "db")) == [("task migrate", ["db", "db"])]
    assert shown(text, outgoing(view, "migrate")) == [
        ("service db", ["db", "db"]),
        ("task install", ["install"]),
    ]
    assert incoming(view, "test") == outgoing(view, "db") == ()
    assert incoming(view, "gone") == outgoing(view, "gone") == ()


@pytest.mark.parametrize("marked", ["‸", "tasks:\n  a: {dependsOn: [‸b]}"])
def test_nothing_to_prepare(marked: str) -> None:
    assert prepare(*cursor(marked)) == ()


def titles(view: View) -> list[str]:
    return [f"{lens.reference}: {lens.title}" for lens in lenses(view)]


def test_lenses() -> None:
    view, _ = cursor(FILE)
    assert titles(view) == [
        "db: runs in group 1 of 2 (prebuild, manual)",
        "db: needed by 1",
        "install: runs in group 1 of 2 (prebuild, manual)",
        "install: needed by 1",
        "migrate: runs in group 2 of 2 (prebuild, manual)",
        "migrate: needed by 1",
        "test: in no plan: nothing starts it",
    ]
    text = view.text.value
    needed = lenses(view)[1]
    assert text[slice(*needed.span)] == "db"


def test_lenses_of_different_places_and_of_cycles() -> None:
    view = View.of(
        "tasks:\n  a: {triggeredBy: [manual]}\n  b: {dependsOn: [a], triggeredBy: [prebuild]}\n"
        "  c: {dependsOn: [a, d], triggeredBy: [prebuild]}\n  d: {dependsOn: [c]}\n"
    )
    assert [title for title in titles(view) if "needed" not in title] == [
        "a: runs in group 1 of 2 (prebuild), 1 of 1 (manual)",
        "b: runs in group 2 of 2 (prebuild)",
        "c: never runs (prebuild): dependencies form a cycle",
        "d: never runs (prebuild): dependencies form a cycle",
    ]


def test_in_a_broken_text_they_stay_with_their_items() -> None:
    before, _ = cursor(FILE)
    expected = titles(before)
    view = View.of(before.text.value + "  x: [\n", previous=before)
    broken = "# more\n" + view.text.value
    view = View.of(broken, previous=view)
    assert view.stale
    assert titles(view) == expected
    assert all(broken[slice(*lens.span)] == lens.reference for lens in lenses(view))
