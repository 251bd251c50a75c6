import codecs

import pytest

from validator.finding import Span
from validator.parsing.text import Text, decode


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\nb", [0, 2]),
        ("a\r\nb\r\n", [0, 3, 6]),
        ("a\rb", [0, 2]),
        ("a\n\r\nb", [0, 2, 4]),
        ("\n\n", [0, 1, 2]),
        ("a\r\nb\rc\n\r", [0, 3, 5, 7, 8]),
        ("a\u2028b\x85c\x0bd\x0ce\x1cf\u2029g\nh", [0, 14]),
    ],
)
def test_lines_end_with_line_feed_and_carriage_return_only(text: str, starts: list[int]) -> None:
    assert Text(text).starts == starts


def test_positions_count_from_one_and_offsets_from_zero() -> None:
    place = Text("a\r\nbcd\n").place(Span(4, 6))
    assert place == ((2, 2, 4), (2, 4, 6))


def test_the_end_of_the_text_is_a_position() -> None:
    assert Text("a\n").position(2) == (2, 1, 2)
    assert Text("").position(0) == (1, 1, 0)


def test_a_byte_order_mark_counts_as_nothing() -> None:
    text = Text("\ufeffa: 1")
    assert text.value == "a: 1"
    assert text.position(0) == (1, 1, 0)


def test_line_without_its_break() -> None:
    text = Text("a\r\nb\rc")
    assert [text.line(number) for number in (1, 2, 3)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_decode_what_yaml_allows(mark: bytes, encoding: str) -> None:
    assert decode(mark + "näme: 日本 🚀".encode(encoding)) == ("näme: 日本 🚀", None)


def test_decode_points_to_the_first_bad_byte() -> None:
    text, problem = decode("é: caf".encode() + b"\xe9\nb: 1")
    assert text == "é: caf\ufffd\nb: 1"
    assert problem is not None
    assert problem.rule == "encoding"
    assert problem.span == Span(6, 7)
    assert "byte 0xe9" in problem.message
