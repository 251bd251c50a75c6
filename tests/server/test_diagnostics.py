"""Findings reach the editor, pushed or pulled."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from lsprotocol import types

from tests.server.editors import NAMES, Client, Editor
from validator import addresses, all_rules, check_text
from validator.server import capabilities
from validator.server.documents import Documents
from validator.server.handlers.diagnostics import UNNECESSARY, diagnostics
from validator.server.settings import CurrentConfigurations

pytestmark = pytest.mark.asyncio

CYCLE = """\
tasks:
  a: {name: A, command: x, triggeredBy: [manual], dependsOn: [b]}
  b: {name: B, command: x, triggeredBy: [manual], dependsOn: [a]}
"""
MISSPELT = "tasks:\n  a: {name: A, comand: x, triggeredBy: [manual]}\n"
CLEAN = MISSPELT.replace("comand", "command")


async def found(editor: Editor, uri: str) -> list[types.Diagnostic]:
    """The diagnostics of a document, pushed or pulled depending on the editor."""
    if not editor.can.pulls:
        return await editor.diagnostics(uri)
    report = await editor.pull(uri)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return list(report.items)


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_a_mistake_is_shown_to_every_editor(editor: Editor) -> None:
    (diagnostic,) = await found(editor, editor.open(MISSPELT))
    assert diagnostic.code == "unknown-field"
    assert diagnostic.source == "automation-validator"
    assert diagnostic.severity == types.DiagnosticSeverity.Error
    assert diagnostic.message == check_text(MISSPELT).findings[0].message
    assert diagnostic.range == types.Range(types.Position(1, 15), types.Position(1, 21))


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_every_edge_of_a_cycle_is_related_or_in_the_message(editor: Editor) -> None:
    uri = editor.open(CYCLE)
    (diagnostic,) = await found(editor, uri)
    edges = ["`a` depends on `b`", "`b` depends on `a`"]
    if diagnostic.related_information:
        assert [each.message for each in diagnostic.related_information] == edges
        places = [each.location for each in diagnostic.related_information]
        assert {each.uri for each in places} == {uri}
        assert [each.range.start.line for each in places] == [1, 2]
    else:
        assert diagnostic.message.split("\n")[1:] == [f"line 2: {edges[0]}", f"line 3: {edges[1]}"]


async def test_the_related_places_are_bounded() -> None:
    text = "tasks:\n" + "".join(f"  t{at}: {{name: T, command: x}}\n" for at in range(1000))
    document = Documents(CurrentConfigurations(print)).open("untitled:a", 1, text)
    report = check_text(text)
    (shown,) = diagnostics(report, document, capabilities.Client(related=True))
    assert len(shown["relatedInformation"]) == 100


@pytest.mark.parametrize("editor", NAMES, indirect=True)
async def test_a_finding_leads_to_the_page_on_its_rule(editor: Editor) -> None:
    (diagnostic,) = await found(editor, editor.open(MISSPELT))
    if not editor.can.described:
        assert diagnostic.code_description is None
        return
    assert diagnostic.code_description is not None
    page = Path(url2pathname(urlsplit(diagnostic.code_description.href).path))
    assert page.read_text(encoding="utf-8").startswith("# unknown-field\n")
    assert page.stem == diagnostic.code == "unknown-field"


async def test_a_finding_leads_to_the_site_once_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = Documents(CurrentConfigurations(print)).open("untitled:a", 1, MISSPELT)
    monkeypatch.setattr(addresses, "SITE", "https://docs.example")
    editor = capabilities.Client(described=True)
    (made,) = diagnostics(check_text(MISSPELT), document, editor)
    assert made["codeDescription"] == {"href": "https://docs.example/rules/unknown-field/"}


async def test_severities_and_tags(editor: Editor) -> None:
    text = "tasks:\n  a: {name: A, command: x, triggeredBy: [manual, manual]}\n"
    (diagnostic,) = await editor.diagnostics(editor.open(text))
    assert diagnostic.code == "duplicate-trigger"
    assert diagnostic.severity == types.DiagnosticSeverity.Warning
    assert list(diagnostic.tags or ()) == [types.DiagnosticTag.Unnecessary]


@pytest.mark.parametrize("editor", ["bare"], indirect=True)
async def test_no_tags_where_they_are_not_understood(editor: Editor) -> None:
    text = "tasks:\n  a: {name: A, command: x, triggeredBy: [manual, manual]}\n"
    (diagnostic,) = await editor.diagnostics(editor.open(text))
    assert diagnostic.tags is None


async def test_the_rules_that_are_tagged_exist() -> None:
    assert all_rules().keys() >= UNNECESSARY


async def test_a_clean_document_has_none(editor: Editor) -> None:
    assert await editor.diagnostics(editor.open(CLEAN)) == []


async def test_broken_yaml_has_its_finding(editor: Editor) -> None:
    (diagnostic,) = await editor.diagnostics(editor.open("tasks:\n  a: [\n"))
    assert diagnostic.code == "yaml-syntax"


async def test_they_follow_the_edits(editor: Editor) -> None:
    uri = editor.open(MISSPELT)
    await editor.diagnostics(uri)
    editor.insert(uri, 2, 1, 17, "m")
    assert editor.published == []
    assert await editor.diagnostics(uri) == []


async def test_of_a_burst_of_edits_only_the_last_version_is_checked(editor: Editor) -> None:
    uri = editor.open(CLEAN)
    await editor.diagnostics(uri)
    for version in range(2, 51):
        editor.insert(uri, version, 1, 13, "A")
    editor.insert(uri, 51, 1, 6, "nonsense: 1, ")
    await editor.until(lambda: bool(editor.published))
    await asyncio.sleep(0.3)
    (published,) = editor.published
    (diagnostic,) = published.diagnostics
    assert diagnostic.message.startswith("`nonsense` is not a field of a task")


async def test_they_name_their_version_where_that_is_read(client: Client, tmp_path: Path) -> None:
    push = types.PublishDiagnosticsClientCapabilities(version_support=True)
    text_document = types.TextDocumentClientCapabilities(publish_diagnostics=push)
    editor = Editor(client, tmp_path, types.ClientCapabilities(text_document=text_document))
    await editor.initialize()
    uri = editor.open(CLEAN)
    await editor.until(lambda: len(editor.published) == 1)
    editor.replace(uri, 7, MISSPELT)
    await editor.until(lambda: len(editor.published) == 2)
    assert [each.version for each in editor.published] == [1, 7]


async def test_a_closed_document_has_none(editor: Editor) -> None:
    uri = editor.open(MISSPELT)
    await editor.diagnostics(uri)
    editor.close(uri)
    assert await editor.diagnostics(uri) == []


@pytest.mark.parametrize(
    "path",
    ["automations.yaml", "docker-compose.yml", ".ona/other.yaml", ".ona/automations.yaml.orig"],
)
async def test_only_automations_files_are_served(editor: Editor, path: str) -> None:
    editor.open(MISSPELT, path)
    uri = editor.open(MISSPELT)
    await editor.diagnostics(uri)
    assert editor.published == []


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "git:/x/.ona/automations.yaml", "http://[", ""]
)
async def test_only_files_are_served(editor: Editor, uri: str) -> None:
    item = types.TextDocumentItem(uri, "yaml", 1, MISSPELT)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await editor.diagnostics(editor.open(MISSPELT))
    assert uri not in [each.uri for each in editor.client.published]


@pytest.mark.parametrize("editor", ["neovim@v0.11"], indirect=True)
async def test_who_asks_is_told_once(editor: Editor) -> None:
    uri = editor.open(MISSPELT)
    first = await editor.pull(uri)
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    assert [each.code for each in first.items] == ["unknown-field"]
    again = await editor.pull(uri, first.result_id)
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    editor.insert(uri, 2, 1, 17, "m")
    last = await editor.pull(uri, first.result_id)
    assert isinstance(last, types.RelatedFullDocumentDiagnosticReport)
    assert not last.items
    assert editor.published == []


@pytest.mark.parametrize("editor", ["neovim@v0.11"], indirect=True)
async def test_who_asks_during_a_burst_is_told_of_its_end(editor: Editor) -> None:
    uri = editor.open(CLEAN)
    asked = []
    for version, letter in enumerate("comand", 2):
        editor.insert(uri, version, 0, 0, f"# {letter}\n")
        asked.append(asyncio.ensure_future(editor.pull(uri)))
        await asyncio.sleep(0)
    editor.replace(uri, 9, MISSPELT)
    for report in await asyncio.gather(*asked):
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert [each.code for each in report.items] == ["unknown-field"]


@pytest.mark.parametrize("editor", ["neovim@v0.11"], indirect=True)
async def test_a_document_that_is_not_open_has_none(editor: Editor) -> None:
    report = await editor.pull(editor.uri())
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert not report.items
