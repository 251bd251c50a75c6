"""The editor features over the protocol: their results are tested in tests/language."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editors import NAMES, Client, Editor, capabilities

pytestmark = pytest.mark.asyncio

TEXT = """\
services:
  db:
    name: "Datenbank 😀"
    commands: {start: postgres}
    triggeredBy: [manual]
tasks:
  migrate:
    name: Migrate
    command: ./migrate.sh
    dependsOn: ["db"]
    triggeredBy: [manual]
"""


def at(uri: str, line: int, character: int) -> types.TextDocumentPositionParams:
    return types.TextDocumentPositionParams(
        types.TextDocumentIdentifier(uri), types.Position(line, character)
    )


def here(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


async def completions(
    editor: Editor, uri: str, line: int, character: int
) -> list[types.CompletionItem]:
    given = at(uri, line, character)
    params = types.CompletionParams(given.text_document, given.position)
    found = await editor.client.text_document_completion_async(params)
    assert found is None or not isinstance(found, types.CompletionList)
    return list(found or ())


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_completion_in_a_half_typed_document(editor: Editor) -> None:
    uri = editor.open(TEXT.replace('["db"]', "[d"))
    (item,) = await completions(editor, uri, 9, 17)
    assert item.label == "db"
    assert item.kind == types.CompletionItemKind.Reference
    assert isinstance(item.text_edit, types.TextEdit)
    assert (item.text_edit.range, item.text_edit.new_text) == (here(9, 16, 17), "db")
    said = item.documentation
    if editor.can.completion_format is None:
        assert said == "service `db`"
    else:
        kind = types.MarkupKind(editor.can.completion_format)
        assert said == types.MarkupContent(kind, "service `db`")


async def test_completion_in_quotes_is_found_by_what_is_typed(editor: Editor) -> None:
    uri = editor.open(TEXT.replace('["db"]', '["d'))
    (item,) = await completions(editor, uri, 9, 18)
    assert (item.label, item.filter_text) == ("db", '"db')
    assert isinstance(item.text_edit, types.TextEdit)
    assert item.text_edit.range.start.character in (16, 17)


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_snippets_for_those_who_take_them(editor: Editor) -> None:
    uri = editor.open("tasks:\n  ")
    found = await completions(editor, uri, 1, 2)
    formats = {
        item.insert_text_format for item in found if item.kind == types.CompletionItemKind.Snippet
    }
    assert found
    expected = types.InsertTextFormat.Snippet if editor.can.snippets else None
    assert formats == {expected}


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_hover(editor: Editor) -> None:
    uri = editor.open(TEXT)
    given = at(uri, 9, 17)
    params = types.HoverParams(given.text_document, given.position)
    found = await editor.client.text_document_hover_async(params)
    assert found is not None
    assert found.range == here(9, 17, 19)
    assert isinstance(found.contents, types.MarkupContent)
    assert found.contents.kind == (editor.can.hover_format or types.MarkupKind.PlainText)
    assert "Datenbank 😀" in found.contents.value


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_definition(editor: Editor) -> None:
    uri = editor.open(TEXT)
    given = at(uri, 9, 17)
    params = types.DefinitionParams(given.text_document, given.position)
    answer = await editor.client.text_document_definition_async(params)
    assert isinstance(answer, Sequence)
    (found,) = answer
    if editor.can.links:
        assert isinstance(found, types.LocationLink)
        assert found.target_uri == uri
        assert found.origin_selection_range == here(9, 17, 19)
        assert found.target_selection_range == here(1, 2, 4)
        assert found.target_range.end.line in (4, 5)
    else:
        assert found == types.Location(uri, here(1, 2, 4))


@pytest.mark.parametrize(("declaration", "lines"), [(True, [1, 9]), (False, [9])])
async def test_references(editor: Editor, declaration: bool, lines: list[int]) -> None:
    uri = editor.open(TEXT)
    given = at(uri, 1, 3)
    params = types.ReferenceParams(
        types.ReferenceContext(declaration), given.text_document, given.position
    )
    found = await editor.client.text_document_references_async(params)
    assert [each.range.start.line for each in found or ()] == lines


async def test_highlights(editor: Editor) -> None:
    uri = editor.open(TEXT)
    given = at(uri, 9, 18)
    params = types.DocumentHighlightParams(given.text_document, given.position)
    found = await editor.client.text_document_document_highlight_async(params)
    kinds = types.DocumentHighlightKind
    assert [(each.range, each.kind) for each in found or ()] == [
        (here(1, 2, 4), kinds.Write),
        (here(9, 17, 19), kinds.Read),
    ]


async def symbols(editor: Editor, uri: str) -> list[types.DocumentSymbol | types.SymbolInformation]:
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    return list(await editor.client.text_document_document_symbol_async(params) or ())


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_symbols(editor: Editor) -> None:
    found = await symbols(editor, editor.open(TEXT))
    if editor.can.nested:
        services, tasks = found
        assert isinstance(services, types.DocumentSymbol)
        assert isinstance(tasks, types.DocumentSymbol)
        assert [each.name for each in services.children or ()] == ["db"]
        assert (services.children or ())[0].selection_range == here(1, 2, 4)
        assert [each.name for each in tasks.children or ()] == ["migrate"]
    else:
        names = [
            (each.name, each.container_name)
            for each in found
            if isinstance(each, types.SymbolInformation)
        ]
        assert names[:2] == [("services", None), ("db", "services")]


@pytest.mark.parametrize("editor", ["visual-studio-code", "neovim@v0.11"], indirect=True)
async def test_symbols_stay_while_the_text_can_not_be_read(editor: Editor) -> None:
    uri = editor.open(TEXT)
    if editor.can.pulls:
        await editor.pull(uri)
    else:
        await editor.diagnostics(uri)
    editor.insert(uri, 2, 0, 0, "[\n")
    assert [each.name for each in await symbols(editor, uri)] == ["services", "tasks"]


async def test_nothing_is_said_of_other_documents(editor: Editor) -> None:
    uri = editor.open(TEXT, "compose.yaml")
    given = at(uri, 9, 17)
    hover = types.HoverParams(given.text_document, given.position)
    assert await editor.client.text_document_hover_async(hover) is None
    assert await completions(editor, uri, 9, 17) == []
    assert await symbols(editor, uri) == []
    assert await symbols(editor, editor.uri("not-open.yaml")) == []


async def test_ai_automations_are_served(editor: Editor) -> None:
    text = """\
name: Nightly
triggers:
  - context: {projects: {}}
    time: {cronExpression: 0 9 * * 1}
action:
  limits: {maxParallel: 3, maxTotal: 1}
  steps:
    - agent: {prompt: Update it.}
    -
"""
    uri = editor.open(text, ".ona/automations/nightly.yaml")
    assert [each.code for each in await editor.diagnostics(uri)] == [
        "limit-above-total",
        "empty-value",
    ]
    labels = {each.label for each in await completions(editor, uri, 8, 5)}
    assert labels == {"task", "agent", "pullRequest", "report"}
    assert [each.name for each in await symbols(editor, uri)] == ["name", "triggers", "action"]
    given = at(uri, 3, 30)
    hover = types.HoverParams(given.text_document, given.position)
    found = await editor.client.text_document_hover_async(hover)
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert "at 09:00 on Monday" in found.contents.value


async def test_documents_of_another_kind_are_only_checked(editor: Editor) -> None:
    (editor.folder / "automation-validator.toml").write_text(
        'files = ["task.yaml"]\n[per-path."task.yaml"]\nkind = "task"\n'
    )
    uri = editor.open("tasks:\n  a: {name: A}\n", "task.yaml")
    assert "unknown-field" in [each.code for each in await editor.diagnostics(uri)]
    assert await symbols(editor, uri) == []


async def test_symbols_of_all_files_of_all_folders(client: Client, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    editor = Editor(client, one, capabilities("visual-studio-code"))
    for folder in (one, two, one / "nested"):
        path = folder / ".ona" / "automations.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(TEXT.replace("migrate:", f"migrate-{folder.name}:"), encoding="utf-8")
    (two / ".gitpod").mkdir()
    (two / ".gitpod" / "automations.yaml").write_bytes(b"\xff\x00 no text")
    await editor.initialize(two, one / "nested")
    uri = editor.open(TEXT.replace("migrate:", "migrate-now:"))
    params = types.WorkspaceSymbolParams("mig")
    found = await client.workspace_symbol_async(params)
    assert [each.name for each in found or ()] == ["migrate-now", "migrate-nested", "migrate-two"]
    assert found is not None
    first, second, _ = (each.location for each in found)
    assert isinstance(first, types.Location)
    assert first.uri == uri
    assert second.uri == (one / "nested" / ".ona" / "automations.yaml").as_uri()
    assert not await client.workspace_symbol_async(types.WorkspaceSymbolParams("no such thing"))
    gone = types.WorkspaceFoldersChangeEvent([], [types.WorkspaceFolder(two.as_uri(), "two")])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(gone))
    found = await client.workspace_symbol_async(params)
    assert [each.name for each in found or ()] == ["migrate-now", "migrate-nested"]


async def test_hover_is_answered_during_a_burst_of_edits(editor: Editor) -> None:
    tasks = "".join(
        f"  task-{number}:\n    name: Task\n    command: make\n    triggeredBy: [manual]\n"
        for number in range(1000)
    )
    uri = editor.open("tasks:\n" + tasks)
    await editor.diagnostics(uri)
    # Describing a reference requires parsing the document.
    given = at(uri, 1, 4)
    params = types.HoverParams(given.text_document, given.position)
    answers = []
    for version in range(2, 52):
        editor.insert(uri, version, 2, 14, "x")
        if version % 10 == 0:
            asked = editor.client.text_document_hover_async(params)
            answers.append(asyncio.ensure_future(asked))
            await asyncio.sleep(0)
    assert None not in await asyncio.gather(*answers)
    assert await editor.diagnostics(uri) == []


async def test_scripts_are_coloured(editor: Editor) -> None:
    text = "tasks:\n  a: {name: 😀, command: 'ls $A # 😀'}\n  b: {name: B, command: make}\n"
    uri = editor.open(text)
    params = types.SemanticTokensParams(types.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_semantic_tokens_full_async(params)
    assert found is not None
    kinds = ["comment", "string", "variable", "keyword", "operator", "function"]
    shown = [
        (*found.data[at : at + 3], kinds[found.data[at + 3]], found.data[at + 4])
        for at in range(0, len(found.data), 5)
    ]
    assert shown == [
        (1, 26, 2, "function", 0),
        (0, 3, 2, "variable", 0),
        (0, 3, 4, "comment", 0),
        (1, 24, 4, "function", 0),
    ]
