"""Diagnostics of files that are not open, for editors that ask for them and for all others."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editors import Client, Editor, capabilities

pytestmark = pytest.mark.asyncio

WRONG = "tasks:\n  a: {name: A, comand: x, triggeredBy: [manual]}\n"
RIGHT = WRONG.replace("comand", "command")
PLACE = ".ona/automations.yaml"
WORKFLOW = ".ona/automations/weekly.yaml"


def write(folder: Path, text: str, place: str = PLACE) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def changed(editor: Editor, place: str = PLACE) -> None:
    event = types.FileEvent(editor.uri(place), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


def that_pulls(client: Client, folder: Path) -> Editor:
    return Editor(client, folder, capabilities("neovim@v0.11"))


def that_does_not(client: Client, folder: Path) -> Editor:
    given = capabilities("visual-studio-code")
    assert given.text_document is not None
    given.text_document.diagnostic = None
    return Editor(client, folder, given)


async def pull(editor: Editor, *before: types.PreviousResultId) -> dict[str, object]:
    """What an editor is told of each file: the rules that it violates, or "unchanged"."""
    report = await editor.client.workspace_diagnostic_async(
        types.WorkspaceDiagnosticParams(list(before))
    )
    return {
        each.uri: [found.code for found in each.items]
        if isinstance(each, types.WorkspaceFullDocumentDiagnosticReport)
        else "unchanged"
        for each in report.items
    }


async def result_ids(editor: Editor) -> list[types.PreviousResultId]:
    report = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    return [types.PreviousResultId(each.uri, each.result_id or "") for each in report.items]


async def test_all_files_of_the_workspace_can_be_asked_for(client: Client, tmp_path: Path) -> None:
    editor = that_pulls(client, tmp_path)
    write(tmp_path, WRONG)
    write(tmp_path, "name: x\n", WORKFLOW)
    write(tmp_path, WRONG, "other.yaml")
    result = await editor.initialize()
    assert isinstance(result.capabilities.diagnostic_provider, types.DiagnosticOptions)
    assert result.capabilities.diagnostic_provider.workspace_diagnostics is True
    found = await pull(editor)
    assert set(found) == {editor.uri(), editor.uri(WORKFLOW)}
    assert "unknown-field" in str(found[editor.uri()])


async def test_only_what_has_changed_is_sent_again(client: Client, tmp_path: Path) -> None:
    editor = that_pulls(client, tmp_path)
    write(tmp_path, WRONG)
    await editor.initialize()
    before = await result_ids(editor)
    assert await pull(editor, *before) == {editor.uri(): "unchanged"}
    write(tmp_path, RIGHT)
    assert await pull(editor, *before) == {editor.uri(): []}
    (tmp_path / PLACE).unlink()
    changed(editor)
    assert await pull(editor, *before) == {editor.uri(): []}
    assert await pull(editor) == {}


async def test_an_open_document_is_not_among_them(client: Client, tmp_path: Path) -> None:
    editor = that_pulls(client, tmp_path)
    write(tmp_path, WRONG)
    await editor.initialize()
    before = await result_ids(editor)
    uri = editor.open(RIGHT)
    assert await pull(editor, *before) == {}
    editor.close(uri)
    assert await pull(editor, *before) == {uri: "unchanged"}


async def test_a_changed_configuration_applies_to_them(client: Client, tmp_path: Path) -> None:
    editor = that_pulls(client, tmp_path)
    write(tmp_path, WRONG)
    await editor.initialize()
    before = await result_ids(editor)
    write(tmp_path, 'ignore = ["unknown-field", "missing-field"]\n', "automation-validator.toml")
    changed(editor, "automation-validator.toml")
    assert await pull(editor, *before) == {editor.uri(): []}


async def test_they_can_be_switched_off(client: Client, tmp_path: Path) -> None:
    editor = that_pulls(client, tmp_path)
    write(tmp_path, WRONG)
    result = await editor.initialize(settings={"workspaceDiagnostics": False})
    assert isinstance(result.capabilities.diagnostic_provider, types.DiagnosticOptions)
    assert result.capabilities.diagnostic_provider.workspace_diagnostics is False


async def test_they_are_published_for_an_editor_that_can_not_ask(
    client: Client, tmp_path: Path
) -> None:
    editor = that_does_not(client, tmp_path)
    write(tmp_path, WRONG)
    await editor.initialize()
    assert {each.code for each in await editor.diagnostics(editor.uri())} >= {"unknown-field"}
    write(tmp_path, RIGHT)
    changed(editor)
    assert await editor.diagnostics(editor.uri()) == []
    write(tmp_path, WRONG)
    changed(editor)
    assert await editor.diagnostics(editor.uri())
    (tmp_path / PLACE).unlink()
    changed(editor)
    assert await editor.diagnostics(editor.uri()) == []


async def test_after_closing_a_document_its_file_counts(client: Client, tmp_path: Path) -> None:
    editor = that_does_not(client, tmp_path)
    write(tmp_path, WRONG)
    await editor.initialize()
    assert await editor.diagnostics(editor.uri())
    uri = editor.open(RIGHT)
    assert await editor.diagnostics(uri) == []
    editor.close(uri)
    await editor.until(lambda: any(each.diagnostics for each in editor.published))


async def test_settings_that_can_not_be_used_are_named(client: Client, tmp_path: Path) -> None:
    editor = that_pulls(client, tmp_path)
    await editor.initialize(settings={"inlayHints": {"cron": "no"}, "workspaceDiagnostics": 1})
    await editor.until(lambda: len(client.messages) == 2)
    assert [each.message for each in client.messages] == [
        "in the settings of automation-validator: `inlayHints.cron` must be true or false",
        "in the settings of automation-validator: `workspaceDiagnostics` must be true or false",
    ]
