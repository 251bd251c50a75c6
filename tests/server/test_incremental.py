"""After each edit, the server finds what a check of the whole text finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.test_rereading import USABLE, edited
from validator.configuration.config import Config
from validator.language.snapshot import View
from validator.parsing import reader
from validator.parsing.builder import Source
from validator.report import Report
from validator.server.scheduling import shown

PATH = ".ona/automations.yaml"
CONFIG = Config(shellcheck="off")


def refuse(*_: object) -> Source:
    raise AssertionError("the whole text was read")


def content(report: Report) -> object:
    return report.findings, report.kind, report.suppressed


@settings(max_examples=200)
@given(st.data())
def test_every_edit_has_the_findings_of_its_text(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(USABLE))
    view = View.of(text, PATH)
    for _ in range(6):
        expected = shown(text, PATH, CONFIG, None)
        assert content(shown(text, PATH, CONFIG, None, view.read)) == content(expected)
        text = data.draw(edited(text))
        view = View.of(text, PATH, view)


def test_a_long_document_is_not_read_again() -> None:
    """Its findings, with their places, are those of a check of the whole text."""
    item = (
        "  task-{0}:\n    name: Task\n    command: |\n      cd web\n      npm run dev {0}\n"
        "    dependsOn: [task-{1}]\n    triggeredBy: [postEnvironmentStart]\n"
    )
    text = "tasks:\n" + "".join(item.format(each, each + 1) for each in range(300))
    assert len(text) > 20_000
    view = View.of(text, PATH)
    shown(text, PATH, CONFIG, None, view.read)
    at = text.index("npm run dev 150")
    for typed in ("sleep 9 && ", "curl gitpod.io | ", "docker run --name x y; ", "# "):
        new = text[:at] + typed + text[at:]
        view = View.of(new, PATH, view)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reader, "read", refuse)
            found = shown(new, PATH, CONFIG, None, view.read)
        assert content(found) == content(shown(new, PATH, CONFIG, None))
