"""No request fails, wherever a document is truncated and wherever the cursor is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from tests import corpus
from tests.server.protocol import plain, result
from validator import check_text
from validator.configuration.config import Config
from validator.finding import Span
from validator.server.capabilities import MARKDOWN, Client
from validator.server.documents import Documents, OpenDocument
from validator.server.handlers.answers import ANSWERS, Asked
from validator.server.handlers.code_actions import Actions, Context
from validator.server.handlers.convert import TOKEN_TYPES
from validator.server.handlers.diagnostics import diagnostics
from validator.server.jsonrpc import RequestError
from validator.server.positions import Positions
from validator.server.settings import CurrentConfigurations

URI = "file:///folder/.ona/automations.yaml"
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "rules").glob("*/*.yaml"))
PREFIXES = 40
FILES = sorted(corpus.FOLDER.glob("*.y*ml"))
FULL = Client(
    related=True,
    tags=True,
    changes=True,
    literals=True,
    preferred=True,
    snippets=True,
    completion_format=MARKDOWN,
    hover_format=MARKDOWN,
    links=True,
    nested=True,
)


def parameters(document: OpenDocument, position: types.Position) -> Iterator[tuple[str, Any]]:
    """The parameters of every request at a position."""
    named = types.TextDocumentIdentifier(document.uri)
    empty = types.Range(position, position)
    item = types.CallHierarchyItem("build", types.SymbolKind.Function, document.uri, empty, empty)
    for method in ANSWERS:
        match method:
            case types.CALL_HIERARCHY_INCOMING_CALLS:
                yield method, types.CallHierarchyIncomingCallsParams(item)
            case types.CALL_HIERARCHY_OUTGOING_CALLS:
                yield method, types.CallHierarchyOutgoingCallsParams(item)
            case types.TEXT_DOCUMENT_SELECTION_RANGE:
                yield method, types.SelectionRangeParams(named, [position, position])
            case types.TEXT_DOCUMENT_RENAME:
                yield method, types.RenameParams(named, position, "other")
            case types.TEXT_DOCUMENT_REFERENCES:
                context = types.ReferenceContext(include_declaration=True)
                yield method, types.ReferenceParams(context, named, position)
            case types.TEXT_DOCUMENT_INLAY_HINT:
                end = types.Position(position.line + 100, 0)
                yield method, types.InlayHintParams(named, types.Range(position, end))
            case _:
                yield method, types.TextDocumentPositionParams(named, position)


class Asking:
    """A document that is edited repeatedly, with every request sent after each edit."""

    def __init__(self, text: str) -> None:
        self.documents = Documents(CurrentConfigurations(lambda _: None))
        self.documents.open(URI, 1, text)

    def all(self, text: str, offset: int) -> None:
        """Replace the text, and send every request at an offset."""
        document = self.documents.change(URI, 2, [{"text": text}])
        assert document is not None
        at = types.Position(**document.positions.position(offset))
        for method, params in parameters(document, at):
            answer = None
            try:
                answer = result(method, ANSWERS[method](Asked(plain(params), document, FULL)))
            except RequestError:
                assert "rename" in method.lower()
            if isinstance(answer, types.SemanticTokens):
                hold_tokens(answer, document.positions)
            else:
                hold(answer)
        report = check_text(text, path=document.path)
        full = {"kind": "full", "items": diagnostics(report, document, FULL)}
        result(types.TEXT_DOCUMENT_DIAGNOSTIC, full)
        actions = Actions(document, report, Config(), FULL)
        everything = Span(0, len(text))
        found = result(types.TEXT_DOCUMENT_CODE_ACTION, actions.at(everything, Context()))
        for action in found:
            hold(action.edit)


def hold(answer: object) -> None:
    """Check the ranges in a response against the protocol's rules."""
    if isinstance(answer, Sequence):
        for each in answer:
            hold_one(each)
    else:
        hold_one(answer)


def hold_one(each: object) -> None:
    match each:
        case types.DocumentSymbol():
            hold_symbol(each)
        case types.CallHierarchyItem():
            assert is_within(each.selection_range, each.range)
        case types.LocationLink():
            assert is_within(each.target_selection_range, each.target_range)
        case types.SelectionRange(parent=types.SelectionRange() as parent):
            assert is_within(each.range, parent.range)
            hold(parent)
        case types.FoldingRange():
            assert each.start_line < each.end_line
        case types.CompletionItem(text_edit=types.TextEdit() as edit):
            place = edit.range
            assert place.start.line == place.end.line
        case types.WorkspaceEdit(document_changes=[types.TextDocumentEdit() as change]):
            hold_edits(change)
        case types.CallHierarchyIncomingCall() | types.CallHierarchyOutgoingCall():
            hold_call(each)
        case types.DocumentLink() | types.InlayHint():
            hold_addition(each)
        case (
            types.CodeLens()
            | types.Hover()
            | types.DocumentHighlight()
            | types.Location()
            | types.PrepareRenamePlaceholder()
        ):
            assert each.range is None or each.range.start <= each.range.end
        case types.CompletionItem() | types.WorkspaceEdit() | types.SelectionRange() | None:
            pass  # without a range of its own
        case _:
            pytest.fail(f"nobody has said what holds of {type(each).__name__}")


def hold_addition(each: types.DocumentLink | types.InlayHint) -> None:
    if isinstance(each, types.InlayHint):
        assert isinstance(each.label, str)
        assert each.label.isprintable()
        return
    assert each.range.start.line == each.range.end.line
    assert each.range.start.character < each.range.end.character
    assert each.target


def hold_tokens(answer: types.SemanticTokens, positions: Positions) -> None:
    """Each token is in one line of the text, and after the one before."""
    line = character = end = 0
    for at in range(0, len(answer.data), 5):
        down, right, length, type_, modifiers = answer.data[at : at + 5]
        line, character = line + down, right if down else character + right
        assert down or character >= end
        end = character + length
        assert length > 0
        place = plain(types.Range(types.Position(line, character), types.Position(line, end)))
        assert positions.range(positions.span(place)) == place
        assert 0 <= type_ < len(TOKEN_TYPES)
        assert modifiers == 0


def hold_symbol(symbol: types.DocumentSymbol) -> None:
    assert is_within(symbol.selection_range, symbol.range)
    for child in symbol.children or ():
        assert is_within(child.range, symbol.range)
    hold(list(symbol.children or ()))


def hold_call(call: types.CallHierarchyIncomingCall | types.CallHierarchyOutgoingCall) -> None:
    if isinstance(call, types.CallHierarchyOutgoingCall):
        hold(call.to)
        return
    hold(call.from_)
    assert all(is_within(place, call.from_.range) for place in call.from_ranges)


def hold_edits(change: types.TextDocumentEdit) -> None:
    ends = [
        (edge.line, edge.character)
        for edit in change.edits
        for edge in (edit.range.start, edit.range.end)
    ]
    assert ends == sorted(ends)


def is_within(inner: types.Range, outer: types.Range) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def lines(text: str) -> list[str]:
    return re.split(r"(?<=\n)", text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_fixture(path: Path) -> None:
    text = text_of(path)[:20_000]
    asking = Asking(text)
    for part in range(4):
        asking.all(text, len(text) * part // 4)
    cut = text[: len(text) * 2 // 3]
    asking.all(cut, len(cut))


@corpus.needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_corpus_file_cut_at_some_lines(path: Path) -> None:
    text = text_of(path)
    parts = lines(text)
    asking = Asking(text)
    for count in range(1, len(parts), max(len(parts) // 3, 1)):
        cut = "".join(parts[:count])
        asking.all(cut + text[len(cut) :][:3], len(cut))


@pytest.mark.slow
@corpus.needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_corpus_file_cut_at_every_line(path: Path) -> None:
    text = text_of(path)
    parts = lines(text)
    asking = Asking(text)
    for count in range(len(parts) + 1):
        cut = "".join(parts[:count])
        asking.all(cut, len(cut))
        asking.all(cut.rstrip("\r\n"), len(cut) // 2)


@pytest.mark.slow
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_prefixes_of_every_fixture(path: Path) -> None:
    text = text_of(path)[:3000]
    asking = Asking(text)
    # All places of the long fixtures would take a third of the time of all slow tests.
    for end in range(0, len(text) + 1, max(5, len(text) // PREFIXES)):
        asking.all(text[:end], end)


WORDS = ["tasks:", "a", ": ", "- ", "[", "]", "{", "}", "'", '"', "|", "&x", "*x", "#", ",", "<<"]
PIECES = st.sampled_from([*WORDS, "dependsOn", "😀", "  ", "\n", "\t", "\r", "\u2028"])


@given(st.lists(PIECES), st.integers(0))
def test_any_text(pieces: list[str], at: int) -> None:
    text = "".join(pieces)
    Asking(text).all(text, at % (len(text) + 1))
