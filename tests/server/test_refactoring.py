"""Rename, call hierarchy, folding, selection and lenses over the protocol."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.server.editors import NAMES, Editor
from tests.server.test_actions import edited
from tests.server.test_features import TEXT, at, here

pytestmark = pytest.mark.asyncio


async def prepare(editor: Editor, uri: str, line: int, character: int) -> object:
    given = at(uri, line, character)
    params = types.PrepareRenameParams(given.text_document, given.position)
    return await editor.client.text_document_prepare_rename_async(params)


async def rename(
    editor: Editor, uri: str, line: int, character: int, name: str
) -> types.WorkspaceEdit | None:
    given = at(uri, line, character)
    params = types.RenameParams(given.text_document, given.position, name)
    found: types.WorkspaceEdit | None = await editor.client.text_document_rename_async(params)
    return found


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_rename(editor: Editor) -> None:
    uri = editor.open(TEXT)
    edit = await rename(editor, uri, 9, 17, "database")
    expected = TEXT.replace("  db:", "  database:").replace('["db"]', '["database"]')
    assert edited(TEXT, edit) == expected
    assert edit is not None
    assert (edit.document_changes is not None) == editor.can.changes


async def test_what_is_to_be_renamed(editor: Editor) -> None:
    uri = editor.open(TEXT)
    expected = types.PrepareRenamePlaceholder(here(9, 17, 19), "db")
    assert await prepare(editor, uri, 9, 17) == expected
    assert await prepare(editor, uri, 8, 6) is None


async def test_a_rename_that_would_collide_is_refused_with_the_reason(editor: Editor) -> None:
    uri = editor.open(TEXT)
    with pytest.raises(JsonRpcException, match="there is already a task `migrate`") as refused:
        await rename(editor, uri, 1, 2, "migrate")
    assert refused.value.code == types.LSPErrorCodes.RequestFailed
    assert await rename(editor, uri, 8, 6, "x") is None
    assert await rename(editor, uri, 1, 2, "db") is None


async def test_call_hierarchy(editor: Editor) -> None:
    uri = editor.open(TEXT)
    given = at(uri, 9, 17)
    params = types.CallHierarchyPrepareParams(given.text_document, given.position)
    (item,) = await editor.client.text_document_prepare_call_hierarchy_async(params) or []
    assert (item.name, item.detail, item.uri) == ("db", "Datenbank 😀", uri)
    assert item.selection_range == here(1, 2, 4)
    incoming = types.CallHierarchyIncomingCallsParams(item)
    (caller,) = await editor.client.call_hierarchy_incoming_calls_async(incoming) or []
    assert caller.from_.name == "migrate"
    assert list(caller.from_ranges) == [here(9, 17, 19)]
    outgoing = types.CallHierarchyOutgoingCallsParams(caller.from_)
    (called,) = await editor.client.call_hierarchy_outgoing_calls_async(outgoing) or []
    assert called.to == item
    assert list(called.from_ranges) == [here(9, 17, 19)]
    outgoing = types.CallHierarchyOutgoingCallsParams(item)
    assert not await editor.client.call_hierarchy_outgoing_calls_async(outgoing)


async def test_folding(editor: Editor) -> None:
    uri = editor.open("# one\n# two\n" + TEXT)
    params = types.FoldingRangeParams(types.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_folding_range_async(params) or []
    lines = [(each.start_line, each.end_line, each.kind) for each in found]
    assert lines == [(0, 1, "comment"), (2, 6, None), (3, 6, None), (7, 12, None), (8, 12, None)]


async def test_selection(editor: Editor) -> None:
    uri = editor.open(TEXT)
    positions = [types.Position(9, 17), types.Position(2, 20)]
    params = types.SelectionRangeParams(types.TextDocumentIdentifier(uri), positions)
    found = await editor.client.text_document_selection_range_async(params)
    assert found is not None
    assert len(found) == 2
    assert found[0].range == here(9, 17, 19)
    outer: types.SelectionRange | None = found[0]
    seen = []
    while outer is not None:
        seen.append(outer.range)
        outer = outer.parent
    assert seen[1:3] == [here(9, 16, 20), here(9, 15, 21)]
    assert seen[-1] == types.Range(types.Position(0, 0), types.Position(11, 0))


async def test_lenses(editor: Editor) -> None:
    uri = editor.open(TEXT)
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_code_lens_async(params) or []
    titles = [(each.range, each.command.title) for each in found if each.command]
    assert titles == [
        (here(1, 2, 4), "runs in group 1 of 2 (manual)"),
        (here(1, 2, 4), "needed by 1"),
        (here(6, 2, 9), "runs in group 2 of 2 (manual)"),
    ]
