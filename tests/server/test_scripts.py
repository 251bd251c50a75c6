"""shellcheck's comments reach the editor after the other findings."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types

from tests.optional import needs_shellcheck
from tests.server.editors import NAMES, Editor
from tests.server.test_diagnostics import found

pytestmark = [pytest.mark.asyncio, needs_shellcheck]

TASK = "tasks:\n  a:\n    name: A\n    triggeredBy: [manual]\n    command: ls {}\n"
PLACE = types.Range(types.Position(4, 16), types.Position(4, 22))


def codes(params: types.PublishDiagnosticsParams) -> list[object]:
    return [each.code for each in params.diagnostics]


async def test_a_comment_follows_the_other_findings(editor: Editor) -> None:
    uri = editor.open(TASK.format("$FIRST") + "    descr: A\n")
    await editor.until(lambda: len(editor.published) == 2)
    assert list(map(codes, editor.published)) == [
        ["unknown-field"],
        ["SC2086", "unknown-field"],
    ]
    comment = editor.published[1].diagnostics[0]
    assert comment.range == PLACE
    assert comment.severity == types.DiagnosticSeverity.Hint
    assert comment.code_description is not None
    assert comment.code_description.href == "https://www.shellcheck.net/wiki/SC2086"
    # What shellcheck has said of a script is there at once from now on.
    editor.client.published.clear()
    editor.replace(uri, 2, TASK.format("$FIRST"))
    await editor.until(lambda: bool(editor.published))
    await asyncio.sleep(0.5)
    assert list(map(codes, editor.published)) == [["SC2086"]]


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_every_editor_gets_it(editor: Editor) -> None:
    uri = editor.open(TASK.format(f"$E{len(str(editor.given))}"))
    if editor.can.pulls:
        assert [each.code for each in await found(editor, uri)] == ["SC2086"]
    else:
        await editor.until(lambda: any(each.diagnostics for each in editor.published))
        assert codes(editor.published[-1]) == ["SC2086"]


async def test_an_edit_ends_the_check_of_the_text_before(editor: Editor) -> None:
    uri = editor.open(TASK.format("x"))
    for version in range(2, 8):
        editor.replace(uri, version, TASK.format(f"$V{version}"))
        await asyncio.sleep(0.1)
    await editor.until(lambda: any(each.diagnostics for each in editor.published))
    await asyncio.sleep(0.5)
    # Only of the last text, as each of the others was there for too short a time.
    assert [codes(each) for each in editor.published if each.diagnostics] == [["SC2086"]]


async def test_its_fix_and_a_comment_that_ignores_it_are_offered(editor: Editor) -> None:
    uri = editor.open(TASK.format("$SECOND"))
    await editor.until(lambda: any(each.diagnostics for each in editor.published))
    actions = await editor.actions(uri, 4, 18, ["quickfix"])
    assert [each.title for each in actions] == [
        "Make shellcheck's fix of SC2086",
        "Ignore `SC2086` on this line",
    ]


async def test_the_configuration_can_turn_it_off(editor: Editor) -> None:
    (editor.folder / "automation-validator.toml").write_text('shellcheck = "off"\n')
    editor.open(TASK.format("$THIRD"))
    await editor.until(lambda: bool(editor.published))
    await asyncio.sleep(0.5)
    assert list(map(codes, editor.published)) == [[]]
