"""No text and no offset makes a feature fail: prefixes, truncated texts, typos."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.language.everything import ask, ask_all
from validator.language.snapshot import View
from validator.parsing.text import Text, decode

FIXTURES = Path(__file__).parents[2] / "fixtures"
FIXTURE_TEXTS = [decode(path.read_bytes())[0] for path in sorted(FIXTURES.rglob("*.yaml"))]
REAL_TEXTS = [decode((FOLDER / name).read_bytes())[0] for name in verdicts()]
# Some fixtures are longer than anything that is typed.
SHORT_TEXTS = [text for text in FIXTURE_TEXTS if len(text) < 3000]


def ask_prefix(text: str, length: int, previous: View | None) -> View:
    """Request everything at the end of a prefix of a text, as if it had just been typed."""
    view = View.of(text[:length], previous=previous)
    ask(view, length)
    ask_all(view)
    return view


def ask_prefixes(texts: list[str], step: int) -> None:
    for text in texts:
        view: View | None = None
        for length in range(0, len(text) + 1, step):
            view = ask_prefix(text, length, view)


def test_some_prefixes_of_every_fixture() -> None:
    ask_prefixes(SHORT_TEXTS, 17)


# In parts, which are tested in parallel.
@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_many_prefixes_of_every_fixture(part: int) -> None:
    ask_prefixes(SHORT_TEXTS[part::8], 5)


@needs_corpus
@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 11])
def test_every_real_file_cut_at_every_line(step: int) -> None:
    for text in REAL_TEXTS:
        starts = Text(text).starts
        view: View | None = None
        for start in [*starts[::step], len(text)]:
            view = ask_prefix(text, start, view)


TEXTS = [text for text in SHORT_TEXTS + REAL_TEXTS if len(text) < 8000]
TYPED = [
    "",
    " ",
    "\n",
    "\t",
    "-",
    "- ",
    ":",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"',
    "'",
    "#",
    "|",
    ">",
    "&a ",
    "*a",
    "<<: ",
    "\r",
    "\r\n",
    "é",
    "😀",
    "\u2028",
    "\ufeff",
    "\x00",
    "---\n",
    "role:",
    "dependsOn: [",
    "  tasks:\n",
]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_edits_of_any_file_at_any_cursor(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    view = View.of(text)
    if data.draw(st.booleans()):
        ask_all(view)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(start + data.draw(st.integers(0, 8)), len(text))
        text = text[:start] + data.draw(st.sampled_from(TYPED)) + text[end:]
        view = View.of(text, previous=view)
        ask(view, data.draw(st.integers(max(start - 5, 0), start + 5)))
    ask(view, data.draw(st.integers(-2, len(text) + 2)))
    ask_all(view)


@settings(max_examples=200, deadline=None)
@given(st.text(":-[]{}\"'#|>&*<ab \n\r\t", max_size=40), st.integers(-1, 41))
def test_any_text_at_all(text: str, offset: int) -> None:
    view = View.of(text)
    ask(view, offset)
    ask_all(view)
