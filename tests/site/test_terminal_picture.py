"""The picture of a terminal: all of the output, in colours that can be read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from scripts import terminal_picture
from tests.checkout import ROOT
from tests.command import run_in

SVG = "{http://www.w3.org/2000/svg}"


def drawn(scheme: str) -> ElementTree.Element:
    path = ROOT / "docs/assets" / f"terminal-{scheme}.svg"
    return ElementTree.fromstring(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", terminal_picture.SCHEMES)
def test_it_shows_the_whole_output_and_the_exit_code(scheme: str) -> None:
    done = run_in(ROOT / "fixtures/broken", "check")
    session = f"$ automation-validator check\n{done.stdout.decode()}$ echo $?\n{done.returncode}"
    shown = "".join(each.text or "" for each in drawn(scheme).iter(f"{SVG}text"))
    assert "".join(shown.split()) == "".join(session.split())


@pytest.mark.parametrize("scheme", terminal_picture.SCHEMES)
def test_its_text_is_in_the_picture_and_can_be_read(scheme: str) -> None:
    root = drawn(scheme)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    canvas = terminal_picture.SCHEMES[scheme]["canvas"]
    for text in root.iter(f"{SVG}text"):
        assert float(text.attrib["x"]) + float(text.attrib["textLength"]) <= width
        assert float(text.attrib["y"]) < height
        assert contrast(text.attrib["fill"], canvas) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, by WCAG."""
    dark, light = sorted(brightness(color) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def brightness(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_long_lines_are_wrapped_and_keep_their_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_picture, "COLUMNS", 4)
    monkeypatch.setattr(terminal_picture, "_session", lambda: "\x1b[31mabcdef\x1b[0m<&\n\ng")
    texts = list(ElementTree.fromstring(terminal_picture.draw("light")).iter(f"{SVG}text"))
    red, plain = (terminal_picture.SCHEMES["light"][code] for code in ("31", ""))
    assert [(each.text, each.attrib["fill"]) for each in texts] == [
        *(("abcd", red), ("ef", red), ("<&", plain), ("g", plain)),
    ]
    assert len({each.attrib["y"] for each in texts}) == 3
