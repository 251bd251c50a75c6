"""What a view keeps of an earlier text while its own can't be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.finding import Span
from validator.language.snapshot import View

GOOD = "tasks:\n  build:\n    name: Build\n    command: make\n"
BROKEN = GOOD.replace("Build", '"Build')


def test_a_text_that_can_be_read_is_not_stale() -> None:
    view = View.of(GOOD)
    assert not view.stale
    assert view.document.text == GOOD
    assert [each.reference for each in view.document.automations] == ["build"]


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "tasks:\n"])
def test_an_empty_text_is_not_stale(text: str) -> None:
    view = View.of(text, previous=View.of(GOOD))
    assert not view.stale
    assert view.document.automations == ()


def test_a_broken_text_keeps_the_last_document_over_many_changes() -> None:
    view = View.of(GOOD)
    assert view.document.automations
    for text in (BROKEN, BROKEN + "x", BROKEN + "xy"):
        view = View.of(text, previous=view)
        assert view.stale
        assert view.document.text == GOOD


def test_a_text_that_was_never_asked_about_is_not_read_later() -> None:
    view = View.of(BROKEN, previous=View.of(GOOD))
    assert view.stale
    assert view.document.automations == ()


def test_a_broken_text_without_another_before_it_has_an_empty_document() -> None:
    view = View.of(BROKEN)
    assert view.stale
    assert view.document.automations == ()
    assert view.here(Span(0, 0)) == (0, 0)


def stale(old: str, new: str) -> View:
    """A view of a text that can't be read, after one that could be."""
    before = View.of(old)
    assert before.document.text == old
    view = View.of(new, previous=before)
    assert view.stale
    return view


def test_spans_behind_a_change_move_with_the_text() -> None:
    view = stale("a: b\ntasks: {}\n", 'a: "bb\ntasks: {}\n')
    assert view.here(Span(5, 10)) == (7, 12)
    assert view.kept(Span(5, 10)) == (7, 12)
    assert view.here(Span(0, 1)) == (0, 1)


def test_a_span_in_a_change_stretches_over_it_and_is_not_kept() -> None:
    view = stale("a: bcd\n", 'a: "\n')
    assert view.here(Span(4, 5)) == (3, 4)
    assert view.kept(Span(4, 5)) is None


def test_what_a_line_is_put_before_moves_on() -> None:
    view = stale("tasks: {}\n", "t\ntasks: {}\n")
    assert view.kept(Span(0, 5)) == (2, 7)


@given(st.text("ab:\n ", max_size=12), st.text('ab"\n ', max_size=12), st.data())
def test_spans_stay_in_the_text_and_in_their_order(old: str, new: str, data: st.DataObject) -> None:
    before = View.of(old)
    view = View.of(new + "\n[", previous=before if before.document is not None else None)
    length = len(view.document.text)
    ends = sorted(data.draw(st.lists(st.integers(0, length), min_size=4, max_size=4)))
    outer, within = Span(ends[0], ends[3]), Span(ends[1], ends[2])
    here, inside = view.here(outer), view.here(within)
    assert 0 <= here.start <= inside.start <= inside.end <= here.end <= len(view.text.value)


def test_what_stands_between_two_changes_is_kept() -> None:
    first = View.of(GOOD)
    assert first.document.automations
    second = View.of(GOOD + "  x: [\n", previous=first)
    third = View.of("# more\n" + second.text.value, previous=second)
    assert third.stale
    span = Span(GOOD.index("make"), GOOD.index("make") + 4)
    kept = third.kept(span)
    assert kept is not None
    assert third.text.value[slice(*kept)] == "make"


def test_many_changes_in_many_places_are_followed_for_long() -> None:
    text = "".join(f"a{number}: {number}\n" for number in range(100))
    view = View.of(text)
    assert view.document.text == text
    for number in range(100):
        text = text.replace(f"a{number}: {number}\n", f'a{number}: "{number}\n')
        for typed in ("x", "xy"):
            view = View.of(text.replace(f'"{number}', f'"{typed}{number}'), previous=view)
    assert view.stale
    assert len(view.changes) <= 32
    assert view.here(Span(0, len(view.document.text))) == (0, len(view.text.value))
