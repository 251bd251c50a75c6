"""From a reference to its declaration, and to all of its uses."""

import pytest

from tests.language.marked import cursor, mark, spans
from validator.language.features import navigation
from validator.language.snapshot import View

FILE = """\
services:
  «db»:
    name: Database
    commands: {start: postgres}
tasks:
  install:
    name: Install
    command: npm ci
    dependsOn: ["«db»"]
  migrate:
    name: db
    command: migrate db
    dependsOn:
      - install
      - «d‸b» # db
      - missing
"""


def test_definition() -> None:
    view, at = cursor(FILE)
    (found,) = navigation.definition(view, at)
    text = view.text.value
    assert text[found.origin.start : found.origin.end] == "db"
    assert found.origin.start <= at <= found.origin.end
    assert (found.key.start, found.key.end) == (12, 14)
    assert text[found.span.start : found.span.end] == (
        "db:\n    name: Database\n    commands: {start: postgres}"
    )


def test_references_with_and_without_the_declaration() -> None:
    view, at = cursor(FILE)
    assert list(navigation.references(view, at)) == spans(FILE)
    assert list(navigation.references(view, at, declaration=False)) == spans(FILE)[1:]


def test_from_the_declaration_and_from_right_behind_it() -> None:
    plain = FILE.replace("‸", "").replace("«db»", "«db»‸", 1)
    view, at = cursor(plain)
    assert list(navigation.references(view, at)) == spans(plain)


def test_highlights_tell_declarations_from_uses() -> None:
    view, at = cursor(FILE)
    assert [each.declaration for each in navigation.highlights(view, at)] == [True, False, False]


def test_a_dependency_without_a_declaration_has_references_and_no_definition() -> None:
    view, at = cursor(FILE.replace("‸", "").replace("missing", "‸missing"))
    assert navigation.definition(view, at) == ()
    assert len(navigation.references(view, at)) == 1


def test_a_repeated_reference_has_two_definitions() -> None:
    view, at = cursor(FILE.replace("install:", "db:"))
    assert len(navigation.definition(view, at)) == 2


@pytest.mark.parametrize(
    "marked",
    [
        "tasks: {«a»: {dependsOn: &d [«b»]}, «b‸»: {dependsOn: *d}}",
        "tasks:\n  a: &a\n    dependsOn: [«b‸»]\n  c:\n    <<: *a\n  «b»: {name: B}\n",
        "tasks:\n  a:\n    dependsOn: [&b «b‸», *b]\n  «b»:\n",
        "tasks:\r\n  'é': {}\r\n  '«b»': {depends_on: [é]}\r\n  c: {dependsOn: ['«b‸»']}\r\n",
        '{"tasks": {"«b‸»": {}, "c": {"dependsOn": ["«b»"]}}}',
    ],
)
def test_anchors_quotes_and_json(marked: str) -> None:
    view, at = cursor(marked)
    found = list(navigation.references(view, at))
    assert mark(view.text.value, found) == marked.replace("‸", "").replace("«a»", "a")


@pytest.mark.parametrize(
    "marked", ["‸", "tasks:\n  a:\n    name: ‸a\n", "tasks:\n  a:\n    command: a ‸\n", "[‸", "- ‸"]
)
def test_nothing_elsewhere(marked: str) -> None:
    view, at = cursor(marked)
    assert navigation.definition(view, at) == ()
    assert navigation.references(view, at) == ()
    assert navigation.highlights(view, at) == ()


def test_in_a_broken_text_what_still_stands_there_is_found() -> None:
    before, _ = cursor(FILE)
    assert before.document.automations
    broken = FILE.replace("name: Database", 'name: "Database')
    view, at = cursor(broken, previous=before)
    assert view.stale
    assert list(navigation.references(view, at)) == spans(broken)
    assert navigation.definition(view, at)[0].key == spans(broken)[0]


def test_in_a_broken_text_what_has_come_since_is_found_too() -> None:
    before, _ = cursor(FILE)
    assert before.document.automations
    new = "  deploy:\n    name: Deploy\n    dependsOn: [install, 'd‸b\n  «db»:\n"
    view, at = cursor(FILE.replace("‸", "") + new, previous=before)
    assert view.stale
    found = navigation.definition(view, at)
    assert [view.text.value[slice(*each.key)] for each in found] == ["db", "db"]
    assert found[0].span.end > found[0].key.end
    assert found[0].origin in navigation.references(view, at)
    assert len(navigation.references(view, at)) == len(spans(FILE)) + 2


@pytest.mark.parametrize(
    "marked",
    [
        "tasks:\n  a: «&x» {name: A}\n  b: *‸x\n",
        "tasks:\n  a: &x {name: A}\n  b: «&x» {name: B}\n  c: {<<: *x‸}\n  d: &x {}\n",
        "tasks:\n  a:\n    name: «&x» A # &x\n    command: |\n      &x\n  b: [‸*x]\n  c: [",
    ],
)
def test_from_an_alias_to_its_anchor(marked: str) -> None:
    view, at = cursor(marked)
    (found,) = navigation.definition(view, at)
    assert [found.key] == spans(marked)
    assert view.text.value[slice(*found.origin)] == "*x"


@pytest.mark.parametrize(
    "marked", ["a: *‸x\n", "a: &x 1\nb: |\n  *‸x\n", "a: &x 1\n# *‸x", "a: &xy 1\nb: *x‸"]
)
def test_no_alias_or_no_anchor(marked: str) -> None:
    assert navigation.definition(*cursor(marked)) == ()


def test_offsets_outside_the_text_are_nowhere() -> None:
    view = View.of("tasks: {a: {}}")
    assert navigation.definition(view, -5) == navigation.definition(view, 500) == ()
