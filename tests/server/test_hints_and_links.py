"""Inlay hints, links, commands, and what an editor can switch off."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.server.editors import NAMES, Client, Editor, capabilities
from validator.rules import all_rules
from validator.server.kinds import GRAPH, PLAN
from validator.suppression import OUT_OF_REACH

pytestmark = pytest.mark.asyncio

TEXT = """\
# automation-validator: ignore-file[never-triggered, SC2086]
tasks:
  install: {name: I, command: bash scripts/in.sh; ./missing.sh, triggeredBy: [prebuild]}
  build: {name: "😀", command: make, dependsOn: [install], triggeredBy: [manual]}
"""
WEEKLY = ".ona/automations/weekly.yaml"
CRON = 'triggers: [{time: {cronExpression: "0 9 * * 1"}}]\n'


async def hints(editor: Editor, uri: str) -> list[tuple[int, int, object]]:
    whole = types.Range(types.Position(0, 0), types.Position(100, 0))
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), whole)
    found = await editor.client.text_document_inlay_hint_async(params)
    return [(each.position.line, each.position.character, each.label) for each in found or ()]


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_inlay_hints(editor: Editor) -> None:
    assert await hints(editor, editor.open(TEXT)) == [(3, 8, "2nd, after install")]
    assert await hints(editor, editor.open(CRON, WEEKLY)) == [(0, 46, "at 09:00 on Monday")]


async def test_hints_can_be_switched_off(client: Client, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path, capabilities("visual-studio-code"))
    await editor.initialize(settings={"inlayHints": {"order": False}})
    uri, weekly = editor.open(TEXT), editor.open(CRON, WEEKLY)
    assert await hints(editor, uri) == []
    assert len(await hints(editor, weekly)) == 1
    settings = {"automation-validator": {"inlayHints": {"cron": False}}}
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    assert len(await hints(editor, uri)) == 1
    assert await hints(editor, weekly) == []


async def test_links(client: Client, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path, capabilities("visual-studio-code"))
    await editor.initialize()
    script = tmp_path / "scripts/in.sh"
    script.parent.mkdir()
    script.write_text("make\n")
    uri = editor.open(TEXT)
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
    found = await client.text_document_document_link_async(params)
    lines = TEXT.splitlines()
    shown = {
        lines[each.range.start.line][each.range.start.character : each.range.end.character]: (
            each.target or ""
        )
        for each in found or ()
    }
    assert shown["scripts/in.sh"] == script.as_uri()
    assert shown["never-triggered"].endswith("docs/rules/never-triggered.md")
    assert shown["SC2086"].startswith("https://")
    assert len(shown) == 3


OWN_RULES = """\
[[rules]]
name = "acme-description"
on = "tasks.*"
schema = { required = ["description"] }
message = "every task needs a `description`"
why = "Newcomers choose [tasks](http://evil.example) by it."
"""
SUPPRESSED = """\
tasks:
  # automation-validator: ignore[never-triggered, acme-description, SC2086]
  a: {name: A, command: x}
  b: {name: B, command: x}
"""


async def hovered(editor: Editor, uri: str, line: int, character: int) -> str | None:
    identifier = types.TextDocumentIdentifier(uri)
    params = types.HoverParams(identifier, types.Position(line, character))
    found = await editor.client.text_document_hover_async(params)
    if found is None:
        return None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def test_hover_explains_rules_in_comments_and_findings_of_own_ones(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "automation-validator.toml").write_text(OWN_RULES)
    editor = Editor(client, tmp_path, capabilities("visual-studio-code"))
    await editor.initialize()
    uri = editor.open(SUPPRESSED)
    never = await hovered(editor, uri, 1, 40)
    assert never is not None
    assert all_rules()["never-triggered"].why in never
    own = await hovered(editor, uri, 1, 50)
    assert own is not None
    assert own.startswith("every task needs a `description`\\.\n\nNewcomers choose \\[tasks\\]\\(")
    assert "automation\\-validator\\.toml" in own
    assert await hovered(editor, uri, 1, 4) is None
    assert await hovered(editor, uri, 1, 70) is None
    await editor.diagnostics(uri)
    # The second task has a finding, and the first one's is suppressed.
    suppressed, found = await hovered(editor, uri, 2, 2), await hovered(editor, uri, 3, 2)
    assert suppressed is not None
    assert found is not None
    assert "Newcomers" not in suppressed
    assert found.endswith(own)


async def completed(editor: Editor, text: str) -> list[str] | None:
    """The labels of what can be written at the end of the text's `|`, in the order of the list."""
    before, after = text.split("|")
    uri = editor.open(before + after)
    await editor.diagnostics(uri)
    lines = before.split("\n")
    identifier = types.TextDocumentIdentifier(uri)
    position = types.Position(len(lines) - 1, len(lines[-1]))
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(identifier, position)
    )
    assert isinstance(found, list)
    for each in found:
        assert isinstance(each.text_edit, types.TextEdit)
        assert each.text_edit.range.end == types.Position(len(lines) - 1, len(lines[-1]) + 2)
    return [each.label for each in sorted(found, key=lambda each: each.sort_text or "")]


async def test_comments_are_completed_with_rules(client: Client, tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(OWN_RULES)
    editor = Editor(client, tmp_path, capabilities("visual-studio-code"))
    await editor.initialize()
    comment = "  # automation-validator: ignore[never-triggered, no|xx]\n"
    names = await completed(editor, f"tasks:\n{comment}  a: {{name: A, command: x}}\n")
    assert names is not None
    reachable = {*all_rules()} - OUT_OF_REACH | {"acme-description"}
    assert names[0] == "acme-description"
    assert {*names} == reachable - {"never-triggered"}
    inside = f"tasks:\n  a:\n    name: A\n    command: >-\n      x\n    {comment}"
    assert "unknown-field" not in (await completed(editor, inside) or [])


async def test_a_file_outside_of_the_workspace_has_no_link(client: Client, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.sh").write_text("")
    (inside / "link.sh").symlink_to(tmp_path / "secret.sh")
    editor = Editor(client, inside, capabilities("visual-studio-code"))
    await editor.initialize()
    uri = editor.open("tasks:\n  a: {name: A, command: ../secret.sh; ./link.sh}\n")
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
    assert not await client.text_document_document_link_async(params)


async def run(editor: Editor, command: str, *arguments: types.LSPAny) -> str:
    params = types.ExecuteCommandParams(command, list(arguments))
    return str(await editor.client.workspace_execute_command_async(params))


async def test_commands_return_the_plan_and_the_graph(editor: Editor) -> None:
    uri = editor.open(TEXT)
    plan = await run(editor, PLAN, {"uri": uri})
    assert "install" in plan
    assert "\x1b" not in plan
    assert '"steps"' in await run(editor, PLAN, {"uri": uri, "format": "json", "task": "build"})
    assert (await run(editor, GRAPH, {"uri": uri})).startswith("<!doctype html>")
    assert (await run(editor, GRAPH, {"uri": uri, "format": "svg"})).startswith("<svg")


@pytest.mark.parametrize(
    ("text", "command", "arguments", "reason"),
    [
        (TEXT, PLAN, {}, "the argument must be an object with a `uri`"),
        (TEXT, PLAN, {"format": "xml"}, "`format` must be one of text, mermaid, json"),
        (TEXT, PLAN, {"task": "no"}, "there is no such task, service or trigger"),
        (TEXT, PLAN, {"trigger": 1}, "there is no such task, service or trigger"),
        ("tasks: []", PLAN, {"format": "text"}, "a file with errors has no plan"),
        ("tasks: [", GRAPH, {"format": "svg"}, "a file that can't be read has no graph"),
    ],
)
async def test_commands_say_why_there_is_no_result(
    editor: Editor, text: str, command: str, arguments: dict[str, types.LSPAny], reason: str
) -> None:
    uri = editor.open(text)
    with pytest.raises(JsonRpcException, match=reason):
        await run(editor, command, {"uri": uri, **arguments} if arguments else {})


async def test_secrets_are_hidden(editor: Editor) -> None:
    token = "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8"
    uri = editor.open(f"tasks:\n  a: {{name: A, command: x {token}, triggeredBy: [manual]}}\n")
    for command in (PLAN, GRAPH):
        for format_ in ("json", "mermaid"):
            assert token not in await run(editor, command, {"uri": uri, "format": format_})


async def test_lenses_run_the_command_of_an_editor(client: Client, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path, capabilities("visual-studio-code"))
    await editor.initialize(settings={"planCommand": "mine.showPlan"})
    uri = editor.open(TEXT)
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    first = (await client.text_document_code_lens_async(params) or ())[0]
    assert first.command is not None
    assert first.command.command == "mine.showPlan"
    assert list(first.command.arguments or ()) == [uri, "install"]
