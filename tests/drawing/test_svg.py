"""The picture as SVG: well-formed, harmless, and reproducible."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.checkout import ROOT
from tests.command import SNAPSHOTS
from tests.drawing.test_diagram import diagram
from tests.drawing.test_drawing import HOSTILE
from tests.expected_output import assert_snapshot
from validator import drawing

BROKEN = ROOT / "fixtures" / "broken" / ".ona" / "automations.yaml"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("file", "snapshot"),
    [
        (BROKEN, SNAPSHOTS / "broken.svg"),
        # The picture in the docs.
        (ROOT / "fixtures" / "graph" / "automations.yaml", ROOT / "docs" / "guides" / "graph.svg"),
    ],
    ids=["broken", "docs"],
)
def test_the_whole_picture(file: Path, snapshot: Path) -> None:
    shown = drawing.draw(diagram(file.read_text(encoding="utf-8")), "svg")
    assert_snapshot(shown, snapshot)


def test_what_a_document_holds_is_text_in_it() -> None:
    root = ElementTree.fromstring(drawing.draw(diagram(HOSTILE), "svg"))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "title", "style", "rect", "g", "path", "text", "circle"}
    assert not [
        name
        for element in root.iter()
        for name in element.attrib
        if name.startswith("on") or "href" in name
    ]
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert "C:\\N \\l {a|b} &lt; ]]>, task path, never triggered, in a cycle" in titles
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    assert [
        text for text in texts if text.startswith("日本語 😀 one two \\u{2") and text[-1] == "…"
    ]
    assert {"not found", "in a cycle", "never triggered"} <= set(texts)


def test_what_is_wrong_is_marked_by_more_than_a_colour() -> None:
    root = ElementTree.fromstring(drawing.draw(diagram(HOSTILE), "svg"))
    wrong = [each for each in root.iter(f"{SVG}g") if "item" in each.get("class", "").split()]
    marked = {
        text.text
        for group in wrong
        if "wrong" in group.get("class", "")
        for text in group.iter(f"{SVG}text")
        if "problem" in text.get("class", "")
    }
    assert marked == {"not found", "in a cycle"}
    assert "stroke-dasharray" in drawing.draw(diagram(HOSTILE), "svg")


def test_an_empty_file_says_that_it_is_empty() -> None:
    root = ElementTree.fromstring(drawing.draw(diagram("tasks:"), "svg"))
    assert [text.text for text in root.iter(f"{SVG}text")] == ["no tasks or services"]


def test_a_service_that_nothing_starts_is_marked() -> None:
    text = "services: {db: {name: Database, commands: {start: postgres}}}"
    root = ElementTree.fromstring(drawing.draw(diagram(text), "svg"))
    (item,) = [each for each in root.iter(f"{SVG}g") if "item" in each.get("class", "").split()]
    assert item.get("class") == "item service idle"
    assert item.findtext(f"{SVG}title") == "Database, service db, never triggered"
    # On the box, and in the legend.
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts.count("never triggered") == 2
