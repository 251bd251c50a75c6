"""Text stays within its box, whatever font the reader's system has."""

import ast
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium, needs_browser
from tests.checkout import ROOT
from tests.corpus import FOLDER
from tests.drawing.test_drawing import HOSTILE
from tests.optional import needs
from validator import drawing, read_document
from validator.drawing import svg
from validator.drawing.boxes import Label
from validator.drawing.layout import widths

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

FONTS = [
    ("DejaVu Sans", "DejaVu Sans Mono"),
    ("Noto Sans", "DejaVu Sans Mono"),
    ("Liberation Sans", "Liberation Mono"),
    ("Arial", "monospace"),
    ("system-ui", "ui-monospace"),
]
GENERIC = ("system-ui", "ui-monospace", "monospace")

TEXTS = r"""
tasks:
  wide: {name: WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW, command: c, triggeredBy: [manual, prebuild]}
  m: {name: mmmmmmmmmmmmmmmmmm, command: c, triggeredBy: [postDevcontainerStart, beforeSnapshot]}
  at: {name: "@@@@@@@@@@@ %%%%%%", command: c}
  lines: {name: "illicit ill fit, 'tis: it. | i!", command: c}
  word: {name: Compile the TypeScript packages, command: c}
  french: {name: "Déjà vu — où est l’œuvre ?", command: c}
  russian: {name: Установка зависимостей проекта, command: c}
  upper: {name: ЩЩЩЩЩЩЩ ЖЖЖЖЖЖЖЖ, command: c}
  greek: {name: Εγκατάσταση εξαρτήσεων, command: c}
  chinese: {name: 安装依赖项并生成代码, command: c}
  emoji: {name: "🚀 Start 🐳🐳🐳🐳🐳🐳🐳🐳🐳", command: c}
  thai: {name: ติดตั้งแพ็คเกจ, command: c}
  a-very-long-reference-of-a-task-that-no-box-can-contain-in-full: {name: Short, command: c}
  need: {name: N, command: c, dependsOn: [выполнить, 日本語のタスクの名前, wide]}
"""


def installed(family: str) -> bool:
    if family in GENERIC:
        return True
    if which("fc-match") is None:
        return False
    command = ["fc-match", "--format=%{family}", family]
    found = subprocess.run(command, capture_output=True, text=True).stdout
    # Liberation Sans has the widths of Arial.
    return found == ("Liberation Sans" if family == "Arial" else family)


def texts() -> Iterator[str]:
    yield from (HOSTILE, TEXTS)
    for folder in (ROOT / "fixtures", FOLDER):
        for file in sorted(folder.rglob("*.y*ml")):
            yield file.read_text(encoding="utf-8", errors="replace")


def gallery() -> str:
    """A page with the pictures of all documents; every second item has a note too."""
    pictures = []
    for text in texts():
        document = read_document(text)
        if document is not None and document.by_reference:
            diagram = drawing.diagram_of(document)
            notes = {at: Label("12 errors", "problem") for at in range(0, len(diagram.items), 2)}
            pictures.append(svg.figure(diagram, "", "", notes))
    assert len(pictures) > 20
    return f"<!doctype html><meta charset=utf-8><style>{svg.style()}</style>{''.join(pictures)}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Chrome"]:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "page.html").write_text(gallery(), encoding="utf-8")
    with chromium(folder / "profile") as driver:
        driver.get((folder / "page.html").as_uri())
        yield driver


OUTSIDE = """
const style = document.head.appendChild(document.createElement("style"));
style.textContent = `text { font-family: ${arguments[0]}; }` +
  `text.reference { font-family: ${arguments[1]}; }`;
const found = [];
const within = (text, frame, room) => {
  const [inner, outer] = [text.getBBox(), frame.getBBox()];
  const right = outer.x + outer.width - room;
  if (inner.x < outer.x || inner.x + inner.width > right) found.push(text.textContent);
};
for (const text of document.querySelectorAll("svg .item > text")) {
  within(text, text.closest(".item").querySelector(".box"), 3);
  if (text.matches(".label")) {
    const pills = [...text.parentNode.querySelectorAll(".pill")];
    within(text, pills.filter((pill) => pill.compareDocumentPosition(text) & 4).pop(), 3);
  }
}
for (const text of document.querySelectorAll("svg .legend text")) {
  within(text, text.ownerSVGElement.querySelector(".canvas"), 0);
}
const count = document.querySelectorAll("svg .item > text").length;
style.remove();
return [count, found];
"""


@needs_browser
@pytest.mark.parametrize(("proportional", "fixed"), FONTS)
def test_text_stays_within_its_box(shown: "Chrome", proportional: str, fixed: str) -> None:
    if not installed(proportional) or not installed(fixed):
        pytest.skip(f"needs the fonts {proportional} and {fixed}")
    names = [name if name in GENERIC else f"'{name}'" for name in (proportional, fixed)]
    count, outside = shown.execute_script(OUTSIDE, *names)
    assert count > 200
    assert outside == []


def fonts_are_installed() -> bool:
    if find_spec("fontTools") is None:
        return False
    from scripts.text_widths import FAMILIES, font

    return all(font(family, "Bold") for family in FAMILIES)


@needs("fontTools, DejaVu Sans, Liberation Sans and Noto Sans", fonts_are_installed())
def test_the_widths_are_those_of_the_fonts() -> None:
    from scripts.text_widths import module

    measured = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(module()).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert measured == {"REGULAR": widths.REGULAR, "BOLD": widths.BOLD}
