"""Where things are after changes of a text."""

from hypothesis import given
from hypothesis import strategies as st

from validator.finding import Span
from validator.language.text_change import Change, between, followed


@given(st.data())
def test_what_no_change_touches_is_found_again(data: st.DataObject) -> None:
    """Each character is unique, so its new place is known."""
    new = map(chr, range(0x4E00, 0x9000))
    first = text = "".join(next(new) for _ in range(data.draw(st.integers(0, 20))))
    changes: tuple[Change, ...] = ()
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 4, len(text))))
        typed = "".join(next(new) for _ in range(data.draw(st.integers(0, 3))))
        after = text[:start] + typed + text[end:]
        more = followed(changes, between(text, after))
        assert more is not None
        changes, text = more, after
    for index, character in enumerate(first):
        span = Span(index, index + 1)
        for change in changes:
            span = change.moved(span)
        assert 0 <= span.start <= span.end <= len(text)
        if character in text:
            assert text[span.start : span.end] == character


def test_typing_on_is_one_change() -> None:
    changes: tuple[Change, ...] = ()
    text = "tasks:\n"
    for typed in ("t", "ta", "tas"):
        after = f"{typed}\ntasks:\n"
        more = followed(changes, between(text, after))
        assert more is not None
        changes, text = more, after
    assert changes == (Change(0, 0, 4),)


def test_too_many_changes_are_not_followed() -> None:
    changes = tuple(Change(100 - 2 * at, 100 - 2 * at, 101 - 2 * at) for at in range(32))
    assert followed(changes, Change(0, 0, 1)) is None
