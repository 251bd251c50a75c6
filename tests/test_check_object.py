"""Documents that are Python objects: plain data, models, messages; and what can't be one."""

from __future__ import annotations

import datetime
import enum
import json
from collections import ChainMap, UserString
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from gitpod.v1 import environment_automation_pb2 as automation_pb2
from google.protobuf.json_format import ParseDict

from tests import oracle
from tests.full_documents import DOCUMENTS, IDS, IN_API_SPELLING
from tests.optional import NEEDS
from tests.reports import written
from validator import (
    Config,
    Limits,
    check_object,
    check_status_history,
    check_text,
    output,
    pipeline,
    schemas,
)
from validator.parsing.objects import pointers, to_nodes

FIXTURES = Path(__file__).parents[1] / "fixtures" / "rules"
TASK = IN_API_SPELLING["task"]
# Rules that only apply to text.
OF_TEXTS = {
    *("alias-expansion", "duplicate-key", "empty-document", "encoding", "invalid-suppression"),
    *("multiple-documents", "recursive-alias", "too-deep", "unsupported-tag"),
    *("unused-suppression", "yaml-syntax", "json-syntax", "ambiguous-value", "duplicate-anchor"),
}


class IntKey(enum.IntEnum):
    ONE = 1


def found(value: Any, kind: str | None = None) -> list[tuple[str, str]]:
    return [(each.rule, each.pointer) for each in check_object(value, kind).findings]


@pytest.mark.parametrize(("kind", "document"), DOCUMENTS)
def test_full_documents(kind: str, document: object) -> None:
    report = check_object(document, kind)
    assert report.ok
    assert (report.path, report.kind, report.text.value) == (None, kind, "")


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(FIXTURES.glob("*/*.yaml")) if path.parent.name not in OF_TEXTS],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_an_object_has_the_findings_of_its_text(path: Path, monkeypatch: Any) -> None:
    # An object has no fixes, so no hidden errors are looked for.
    monkeypatch.setattr(pipeline, "_may_hide_errors", lambda _problems: False)
    report = check_text(path.read_bytes())
    text = report.text.value
    if "&" in text or "automation-validator:" in text:
        pytest.skip("anchors and comments are only in texts")
    # As JSON, so that numbers and dates have the same spelling.
    value = json.loads(json.dumps(yaml.safe_load(text), default=str, skipkeys=True))
    written_again = json.dumps(value)
    if "Infinity" in written_again:
        pytest.skip("JSON has no such number")
    in_object, in_text = check_object(value), check_text(written_again)
    assert in_object.kind == in_text.kind
    assert [
        (each.rule, each.severity, each.message, each.pointer, len(each.related))
        for each in in_object.findings
    ] == [
        (each.rule, each.severity, each.message, each.pointer, len(each.related))
        for each in in_text.findings
    ]
    for finding in in_object.findings:
        assert finding.place is None
        assert finding.fixes == ()


def test_related_places_are_pointers() -> None:
    tasks = {
        "a": {"name": "A", "command": "a", "dependsOn": ["b"], "triggeredBy": ["manual"]},
        "b": {"name": "B", "command": "b", "dependsOn": ["a"]},
    }
    (finding,) = check_object({"tasks": tasks}).findings
    assert finding.rule == "dependency-cycle"
    assert [(each.place, each.pointer) for each in finding.related] == [
        (None, "/tasks/a/dependsOn/0"),
        (None, "/tasks/b/dependsOn/0"),
    ]


def test_every_value_has_a_pointer() -> None:
    root = to_nodes({"a/b": [1, {"": None}]})
    assert sorted(pointers(root, range(10)).values()) == ["", "/a~1b", "/a~1b", *sorted(ALL)]


ALL = ["/a~1b/0", "/a~1b/1", "/a~1b/1/", "/a~1b/1/"]


# --- Accepted objects ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(oracle.MESSAGES.keys() & IN_API_SPELLING.keys()))
def test_messages(kind: str) -> None:
    message = ParseDict(IN_API_SPELLING[kind], oracle.MESSAGES[kind]())
    report = check_object(message)
    assert (report.kind, report.ok) == (kind, True)


def test_the_type_of_a_message_tells_its_kind() -> None:
    message = automation_pb2.Task(id="x")
    report = check_object(message)
    assert report.kind == "task"
    assert found(message) == [("invalid-format", "/id")]
    assert found(message, "service") == [("invalid-format", "/id")]


def test_messages_inside_plain_data() -> None:
    tasks = [automation_pb2.Task(id=IDS[0]), automation_pb2.Task(id="x")]
    assert found({"tasks": tasks, "services": []}) == [("invalid-format", "/tasks/1/id")]
    response = automation_pb2.ListTasksResponse(tasks=tasks)
    assert found({"tasks": response.tasks}, "environment") == [("invalid-format", "/tasks/1/id")]


def test_a_message_without_a_json_form() -> None:
    message = automation_pb2.Task(id=IDS[0])
    message.metadata.created_at.seconds = 2**60
    with pytest.raises(TypeError, match="a protobuf message has no JSON form"):
        check_object(message)


def test_models_of_pydantic() -> None:
    pydantic = pytest.importorskip("pydantic", reason=f"{NEEDS}the package pydantic")
    metadata = pydantic.create_model(
        "Metadata", created_at=(datetime.datetime, ...), creator=(str | None, None)
    )
    task = pydantic.create_model("Task", id=(str, ...), metadata=(metadata, ...))
    now = datetime.datetime.now(datetime.timezone.utc)
    model = task(id=IDS[0], metadata={"created_at": now})
    assert found(model, "task") == []
    assert found({"tasks": [model]}) == []
    # The way the SDK makes objects of API responses, without validation.
    broken = task.model_construct(id=7, metadata=metadata.model_construct(created_at="now"))
    assert found(broken, "task") == [
        ("wrong-type", "/id"),
        ("invalid-format", "/metadata/created_at"),
    ]


def test_other_mappings_sequences_and_values() -> None:
    class Phase(str, enum.Enum):
        RUNNING = "TASK_EXECUTION_PHASE_RUNNING"

    class Number(enum.IntEnum):
        RUNNING = 2

    assert found({"statuses": ({"phase": Phase.RUNNING},)}) == []
    assert found({"statuses": [{"phase": Number.RUNNING}]}) == [("wrong-type", "/statuses/0/phase")]
    assert found(ChainMap({"spec": {}}, TASK)) == []


def test_dates() -> None:
    def task(created: object) -> dict[str, object]:
        return {"id": IDS[0], "spec": {"command": "x"}, "metadata": {"createdAt": created}}

    utc = datetime.datetime(2025, 3, 1, 9, 30, tzinfo=datetime.timezone.utc)
    assert found(task(utc)) == []
    assert found(task(utc.replace(tzinfo=None))) == [("invalid-format", "/metadata/createdAt")]
    assert found(task(utc.date())) == [("invalid-format", "/metadata/createdAt")]


@pytest.mark.parametrize(
    ("version", "rules"),
    [
        (0, []),
        (2**64 - 1, []),
        (5.0, []),
        (2**64, ["invalid-value"]),
        (-1, ["invalid-value"]),
        (1.5, ["wrong-type"]),
        (True, ["wrong-type"]),
        (float("nan"), ["wrong-type"]),
        (float("inf"), ["wrong-type"]),
        (10**5000, ["wrong-type"]),
        (-(10**5000), ["wrong-type"]),
    ],
    # pytest can't name the longest.
    ids=range(11),
)
def test_numbers(version: float, rules: list[str]) -> None:
    assert [rule for rule, _ in found({"statuses": [{"statusVersion": version}]})] == rules


def test_a_history_of_statuses() -> None:
    assert check_status_history([]).ok
    report = check_status_history(iter([{"phase": "TASK_EXECUTION_PHASE_RUNNING"}, {"fase": 1}]))
    assert [(each.rule, each.pointer) for each in report.findings] == [
        ("unknown-field", "/statuses/1/fase")
    ]
    assert check_status_history([automation_pb2.TaskExecutionStatus()]).ok


# --- What can't be a document ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"id": b"x"}, "a document can't contain a value of type bytes, at /id"),
        ({"id": {1, 2}}, "a document can't contain a value of type set, at /id"),
        (
            {"tasks": [{"id": 1j}]},
            "a document can't contain a value of type complex, at /tasks/0/id",
        ),
        ({("a",): 1}, "a document can't contain a value of type tuple"),
        (object(), "a document can't contain a value of type object"),
        (int, "a document can't contain a value of type type"),
    ],
)
def test_what_no_document_can_hold(value: object, message: str) -> None:
    with pytest.raises(TypeError, match=f"^{message}$"):
        check_object(value)


def test_an_object_that_holds_itself() -> None:
    inner: dict[str, object] = {}
    inner["b"] = [inner]
    (finding,) = check_object({"a": inner}).findings
    assert (finding.rule, finding.pointer) == ("too-deep", "/a/b/0")
    assert finding.message == "this contains itself, so it has no end"


def test_a_value_that_is_used_twice() -> None:
    metadata = {"name": "x"}
    tasks = [{"id": IDS[0], "metadata": metadata}, {"id": IDS[1], "metadata": metadata}]
    assert found({"tasks": tasks}) == []


MESSAGE = "two keys of this mapping are `%s` in JSON; remove or rename one"


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (1, "1", "1"),
        ("1", 1, "1"),
        (None, "null", "null"),
        ("true", True, "true"),
        (float("nan"), float("nan"), "nan"),
        (datetime.date(2026, 1, 2), "2026-01-02", "2026-01-02"),
    ],
)
def test_keys_that_are_the_same_in_json(one: object, other: object, name: str) -> None:
    item = {"name": "A", "command": "a", "triggeredBy": ["manual"]}
    findings = check_object({"tasks": {one: item, other: item}}).findings
    assert ("duplicate-key", f"/tasks/{name}", MESSAGE % name) in [
        (each.rule, each.pointer, each.message) for each in findings
    ]
    found_alone = {each.rule for each in check_object({"tasks": {other: item}}).findings}
    assert {each.rule for each in findings} == {"duplicate-key", *found_alone}


@pytest.mark.parametrize("key", [1, 1.5, True, None, datetime.date(2026, 1, 2), IntKey.ONE])
def test_a_key_that_is_not_a_string(key: object) -> None:
    """JSON has no such keys: neither as references, nor in outputs."""
    item = {"name": "A", "command": "a", "triggeredBy": ["manual"]}
    assert [rule for rule, _ in found({"tasks": {key: item}})] == ["invalid-reference"]
    history = {"statuses": [{"steps": [{"id": IDS[0], "output": {key: "x"}}]}]}
    assert [rule for rule, _ in found(history)] == ["wrong-type"]
    assert not oracle.accepts("status-history", history)
    for rest in (TASK, {"tasks": {"a": item}}):
        assert [rule for rule, _ in found({**rest, key: 1})] == ["unknown-field"]


class Text(str):
    """A string type like those of parsers that record where values are."""

    __slots__ = ()


class Trigger(str, enum.Enum):
    MANUAL = "manual"


def test_strings_of_other_types_are_strings() -> None:
    item = {
        Text("name"): Text("A"),
        "command": UserString("a"),
        "triggeredBy": [Trigger.MANUAL],
    }
    assert found({Text("tasks"): {Text("a"): item}}) == []
    assert found({Text("tasks"): {Trigger.MANUAL: {"name": Text("")}}}) == [
        ("missing-field", "/tasks/manual"),
        ("empty-value", "/tasks/manual/name"),
    ]


NUMBERS = {
    "huge": 10**5000,
    "huge below zero": -(10**5000),
    "nan": float("nan"),
    "infinity": float("inf"),
    "infinity below zero": float("-inf"),
    "fraction": 5.5,
    "below zero": -1,
    "too large": 2**64,
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_numbers_that_no_document_has(number: float) -> None:
    history = {"statuses": [{"statusVersion": number}]}
    (finding,) = check_object(history).findings
    assert finding.rule in ("wrong-type", "invalid-value")
    assert len(finding.message) < 250
    assert found({"tasks": {"a": {"name": number, "command": "a", "triggeredBy": ["manual"]}}}) == [
        ("wrong-type", "/tasks/a/name")
    ]


def test_a_deep_object() -> None:
    deep: object = 1
    for _ in range(5000):
        deep = {"a": deep}
    assert found(deep) == [("too-deep", "/a" * 64)]
    assert (
        check_object(TASK, config=Config(limits=Limits(max_depth=2))).findings[0].rule == "too-deep"
    )


def test_a_large_object() -> None:
    value = {"tasks": [1, 2]}
    assert (
        check_object(value, config=Config(limits=Limits(max_nodes=5))).findings[0].rule
        != "too-large"
    )
    (finding,) = check_object(value, config=Config(limits=Limits(max_nodes=4))).findings
    assert (finding.rule, finding.pointer) == ("too-large", "/tasks/1")
    assert finding.message == "contains more than 4 values, so the rest is not read"


def test_a_long_key_in_an_object() -> None:
    value = {"tasks": {"a": {"b" * 2_000_000: 1}}}
    (finding,) = check_object(value).findings
    assert (finding.rule, finding.pointer) == ("too-large", "/tasks/a")
    assert "this key" in finding.message


def test_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="no-such-kind"):
        check_object({}, "no-such-kind")


@pytest.mark.parametrize("empty", [{}, None])
def test_an_empty_object(empty: object) -> None:
    report = check_object(empty)
    assert (report.kind, report.findings) == ("automations-file", ())
    assert found(empty, "task") == [("missing-field" if empty == {} else "empty-value", "")]


def test_rules_are_chosen() -> None:
    config = Config(ignore=frozenset({"unknown-field"}))
    assert check_object({**TASK, "x": 1}, config=config).ok


# --- In every format -------------------------------------------------------------------------

CONFLICT = {**TASK, "depends_on": [], "\x1b[31m": 1}


@pytest.mark.parametrize("name", output.FORMATS)
def test_every_format_shows_the_pointers(name: str) -> None:
    shown = written(name, check_object(CONFLICT))
    assert "\x1b" not in shown
    if name == "gitlab":  # it has no field for them
        assert "depends_on" in shown
    else:
        assert "/depends_on" in shown
    if name in ("text", "json", "sarif"):
        assert "/dependsOn" in shown


def test_text() -> None:
    assert written("text", check_object({**TASK, "depends_on": []})) == (
        "<object>#/depends_on: error[conflicting-fields]: `dependsOn` and `depends_on` are one "
        "field in two\n    spellings\n"
        "  = the other one is here: /dependsOn\n"
        "  = help: keep one of them\n\n"
        "Found 1 error in 1 file.\n"
    )


def test_json() -> None:
    content = json.loads(written("json", check_object(CONFLICT)))
    content["files"][0]["path"] = ""
    jsonschema.validate(content, schemas.load("json-output.schema.json"))


def test_a_message_that_is_no_document() -> None:
    message = automation_pb2.TaskSpec(command="make")
    with pytest.raises(TypeError, match=r"a gitpod\.v1\.TaskSpec is not a document"):
        check_object(message)
    # An explicit kind is used even if it does not match.
    assert not check_object(message, "task").ok
