"""The kind of a document, inferred from its content or its path, or given by the caller."""

import json
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.full_documents import DOCUMENTS, IN_API_SPELLING, in_sdk_spelling
from tests.optional import needs_posix
from validator import check_file, check_text
from validator.kinds import KINDS, KNOWN_PATHS, is_known_path, known_place
from validator.schemas import of_kind

AUTOMATIONS_FILES = [
    "",
    "# nothing yet",
    "{}",
    "null",
    "text",
    "[]",
    "[1, 2]",
    "tasks:",
    "tasks: []",
    "tasks: {}\nservices:",
    "services: []\ntasks: []",
    # The older `.gitpod.yml`, and other formats.
    "tasks:\n  - init: npm ci\n    command: npm start\n",
    "tasks:\n  - name: Build\n    before: x\nports: []\n",
    "version: 1\nautomations: []\n",
    "apiVersion: v1\nkind: Task\nmetadata: {name: x}\nspec: {command: x}\n",
    # Entries without their section.
    "build: {name: Build, command: make}\n",
    "name: Build\ncommand: make\nid: build\n",
    "id: build\nname: Build\ncommand: make\ntriggeredBy: [manual]\n",
    "manual: true\nname: x\n",
    # A truncated API document can't be distinguished from a broken file.
    "tasks: {id: x}\npagination: {}\n",
]

UNCLEAR = {
    "{id: x}": [
        *("environment-class", "service", "task", "task-execution"),
        *("workflow", "workflow-execution", "workflow-execution-action"),
    ],
    "{id: x, environmentId: x}": ["service", "task"],
    "{id: x, metadata: {reference: x}}": ["service", "task"],
    "{id: x, metadata: {created_at: x}}": ["service", "task", "task-execution", "workflow"],
    "{id: x, metadata: {workflowId: x}}": ["workflow-execution", "workflow-execution-action"],
    "{id: x, status: {phase: x}}": [
        *("service", "task-execution", "workflow-execution", "workflow-execution-action"),
    ],
    "{pagination: }": [
        *("service-list", "task-execution-list", "task-list", "workflow-execution-action-list"),
        *("workflow-execution-list", "workflow-list"),
    ],
    "{services: [{id: x}], tasks: {a: {name: a}}}": ["automations-file", "environment"],
}

TOLD = {
    "{id: x, spec: {command: x}}": "task",
    "{id: x, depends_on: [x]}": "task",
    "{id: x, spec: {commands: {}}}": "service",
    "{id: x, metadata: {role: x}}": "service",
    "{id: x, status: {phase: SERVICE_PHASE_GONE}}": "service",
    "{id: x, status: {phase: TASK_EXECUTION_PHASE_GONE}}": "task-execution",
    "{id: x, metadata: {taskId: x}, status: {}}": "task-execution",
    "{id: x, spec: {plan: []}}": "task-execution",
    "{runner_id: x}": "environment-class",
    "{id: x, displayName: x, enabled: yes}": "environment-class",
    "{post_machine_start: true, manual: false}": "automation-trigger",
    "{statuses: }": "status-history",
    "{task_executions: []}": "task-execution-list",
    "{tasks: [{id: x}]}": "task-list",
    "{tasks: [{init: x}, {metadata: {}}]}": "task-list",
    "{services: [], pagination: {}}": "service-list",
    "{services: [{spec: x}], tasks: }": "environment",
    "{services: [], tasks: [{id: x}]}": "environment",
    "{triggers: [{context: x}]}": "workflow-file",
    "{name: x, triggers: [], action: {steps: x}}": "workflow-file",
    "{id: x, spec: {triggers: []}}": "workflow",
    "{id: x, status: {pending_action_count: 1}}": "workflow-execution",
    "{id: x, status: {phase: WORKFLOW_EXECUTION_PHASE_GONE}}": "workflow-execution",
    "{id: x, status: {phase: WORKFLOW_EXECUTION_ACTION_PHASE_GONE}}": "workflow-execution-action",
    "{id: x, status: {stepStatuses: []}}": "workflow-execution-action",
    "{workflows: []}": "workflow-list",
    "{workflow_executions: []}": "workflow-execution-list",
    "{workflowExecutionActions: []}": "workflow-execution-action-list",
}


@pytest.mark.parametrize("text", AUTOMATIONS_FILES)
def test_what_is_no_api_document_is_an_automations_file(text: str) -> None:
    report = check_text(text)
    assert report.kind == "automations-file"
    assert report.findings == check_text(text, kind="automations-file").findings


@needs_corpus
@pytest.mark.parametrize("name", verdicts())
def test_real_files_are_automations_files(name: str) -> None:
    assert check_file(FOLDER / name).kind == "automations-file"


@pytest.mark.parametrize("text", TOLD)
def test_the_shape_tells(text: str) -> None:
    assert check_text(text).kind == TOLD[text]


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_the_schemas_are_told(kind: str) -> None:
    for example in of_kind(kind).value["examples"]:
        assert check_text(json.dumps(example)).kind == kind


@pytest.mark.parametrize(("kind", "document"), DOCUMENTS)
def test_full_documents_are_told_and_accepted(kind: str, document: object) -> None:
    for each in (document, in_sdk_spelling(document)):
        report = check_text(json.dumps(each))
        assert report.kind == kind
        assert report.ok


@pytest.mark.parametrize("text", UNCLEAR)
def test_an_unclear_shape_is_one_finding_that_names_the_kinds(text: str) -> None:
    report = check_text(text)
    assert report.kind == "unknown"
    (finding,) = report.findings
    assert finding.rule == "ambiguous-kind"
    for kind in KINDS:
        assert (f"`{kind}`" in finding.message) == (kind in UNCLEAR[text])
    assert "`--kind`" in finding.message


def test_a_list_of_api_objects_is_no_document() -> None:
    (finding,) = check_text("[{id: x, spec: {command: x}}]").findings
    assert finding.rule == "ambiguous-kind"
    assert "a list is not a document" in finding.message


def test_a_kind_that_is_given_is_not_looked_for() -> None:
    task = json.dumps(IN_API_SPELLING["task"])
    assert check_text(task, kind="task").ok
    assert not check_text(task, kind="service").ok
    assert {each.rule for each in check_text(task, kind="automations-file").findings} == {
        "unknown-field"
    }
    assert check_text("{id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11}", kind="task").ok


def test_an_automations_file_is_known_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / ".ona" / "automations.yaml"
    path.parent.mkdir()
    path.write_text(json.dumps(IN_API_SPELLING["task"]))
    assert check_file(path).kind == "automations-file"
    assert check_file(path, kind="task").kind == "task"
    assert check_text("{id: x}", path=".gitpod/automations.yml").kind == "automations-file"
    assert check_text("{id: x}", path=".ona/config.yaml").kind == "automations-file"
    assert check_text("{id: x}", path=".gitpod/config.yaml").kind == "unknown"
    assert check_text("{id: x}", path="not.ona/automations.yaml").kind == "unknown"


def test_a_workflow_file_is_known_by_its_path(tmp_path: Path) -> None:
    for folder in (".ona/automations", ".ona/ai-automations", "ona/ai-automations"):
        assert check_text("name: x\n", path=f"{folder}/x.yaml").kind == "workflow-file"
        assert check_text("", path=str(tmp_path / folder / "x.yml")).kind == "workflow-file"
        # The command for tasks and services takes a file from anywhere.
        text = "tasks: {a: {name: A, command: a}}\n"
        assert check_text(text, path=f"{folder}/x.yaml").kind == "automations-file"
    for path in ("ona/automations/x.yaml", ".ona/automations/x/x.yaml", ".ona/automations/x.txt"):
        assert check_text("name: x\n", path=path).kind == "automations-file"


def test_an_empty_workflow_file_is_an_error() -> None:
    (finding,) = check_text("# nothing\n", path=".ona/automations/x.yaml").findings
    assert finding.rule == "empty-value"
    assert finding.message == ("the automation is empty; give it `name`, `triggers` and `action`")


@needs_posix
@pytest.mark.parametrize("known", KNOWN_PATHS)
def test_a_known_path_is_known_from_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    inner, name = known.split("/")
    folder = tmp_path / inner
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(folder)
    for here, path in [
        (folder, name),
        (folder, f"./{name}"),
        (folder / "sub", f"../{name}"),
        (tmp_path, f"./{known}"),
        (tmp_path, f"link/{name}"),
        (tmp_path, f"{inner}/sub/../{name}"),
        (tmp_path, str(tmp_path / known)),
    ]:
        monkeypatch.chdir(here)
        assert is_known_path(path)
        place = known_place(path)
        assert place is not None
        assert place[1] == known
        assert Path(place[0]).resolve() == tmp_path
    monkeypatch.chdir(tmp_path)
    assert not any(is_known_path(path) for path in (name, f"./{name}", f"{known}/{name}", "a\0b"))


def test_where_the_current_folder_was_deleted_no_bare_name_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ".ona"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert not is_known_path("config.yaml")
    assert is_known_path("/x/.ona/config.yaml")


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/reference/command-line.md",
        "docs/guides/editors.md",
        "editors/vscode/README.md",
    ],
)
def test_the_pages_name_the_known_paths(page: str) -> None:
    """With one ending or with both."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for known in KNOWN_PATHS:
        assert f"`{known.replace('.yml', '.yaml')}`" in text
    assert page == "README.md" or "`.yml`" in text


@pytest.mark.parametrize("text", ["", "# nothing\n", "null", "---\n"])
@pytest.mark.parametrize("kind", sorted({*KINDS} - {"automations-file"}))
def test_only_an_automations_file_may_be_empty(kind: str, text: str) -> None:
    (finding,) = check_text(text, kind=kind).findings
    assert finding.rule == "empty-value"
    assert finding.message.startswith("the ")
    assert "is empty; give it `" in finding.message
