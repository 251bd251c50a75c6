"""Edits that concern files: scripts that are renamed, and scripts that become files."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editors import Client, Editor, capabilities
from tests.server.protocol import plain
from validator.server.positions import Positions

pytestmark = pytest.mark.asyncio

TEXT = """\
tasks:
  a:
    name: "😀"
    command: ./scripts/x.sh && bash scripts/x.sh; cd scripts && ./x.sh
    triggeredBy: [manual]
"""
SCRIPT = "tasks:\n  a:\n    name: A\n    command: |\n      x\n      y\n    triggeredBy: [manual]\n"


async def initialized(client: Client, folder: Path) -> Editor:
    editor = Editor(client, folder, capabilities("visual-studio-code"))
    await editor.initialize()
    return editor


def write(folder: Path, name: str, text: str = "make\n") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


async def rename(editor: Editor, old: str, new: str) -> dict[str, tuple[int | None, list[str]]]:
    """What the edits for a renamed file write, for each document, with its version."""
    files = [types.FileRename(editor.uri(old), editor.uri(new))]
    found = await editor.client.workspace_will_rename_files_async(types.RenameFilesParams(files))
    changes = (found.document_changes or ()) if found is not None else ()
    return {
        each.text_document.uri: (
            each.text_document.version,
            [edit.new_text for edit in each.edits if isinstance(edit, types.TextEdit)],
        )
        for each in changes
        if isinstance(each, types.TextDocumentEdit)
    }


async def test_scripts_follow_a_renamed_file(client: Client, tmp_path: Path) -> None:
    write(tmp_path, "scripts/x.sh")
    editor = await initialized(client, tmp_path)
    uri = editor.open(TEXT)
    found = await rename(editor, "scripts/x.sh", "scripts/y.sh")
    assert found == {uri: (1, ["./scripts/y.sh", "scripts/y.sh", "./y.sh"])}
    found = await rename(editor, "scripts/x.sh", "tools/x.sh")
    assert found == {uri: (1, ["./tools/x.sh", "tools/x.sh", "../tools/x.sh"])}
    found = await rename(editor, "scripts/x.sh", "x.sh")
    assert found == {uri: (1, ["./x.sh", "./x.sh", "../x.sh"])}


async def test_a_renamed_folder_and_files_that_are_not_open(client: Client, tmp_path: Path) -> None:
    write(tmp_path, "scripts/x.sh")
    write(tmp_path, ".ona/automations.yaml", TEXT)
    editor = await initialized(client, tmp_path)
    found = await rename(editor, "scripts", "bin")
    assert found == {editor.uri(): (None, ["./bin/x.sh", "bin/x.sh", "../bin/x.sh"])}
    assert await rename(editor, "script", "bin") == {}


@pytest.mark.parametrize("new", ["scripts/a b.sh", "../x.sh", "scripts/$x.sh"])
async def test_a_name_that_needs_quotes_is_left_alone(
    client: Client, tmp_path: Path, new: str
) -> None:
    write(tmp_path, "scripts/x.sh")
    editor = await initialized(client, tmp_path)
    editor.open(TEXT)
    assert await rename(editor, "scripts/x.sh", new) == {}


async def test_a_script_becomes_a_file(client: Client, tmp_path: Path) -> None:
    write(tmp_path, ".ona/scripts/a.sh")
    editor = await initialized(client, tmp_path)
    uri = editor.open(SCRIPT)
    (action,) = await editor.actions(uri, 4, 8, ["refactor.extract"])
    assert action.title == "Move this script to `.ona/scripts/a-2.sh`"
    assert action.edit is not None
    create, content, change = action.edit.document_changes or ()
    new = editor.uri(".ona/scripts/a-2.sh")
    assert isinstance(create, types.CreateFile)
    assert create.uri == new
    assert isinstance(content, types.TextDocumentEdit)
    assert content.text_document.uri == new
    assert [each.new_text for each in content.edits if isinstance(each, types.TextEdit)] == [
        "#!/usr/bin/env bash\nset -e\n\nx\ny\n"
    ]
    assert isinstance(change, types.TextDocumentEdit)
    (edit,) = change.edits
    assert isinstance(edit, types.TextEdit)
    assert edit.new_text == "bash .ona/scripts/a-2.sh"
    assert Positions(SCRIPT, "utf-16").span(plain(edit.range)).start == SCRIPT.index("|")


@pytest.mark.parametrize("editor", ["bare", "emacs"], indirect=True)
async def test_no_file_for_an_editor_that_can_not_create_one(editor: Editor) -> None:
    uri = editor.open(SCRIPT)
    assert await editor.actions(uri, 4, 8, ["refactor.extract"]) == []


async def test_rewrites_only_on_request(editor: Editor) -> None:
    uri = editor.open(SCRIPT)
    titles = {each.title for each in await editor.actions(uri, 3, 6, ["refactor"])}
    assert "Make this task a service" in titles
    assert "Add the triggers `prebuild` and `postDevcontainerStart`" in titles
    automatic = types.CodeActionTriggerKind.Automatic
    assert await editor.actions(uri, 3, 6, None, automatic) == []


async def test_no_change_that_makes_an_error(editor: Editor) -> None:
    # As a service, `a` would be the second of two sections that are misspelt.
    uri = editor.open("tasks:\n  a: {name: A, command: x}\nscripts:\n  lint: npm run lint\n")
    titles = {each.title for each in await editor.actions(uri, 1, 4, ["refactor"])}
    assert "Add the triggers `prebuild` and `postDevcontainerStart`" in titles
    assert "Make this task a service" not in titles
