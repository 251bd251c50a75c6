"""Hidden characters of a text are in no value of its model."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.work import lines_run
from validator import Span, read_document


def command(text: str, hidden: list[Span]) -> str:
    document = read_document(text, hidden=hidden)
    assert document is not None
    member = document.by_reference["a"].field("command")
    assert member is not None
    return str(getattr(member[1], "text", ""))


STYLES = ["'", '"', "|", ">", ""]


@pytest.mark.parametrize("style", STYLES)
@given(
    st.text("ab 'x\"\\\n\té→", min_size=1, max_size=30),
    st.integers(0, 80),
    st.integers(1, 30),
)
def test_what_is_hidden_and_nothing_else(style: str, value: str, start: int, length: int) -> None:
    value = f"e{value}e"
    data = {"tasks": {"a": {"command": value}}}
    text = yaml.dump(data, default_style=style or None, allow_unicode=True)
    begin = text.index("command") + len("command: ")
    hidden = Span(min(begin + start, len(text)), min(begin + start + length, len(text)))
    # A value that is written as it is has the same characters hidden as its text.
    shown = command(text, [hidden])
    assert len(shown) == len(value)
    masked = [at for at, (one, other) in enumerate(zip(value, shown, strict=True)) if one != other]
    assert all(shown[at] == "*" for at in masked)
    if masked:
        assert masked[-1] - masked[0] < length
    if value in text:
        first = text.index(value)
        expected = [
            "*" if hidden.start <= first + at < hidden.end else each
            for at, each in enumerate(value)
        ]
        assert shown == "".join(expected)


def test_an_alias_and_its_anchor() -> None:
    text = "tasks:\n  b: {command: &c echo SECRET}\n  a: {command: *c}\n"
    start = text.index("SECRET")
    assert command(text, [Span(start, start + 6)]) == "echo ******"


def test_many_in_one_value_take_little_work() -> None:
    def work(count: int) -> int:
        text = "tasks: {a: {command: '" + "SECRET " * count + "'}}"
        begin = text.index("SECRET")
        hidden = [Span(begin + 7 * at, begin + 7 * at + 6) for at in range(count)]
        assert command(text, hidden) == "****** " * count
        return lines_run(lambda: command(text, hidden))

    assert work(2_000) < 2.5 * work(1_000)
