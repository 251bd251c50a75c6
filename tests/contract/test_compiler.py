"""The compiled schema, the errors found by it, their explanation, and jsonschema never disagree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import full_documents, oracle, schemas, sdk_differences, strategies
from tests.corpus import FOLDER, needs_corpus, verdicts
from validator import check_text
from validator import schemas as our_schemas
from validator.contract import conformance, schema_errors
from validator.contract.compiler import gate
from validator.kinds import DEFAULT_KIND, KINDS
from validator.parsing.limits import Limits
from validator.parsing.objects import to_nodes
from validator.parsing.reader import read

each_kind = pytest.mark.parametrize("kind", KINDS)
SOME = settings(max_examples=60, deadline=None, derandomize=True)
# For each kind, both with and without mistakes: more than 10,000 documents in all.
MANY = settings(SOME, max_examples=500)


def judged_alike(kind: str, document: object) -> bool:
    """Whether all give the same verdict on a document of plain values, and find the same errors."""
    root = to_nodes(document)
    failures = schemas.failures(kind, document)
    errors = schema_errors.errors(root, our_schemas.of_kind(kind))
    problems = conformance.check("", root, kind).problems
    return (
        gate(kind)(root) is not bool(failures)
        and {(error.path, error.keyword) for error in errors} == failures
        and bool(problems) is bool(failures)
    )


@each_kind
@SOME
@given(data=st.data())
def test_valid_documents(kind: str, data: st.DataObject) -> None:
    assert judged_alike(kind, data.draw(strategies.VALID[kind]))


@each_kind
@SOME
@given(data=st.data())
def test_nearly_valid_documents(kind: str, data: st.DataObject) -> None:
    assert judged_alike(kind, data.draw(strategies.NEARLY_VALID[kind]))


@pytest.mark.slow
@pytest.mark.parametrize("strategy", [strategies.VALID, strategies.NEARLY_VALID])
@each_kind
@MANY
@given(data=st.data())
def test_thousands_of_documents(
    kind: str, strategy: dict[str, st.SearchStrategy[object]], data: st.DataObject
) -> None:
    assert judged_alike(kind, data.draw(strategy[kind]))


# The kinds with documents of another kind in a list, and the field of the list.
HOLDERS = [
    ("task", "task-list", "tasks"),
    ("task", "environment", "tasks"),
    ("service", "service-list", "services"),
    ("service", "environment", "services"),
    ("task-execution", "task-execution-list", "taskExecutions"),
]
each_holder = pytest.mark.parametrize(("kind", "holder", "field"), HOLDERS)


def accepted_alone_as_in_a_list(kind: str, holder: str, field: str, document: object) -> bool:
    """Whether a document gets the same verdict alone and in a list, from all of them."""
    listed = {field: [document]}
    alone = gate(kind)(to_nodes(document))
    return (
        judged_alike(kind, document)
        and judged_alike(holder, listed)
        and gate(holder)(to_nodes(listed)) is alone
    )


@each_holder
@SOME
@given(data=st.data())
def test_the_verdict_is_the_same_alone_and_in_a_list(
    kind: str, holder: str, field: str, data: st.DataObject
) -> None:
    document = data.draw(strategies.VALID[kind] | strategies.NEARLY_VALID[kind])
    assert accepted_alone_as_in_a_list(kind, holder, field, document)


@each_holder
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", " "])
def test_a_line_break_after_an_id_is_rejected_alone_and_in_a_list(
    kind: str, holder: str, field: str, end: str
) -> None:
    good: dict[str, object] = {"id": full_documents.IDS[0], "metadata": {}}
    bad = [good | {"id": full_documents.IDS[0] + end}]
    if kind != "task-execution":
        bad.append(good | {"metadata": {"reference": f"db{end}"}})
    assert gate(holder)(to_nodes({field: [good]}))
    for document in bad:
        assert not gate(kind)(to_nodes(document))
        assert accepted_alone_as_in_a_list(kind, holder, field, document)


@pytest.mark.slow
@each_holder
def test_each_mistake_is_judged_alike_alone_and_in_a_list(
    kind: str, holder: str, field: str
) -> None:
    for mistaken in strategies.mistakes(full_documents.IN_API_SPELLING[kind]):
        assert accepted_alone_as_in_a_list(kind, holder, field, mistaken), mistaken


def test_a_rejection_that_nothing_explains_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_errors, "errors", lambda _node, _schema: iter(()))
    (finding,) = check_text("tasks: {a: {name: A}}\n").findings
    assert finding.rule == "internal-error"
    assert str(finding.severity) == "error"


def test_a_key_that_is_not_a_string_hides_no_other_error() -> None:
    text = "tasks: {a: {name: A, command: a, dependsOn: [], depends_on: [], on: 1}}\n"
    found = [(each.rule, each.pointer) for each in check_text(text).findings]
    assert ("conflicting-fields", "/tasks/a/depends_on") in found


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "document"), full_documents.DOCUMENTS)
def test_each_mistake_at_each_place(kind: str, document: object) -> None:
    assert judged_alike(kind, document)
    for mistaken in strategies.mistakes(document):
        assert judged_alike(kind, mistaken), mistaken


def test_accepted_items_hide_no_mistake() -> None:
    good = {"name": "A", "command": "a"}
    bad: dict[str, object] = {
        "unknown": good | {"comand": "a"},
        "null": None,
        "no text": good,
        "empty": {},
        "type": good | {"triggeredBy": ["manual", 1]},
    }
    single = [
        conformance.check("", to_nodes({"tasks": {name: bad[name]}}), DEFAULT_KIND) for name in bad
    ]
    together = {"tasks": {"first": good, **bad, "last": good}, "services": {"s": {"name": "S"}}}
    verdict = conformance.check("", to_nodes(together), DEFAULT_KIND)
    assert sorted(each.message for each in verdict.problems) == sorted(
        each.message for alone in single for each in alone.problems
    )
    assert verdict.refused == {path for alone in single for path in alone.refused}


@pytest.mark.slow
@pytest.mark.parametrize("strategy", [strategies.VALID, strategies.NEARLY_VALID])
@settings(max_examples=1500, deadline=None, derandomize=True)
@given(data=st.data())
def test_thousands_of_files_are_judged_as_the_platform_does(
    strategy: dict[str, st.SearchStrategy[object]], data: st.DataObject
) -> None:
    document = data.draw(strategy["automations-file"])
    theirs = oracle.accepts("automations-file", document, sdk_differences.taken_out)
    assert schemas.accepts("automations-file", document) is theirs


@needs_corpus
@pytest.mark.parametrize("name", verdicts())
def test_real_files(name: str) -> None:
    root = read((FOLDER / name).read_bytes().decode(), Limits()).root
    if root is not None:
        assert gate("automations-file")(root) is verdicts()[name]
