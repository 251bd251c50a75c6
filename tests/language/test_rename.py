"""Renaming a reference: what changes, and when it is rejected."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.language.marked import cursor
from tests.language.test_robust import FIXTURE_TEXTS, REAL_TEXTS
from validator.editing.composition import apply
from validator.language import occurrences
from validator.language.features.rename import Refused, Renamable, prepare, rename
from validator.language.snapshot import View

FILE = """\
services:
  db: # the db
    name: db
    commands: {start: db}
tasks:
  "a":
    name: A
    command: db
    dependsOn: ["db", 'db', db]
  b:
    name: B
    command: b
    depends_on:
      - d‸b # db
      - a
"""


def renamed(marked: str, name: str) -> str:
    view, at = cursor(marked)
    edits = rename(view, at, name)
    assert isinstance(edits, tuple), edits
    return apply(view.text.value, list(edits))


def refusal(marked: str, name: str = "new") -> str:
    view, at = cursor(marked)
    found = rename(view, at, name)
    assert isinstance(found, Refused), found
    return found.reason


def test_the_key_and_all_dependencies_with_their_quotes() -> None:
    after = FILE.replace("‸", "").replace("  db:", "  data:").replace("- db", "- data")
    after = after.replace("""["db", 'db', db]""", """["data", 'data', data]""")
    assert renamed(FILE, "data") == after


def test_prepare() -> None:
    view, at = cursor(FILE)
    found = prepare(view, at)
    assert isinstance(found, Renamable)
    assert found.reference == view.text.value[found.span.start : found.span.end] == "db"
    assert found.span.start < at < found.span.end


@pytest.mark.parametrize("name", ["on", "1", "null", "-", "1_0"])
def test_a_name_that_yaml_would_misread_is_put_in_quotes(name: str) -> None:
    after = renamed("tasks:\n  a‸: {}\n  b: {dependsOn: [a]}\n", name)
    quoted = f'"{name}"'
    assert after == f"tasks:\n  {quoted}: {{}}\n  b: {{dependsOn: [{quoted}]}}\n"


def test_a_dependency_that_is_declared_nowhere() -> None:
    marked = "tasks: {a: {dependsOn: [x‸]}, b: {dependsOn: [x]}}"
    assert renamed(marked, "y") == "tasks: {a: {dependsOn: [y]}, b: {dependsOn: [y]}}"


def test_the_same_name_changes_nothing() -> None:
    assert renamed(FILE, "db") == FILE.replace("‸", "")


def test_a_shared_list_is_changed_once() -> None:
    marked = "tasks: {a: {dependsOn: &d [x]}, b: {dependsOn: *d}, x‸: {}}"
    assert renamed(marked, "y") == "tasks: {a: {dependsOn: &d [y]}, b: {dependsOn: *d}, y: {}}"


@pytest.mark.parametrize(
    ("marked", "name", "reason"),
    [
        (FILE, "a", "there is already a task `a`; references must be unique"),
        (FILE.replace("d‸b", "db").replace('"a"', '"a‸"'), "db", "there is already a service `db`"),
        (FILE, "a b", "`a b` is not a reference; use 1 to 128 letters, digits, `-` or `_`"),
        (FILE, "", "`` is not a reference"),
        (FILE, "x" * 129, "is not a reference"),
        (FILE, "a\n", "is not a reference"),
        ("services: {a‸: {}}\ntasks: {a: {}}", "b", "`a` is declared twice: make it unique first"),
        # A dependency that is also a name, and one that is also a command.
        (
            "services: {db: {name: &x db}}\ntasks: {a: {dependsOn: [*x, db‸]}}",
            "b",
            "is shared with other values",
        ),
        (
            "tasks: {db‸: {}, a: {command: &x db, dependsOn: [*x]}}",
            "b",
            "is shared with other values",
        ),
        ("tasks: {a: {name: &x b}, *‸x : {name: B}}", "c", "`*x` is an alias"),
    ],
)
def test_refusals(marked: str, name: str, reason: str) -> None:
    assert reason in refusal(marked, name)


def test_a_text_that_can_not_be_read() -> None:
    before, _ = cursor(FILE)
    assert before.document.automations
    view, at = cursor(FILE + "  x: [\n", previous=before)
    reason = "the document can't be read: fix its syntax first, then rename"
    assert prepare(view, at) == rename(view, at, "x") == Refused(reason)


@pytest.mark.parametrize("marked", ["‸", "tasks:\n  a:\n    name: ‸a\n", "ta‸sks:\n  a: {}\n"])
def test_nothing_to_rename(marked: str) -> None:
    view, at = cursor(marked)
    assert prepare(view, at) is None
    assert rename(view, at, "x") is None


NAMED = [
    view for text in FIXTURE_TEXTS + REAL_TEXTS if occurrences.occurrences(view := View.of(text))
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMED), st.data(), st.from_regex("[a-zA-Z0-9_-]{1,9}", fullmatch=True))
def test_the_graph_is_the_same_up_to_the_name(view: View, data: st.DataObject, name: str) -> None:
    here = data.draw(st.sampled_from(occurrences.occurrences(view)))
    edits = rename(view, data.draw(st.integers(*here.span)), name)
    assume(isinstance(edits, tuple))
    assert isinstance(edits, tuple)
    after = View.of(apply(view.text.value, list(edits))).document

    def new(reference: str) -> str:
        return name if reference == here.reference else reference

    before = view.document
    assert [(each.role, new(each.reference)) for each in before.automations] == [
        (each.role, each.reference) for each in after.automations
    ]
    assert {new(key): list(map(new, needs)) for key, needs in before.graph.items()} == after.graph
    assert before.text.count("\n") == after.text.count("\n")
