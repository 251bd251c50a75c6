"""The configuration is that of the document's folder, as currently on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editors import Client, Editor, capabilities

pytestmark = pytest.mark.asyncio

OFF = (
    "a configuration names plug-ins, which run only in trusted folders: trust the workspace, or "
    "set the initialization option `trusted` to true"
)
MISSPELT = "tasks:\n  a: {name: A, comand: x, triggeredBy: [manual]}\n"


def changed(editor: Editor, path: Path) -> None:
    event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_it_is_read_again_when_its_file_changes(editor: Editor) -> None:
    uri = editor.open(MISSPELT)
    assert len(await editor.diagnostics(uri)) == 1
    path = editor.folder / "automation-validator.toml"
    path.write_text('ignore = ["unknown-field", "missing-field"]\n')
    changed(editor, path)
    assert await editor.diagnostics(uri) == []
    path.unlink()
    changed(editor, path)
    assert len(await editor.diagnostics(uri)) == 1


async def test_the_editor_is_asked_to_watch_it(editor: Editor) -> None:
    await editor.until(lambda: bool(editor.client.registered))
    (registration,) = editor.client.registered
    assert registration.method == "workspace/didChangeWatchedFiles"
    assert registration.register_options is not None
    patterns = [each["globPattern"] for each in registration.register_options["watchers"]]
    assert patterns[:2] == ["**/automation-validator.toml", "**/pyproject.toml"]
    assert {"**/.ona/config.yaml", "**/.ona/automations/*.yml"} < set(patterns)


@pytest.mark.parametrize("editor", ["bare"], indirect=True)
async def test_an_editor_that_can_not_watch_has_it_read_on_saving(editor: Editor) -> None:
    uri = editor.open(MISSPELT)
    assert len(await editor.diagnostics(uri)) == 1
    (editor.folder / "automation-validator.toml").write_text('ignore = ["unknown-field"]\n')
    named = types.TextDocumentIdentifier(uri)
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(named))
    assert await editor.diagnostics(uri) == []


async def test_it_may_name_further_files(editor: Editor) -> None:
    (editor.folder / "pyproject.toml").write_text(
        '[tool.automation-validator]\nfiles = ["examples/*.yaml"]\n'
    )
    uri = editor.open(MISSPELT, "examples/one.yaml")
    assert len(await editor.diagnostics(uri)) == 1


async def test_what_is_no_longer_named_is_no_longer_shown(editor: Editor) -> None:
    path = editor.folder / "automation-validator.toml"
    path.write_text('files = ["one.yaml"]\n')
    uri = editor.open(MISSPELT, "one.yaml")
    assert len(await editor.diagnostics(uri)) == 1
    path.write_text("")
    changed(editor, path)
    assert await editor.diagnostics(uri) == []


async def test_each_folder_has_its_own(client: Client, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "one", capabilities("visual-studio-code"))
    other = tmp_path / "two"
    other.mkdir()
    (other / "automation-validator.toml").write_text('severity = {unknown-field = "hint"}\n')
    await editor.initialize(other)
    (first,) = await editor.diagnostics(editor.open(MISSPELT))
    beside = Editor(client, other, editor.given)
    (second,) = await beside.diagnostics(beside.open(MISSPELT))
    assert first.severity == types.DiagnosticSeverity.Error
    assert second.severity == types.DiagnosticSeverity.Hint


async def test_a_broken_one_is_told_of_and_the_last_good_one_stays(editor: Editor) -> None:
    path = editor.folder / "automation-validator.toml"
    path.write_text('ignore = ["unknown-field"]\n')
    uri = editor.open(MISSPELT)
    assert await editor.diagnostics(uri) == []
    path.write_text('ignore = ["no-such-rule"]\n')
    changed(editor, path)
    assert await editor.diagnostics(uri) == []
    (message,) = [each for each in editor.client.messages if str(path) in each.message]
    assert message.type == types.MessageType.Warning
    assert "no-such-rule" in message.message


async def test_an_editor_that_asks_for_diagnostics_is_told_to_ask_again(
    client: Client, tmp_path: Path
) -> None:
    given = capabilities("neovim@v0.11")
    assert given.workspace is not None
    given.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    editor = Editor(client, tmp_path, given)
    await editor.initialize()
    uri = editor.open(MISSPELT)
    first = await editor.pull(uri)
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    path = tmp_path / "automation-validator.toml"
    path.write_text('ignore = ["unknown-field"]\n')
    changed(editor, path)
    await editor.until(lambda: client.diagnostic_refresh_count == 1)
    again = await editor.pull(uri, first.result_id)
    assert isinstance(again, types.RelatedFullDocumentDiagnosticReport)
    assert not again.items


TABLE = "[tool.automation-validator]\n"
WRONG = {
    "a deep key": (f"{'a.' * 100}a = 1", "nested deeper"),
    "a deep list": (f"a = {'[' * 5_000}", "nested too deep"),
    "a large number": (f"a = {'1' * 5_000}", "too many digits"),
    "a string for the table": ('tool = "automation-validator"', "`tool` must be a table"),
    "a number for the table": ("[tool]\nautomation-validator = 5", "must be a table"),
    "a link": (TABLE + '"[x](command:y)" = 1', "[x] (command:y)"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
async def test_whatever_is_wrong_with_it_diagnostics_go_on(
    editor: Editor, text: str, message: str
) -> None:
    (editor.folder / "pyproject.toml").write_text(text)
    if not text.startswith(("[tool", "tool")):
        (editor.folder / "automation-validator.toml").write_text(text)
    assert len(await editor.diagnostics(editor.open(MISSPELT))) == 1
    shown = next(each for each in editor.client.messages if str(editor.folder) in each.message)
    assert shown.type == types.MessageType.Warning
    assert message in shown.message


async def test_its_limits_are_obeyed(editor: Editor) -> None:
    (editor.folder / "automation-validator.toml").write_text("limits.max-bytes = 20\n")
    uri = editor.open(MISSPELT)
    (finding,) = await editor.diagnostics(uri)
    assert finding.code == "too-large"
    named = types.TextDocumentIdentifier(uri)
    symbols = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(named)
    )
    assert not symbols
    found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
    assert not found


@pytest.mark.parametrize(
    ("options", "runs"),
    [({"trusted": True}, True), ({"trusted": "yes"}, False), ({}, False), (None, False)],
)
async def test_plugins_run_only_in_trusted_folders(
    client: Client, tmp_path: Path, options: object, runs: bool
) -> None:
    (tmp_path / "automation-validator.toml").write_text('plugins = ["acme"]\n')
    given = capabilities("visual-studio-code")
    await client.initialize_session(types.InitializeParams(given, initialization_options=options))
    editor = Editor(client, tmp_path, given)
    uri = editor.open("tasks: {a: {name: A, command: x, triggeredBy: [manual]}}\n")
    messages = [str(each.message) for each in await editor.diagnostics(uri)]
    # It is not installed: that is only noticed where it is needed.
    tried = "the plug-in `acme` failed: PluginError: no installed package has it"
    assert messages == [tried] * runs
    shown = [each.message for each in client.messages if "plug-ins" in each.message]
    assert shown == [OFF] * (not runs)
    other = editor.open(MISSPELT, "sub/.ona/automations.yaml")
    assert len(await editor.diagnostics(other)) == 1 + runs
    assert [each.message for each in client.messages if "plug-ins" in each.message] == shown


@pytest.mark.parametrize("trusted", [True, False])
async def test_comments_for_rules_of_plugins_that_are_off_are_left_alone(
    client: Client, tmp_path: Path, trusted: bool
) -> None:
    (tmp_path / "automation-validator.toml").write_text('plugins = ["acme"]\n')
    given = capabilities("visual-studio-code")
    options = {"trusted": trusted}
    await client.initialize_session(types.InitializeParams(given, initialization_options=options))
    editor = Editor(client, tmp_path, given)
    comment = "# automation-validator: ignore[acme-temporary]\n"
    uri = editor.open(f"{comment}tasks: {{a: {{name: A, command: x, triggeredBy: [manual]}}}}\n")
    rules = [each.code for each in await editor.diagnostics(uri)]
    # The plug-in is not installed.
    assert rules == ["internal-error"] * trusted
