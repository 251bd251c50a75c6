import pytest

from validator.display import columns, excerpt, visible, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 日本 🚀", "plain é 日本 🚀"),
        ("a\033[2Jb", "a\\u{1b}[2Jb"),
        ("a\r\nb", "a\\u{d}\\u{a}b"),
        ("a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"),
        ("a\u2028b\x85", "a\\u{2028}b\\u{85}"),
        ("a\ud800", "a\\u{d800}"),
        ("a\tb", "a  b"),
        ("a\xa0b", "a b"),
        ("\x9b31m", "\\u{9b}31m"),
    ],
)
def test_what_could_do_harm_is_shown_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "count"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("日本", 4), ("🚀", 2)]
)
def test_columns(text: str, count: int) -> None:
    assert columns(text) == count


def test_an_excerpt_of_a_short_line_is_the_line() -> None:
    assert excerpt("a: 日本 # c", 3, 5, 80) == ("a: 日本 # c", 3, 4)


@pytest.mark.parametrize("start", [0, 5, 500, 995, 99_990])
def test_an_excerpt_of_a_long_line_shows_the_range(start: int) -> None:
    line = "x" * start + "here!" + "y" * (100_000 - start)
    shown, column, count = excerpt(line, start, start + 5, 80)
    assert shown[column : column + count] == "here!"
    assert len(shown) <= 82


def test_a_long_range_is_cut() -> None:
    shown, column, count = excerpt("a: " + "x" * 100_000, 3, 100_003, 80)
    assert (column, shown[:4]) == (3, "a: x")
    assert count == len(shown) - 4 <= 80
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "  three"]),
        ("one  two  three", ["one  two", "  three"]),
        ("  one two-three", ["  one", "  two-three"]),
        ("much-too-long-a-word x", ["much-too-long-a-word", "  x"]),
        ("日本 日本 日", ["日本 日本", "  日"]),
    ],
)
def test_lines_are_wrapped_between_words(text: str, lines: list[str]) -> None:
    assert wrap(text, 9, 2) == lines


def test_no_line_after_the_first_begins_with_a_command_of_a_ci_runner() -> None:
    # GitHub Actions reads `::error::` at the beginning of a line, also after whitespace.
    assert wrap("group: name ::error::x", 12, 2) == ["group: name", "  : :error::x"]


def test_the_first_line_may_be_begun_already() -> None:
    assert wrap(" ab cd ef", 12, 4, 6) == [" ab cd", "    ef"]
    assert wrap(" ab cd", 12, 4, 11) == ["", "    ab cd"]
