"""Code actions: fixes, all fixes at once, and comments that suppress a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editors import Client, Editor, capabilities
from tests.server.protocol import plain
from validator import check_text
from validator.fixer import fix_text
from validator.server.positions import Positions

FIX_ALL = "source.fixAll.automation-validator"

MISTAKES = """\
tasks:
  a:
    name: "😀"
    comand: x
    triggeredBy: [manual, manual]
  b: {name: B, command: x, triggered_by: [manual], dependsOn: [aa]}
"""


def edited(text: str, edit: types.WorkspaceEdit | None, encoding: str = "utf-16") -> str:
    """A text after the edits of its one document, applied from its end to its beginning."""
    assert edit is not None
    if edit.document_changes is not None:
        (change,) = edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
    else:
        assert edit.changes is not None
        (made,) = edit.changes.values()
        edits = list(made)
    positions = Positions(text, encoding)
    spans = [positions.span(plain(each.range)) for each in edits]
    for span, each in sorted(
        zip(spans, edits, strict=True), reverse=True, key=lambda pair: pair[0]
    ):
        text = text[: span.start] + each.new_text + text[span.end :]
    return text


@pytest.mark.asyncio
@pytest.mark.parametrize("editor", ["visual-studio-code", "neovim@v0.11", "emacs"], indirect=True)
async def test_a_fix_where_the_finding_is(editor: Editor) -> None:
    uri = editor.open(MISTAKES)
    fix, ignore, *others = await editor.actions(uri, 3, 6, ["quickfix"])
    assert others == []
    assert fix.title == "Rename it to `command`"
    assert fix.kind == "quickfix"
    assert fix.is_preferred
    assert [each.code for each in fix.diagnostics or ()] == ["unknown-field"]
    assert edited(MISTAKES, fix.edit) == MISTAKES.replace("comand", "command")
    assert ignore.title == "Ignore `unknown-field` on this line"
    assert not ignore.is_preferred
    after = edited(MISTAKES, ignore.edit)
    assert "    # automation-validator: ignore[unknown-field]\n    comand: x\n" in after


@pytest.mark.asyncio
async def test_a_fix_of_what_the_editor_names(editor: Editor) -> None:
    uri = editor.open(MISTAKES)
    shown = await editor.diagnostics(uri)
    start = types.Position(3, 0)
    named = [each for each in shown if each.range.start.line == start.line]
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri),
        types.Range(start, start),
        types.CodeActionContext(named, ["quickfix"]),
    )
    found = await editor.client.text_document_code_action_async(params)
    assert [each.title for each in found or ()] == [
        "Rename it to `command`",
        "Ignore `unknown-field` on this line",
    ]
    assert await editor.actions(uri, 3, 0, ["quickfix"]) == []


@pytest.mark.asyncio
async def test_names_that_are_as_near_are_both_offered(editor: Editor) -> None:
    text = "".join(f"  db-{n}: {{name: D, command: x, triggeredBy: [manual]}}\n" for n in (13, 15))
    text = (
        f"tasks:\n{text}  c: {{name: C, command: x, dependsOn: [db-14], triggeredBy: [manual]}}\n"
    )
    uri = editor.open(text)
    one, other, ignore = await editor.actions(uri, 3, 41, ["quickfix"])
    assert [one.title, other.title] == ["Write `db-13`", "Write `db-15`"]
    assert not one.is_preferred
    assert edited(text, one.edit) == text.replace("db-14", "db-13")
    assert edited(text, other.edit) == text.replace("db-14", "db-15")
    assert ignore.title == "Ignore `unknown-dependency` on this line"


@pytest.mark.asyncio
async def test_edits_are_of_the_version_that_they_are_made_for(editor: Editor) -> None:
    uri = editor.open("# \n" + MISTAKES)
    editor.insert(uri, 5, 0, 2, "my tasks")
    (fix, _) = await editor.actions(uri, 4, 6, ["quickfix"])
    assert fix.edit is not None
    assert fix.edit.changes is None
    (change,) = fix.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (uri, 5)


@pytest.mark.asyncio
@pytest.mark.parametrize("editor", ["neovim@v0.11"], indirect=True)
async def test_edits_without_a_version_where_that_is_not_understood(editor: Editor) -> None:
    uri = editor.open(MISTAKES)
    (fix, _) = await editor.actions(uri, 3, 6, ["quickfix"])
    assert fix.edit is not None
    assert fix.edit.document_changes is None
    assert list(fix.edit.changes or {}) == [uri]


@pytest.mark.asyncio
async def test_no_action_where_nothing_is_found(editor: Editor) -> None:
    uri = editor.open(MISTAKES)
    assert await editor.actions(uri, 0, 0, ["quickfix"]) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "only",
    [
        ["source"],
        ["source.fixAll"],
        [FIX_ALL],
        [f"{FIX_ALL}.safe"],
        ["refactor", FIX_ALL],
        [""],
        [],
        None,
    ],
)
async def test_fix_all(editor: Editor, only: list[str] | None) -> None:
    uri = editor.open(MISTAKES)
    (action,) = await editor.actions(uri, 0, 0, only)
    assert action.kind == FIX_ALL
    after = edited(MISTAKES, action.edit)
    assert after == fix_text(MISTAKES).text
    assert [each.rule for each in check_text(after).findings] == ["unknown-dependency"]


@pytest.mark.asyncio
async def test_fix_all_is_not_offered_unasked(editor: Editor) -> None:
    uri = editor.open(MISTAKES)
    automatic = types.CodeActionTriggerKind.Automatic
    found = await editor.actions(uri, 3, 6, None, automatic)
    assert [each.kind for each in found] == ["quickfix", "quickfix"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "only",
    [
        ["refactor.inline"],
        ["source.organizeImports"],
        ["source.fixAll.another"],
        ["quick"],
        ["sourc"],
    ],
)
async def test_other_kinds(editor: Editor, only: list[str]) -> None:
    uri = editor.open(MISTAKES)
    assert await editor.actions(uri, 3, 6, only) == []


@pytest.mark.asyncio
async def test_a_finding_in_a_script_is_ignored_above_the_script(editor: Editor) -> None:
    text = (
        "services:\n  db:\n    name: D\n    triggeredBy: [manual]\n    commands:\n"
        "      start: |\n        cd /\n        docker run -d x\n"
    )
    uri = editor.open(text)
    fix, action = await editor.actions(uri, 7, 10, ["quickfix"])
    assert fix.title == "Remove `-d`"
    assert action.title == "Ignore `start-detaches` on this line"
    assert "      # automation-validator: ignore[start-detaches]\n      start: |" in edited(
        text, action.edit
    )
    assert check_text(edited(text, action.edit)).findings == ()


@pytest.mark.asyncio
async def test_json_is_read_as_json(editor: Editor) -> None:
    (editor.folder / "automation-validator.toml").write_text('files = ["*.json"]\n')
    good = '{"tasks": {"a": {"name": "A", "command": "x", "triggeredBy": ["manual"]}}}'
    text = good.replace('"tasks"', "tasks").replace("]}", "],}")
    uri = editor.open(text, "automations.json")
    shown = await editor.diagnostics(uri)
    assert [each.code for each in shown] == ["json-syntax", "json-syntax"]
    (fix,) = await editor.actions(uri, 0, 2, ["quickfix"])
    assert fix.title == "Put it in quotes"
    assert edited(text, fix.edit) == text.replace("tasks", '"tasks"')
    (everything,) = await editor.actions(uri, 0, 0, ["source.fixAll"])
    assert edited(text, everything.edit) == good
    other = editor.open(text, ".ona/automations.yaml")
    assert await editor.diagnostics(other) == []


@pytest.mark.asyncio
async def test_json_gets_no_comments(editor: Editor) -> None:
    (editor.folder / "automation-validator.toml").write_text('files = ["*.json"]\n')
    uri = editor.open('{"tasks": {"a": {"name": "A", "comand": "x"}}}', "automations.json")
    found = await editor.actions(uri, 0, 33, ["quickfix"])
    assert [each.title for each in found] == ["Rename it to `command`"]


@pytest.mark.asyncio
@pytest.mark.parametrize("editor", ["bare"], indirect=True)
async def test_an_editor_that_knows_only_commands_gets_none(editor: Editor) -> None:
    uri = editor.open(MISTAKES)
    assert await editor.actions(uri, 3, 6) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_in_every_encoding(client: Client, tmp_path: Path, encoding: str) -> None:
    given_ = capabilities("visual-studio-code")
    assert given_.general is not None
    given_.general.position_encodings = [types.PositionEncodingKind(encoding)]
    editor = Editor(client, tmp_path, given_)
    result = await editor.initialize()
    assert result.capabilities.position_encoding == encoding
    item = "{name: '😀é\u2028日', comand: x, triggeredBy: [manual]}"
    text = f"\ufeff# 日本語 😀\r\ntasks: {{a: {item}}}\r\n"
    uri = editor.open(text)
    (diagnostic,) = await editor.diagnostics(uri)
    span = Positions(text, encoding).span(plain(diagnostic.range))
    assert text[1:][span.start : span.end] == "comand"
    at = diagnostic.range.start
    (fix, _) = await editor.actions(uri, at.line, at.character, ["quickfix"])
    assert edited(text[1:], fix.edit, encoding) == text[1:].replace("comand", "command")


@pytest.mark.asyncio
async def test_an_older_file_can_be_migrated(editor: Editor) -> None:
    text = (
        "image: node:22\n"
        "tasks:\n"
        "  # The shop.\n"
        "  - name: Web\n"
        "    init: npm ci\n"
        "    command: npm run dev\n"
    )
    uri = editor.open(text)
    actions = await editor.actions(uri, 0, 0, ["quickfix"])
    (action,) = [each for each in actions if each.title == "Migrate this file"]
    assert edited(text, action.edit) == (
        "tasks:\n"
        "  # The shop.\n"
        "  web-init:\n"
        "    name: Web (init)\n"
        "    command: npm ci\n"
        "    triggeredBy:\n"
        "      - prebuild\n"
        "      - postDevcontainerStart\n"
        "\n"
        "services:\n"
        "  web:\n"
        "    name: Web\n"
        "    commands:\n"
        "      start: npm run dev\n"
        "    triggeredBy:\n"
        "      - postEnvironmentStart\n"
        "\n"
        "# For .devcontainer/devcontainer.json:\n"
        "# {\n"
        '#   "image": "node:22"\n'
        "# }\n"
    )
    assert check_text(edited(text, action.edit)).ok


@pytest.mark.asyncio
async def test_a_file_of_another_tool_is_not_migrated(editor: Editor) -> None:
    uri = editor.open("on: push\njobs:\n  build:\n    steps: []\n")
    titles = [each.title for each in await editor.actions(uri, 0, 0, ["quickfix"])]
    assert "Migrate this file" not in titles
