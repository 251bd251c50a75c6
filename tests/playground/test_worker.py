"""The answers to the page's requests, on the Python that runs the tests."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.python.worker import OPERATIONS, TABS, Units, handle, load_later
from scripts.playground import SOURCE, examples
from tests.checkout import ROOT
from validator import all_rules, check_text, migrate_text
from validator.configuration.config import Config
from validator.finding import Edit, Finding, Place, Span

SMALL = "tasks:\n  a:\n    name: A\n    comand: x\n    triggeredBy: [manual]\n"


def asked(op: str, text: str, tab: str = "automations", **more: Any) -> Any:
    return json.loads(handle(json.dumps({"op": op, "text": text, "tab": tab, **more})))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def changed(text: str, changes: list[dict[str, Any]]) -> str:
    """The text after changes, as an editor that counts UTF-16 code units makes them."""
    data = text.encode("utf-16-le")
    for each in sorted(changes, key=lambda each: -each["from"]):
        insert = each["insert"].encode("utf-16-le")
        data = data[: each["from"] * 2] + insert + data[each["to"] * 2 :]
    return data.decode("utf-16-le")


def test_findings_are_those_of_the_library() -> None:
    report = check_text(SMALL, path=".ona/automations.yaml")
    answer = asked("check", SMALL)
    (finding,), (expected,) = answer["findings"], report.findings
    assert (answer["kind"], answer["errors"], answer["fixable"]) == ("automations-file", 1, 1)
    assert finding["message"] == expected.message
    assert finding["pointer"] == expected.pointer
    assert SMALL[finding["from"] : finding["to"]] == "comand"
    assert (finding["line"], finding["column"]) == (4, 5)
    (fix,) = finding["fixes"]
    assert changed(SMALL, fix["edits"]) == SMALL.replace("comand", "command")


def test_the_findings_of_fixtures_are_those_of_the_library() -> None:
    optional = (rule for rule in all_rules().values() if rule.optional)
    everything = Config(severity={rule.name: rule.severity for rule in optional})
    count = 0
    for path in sorted((ROOT / "fixtures/rules").rglob("*.yaml")):
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        report = check_text(text, path=path.name, config=everything)
        found = asked("check", text, path=path.name, everything=True)["findings"]
        for finding, expected in zip(found, report.findings, strict=True):
            count += 1
            assert same(finding, expected, text), path
    assert count > 300


def same(finding: Any, expected: Finding, text: str) -> bool:
    """Whether the page is given a finding of a text as the library has it."""
    value = text.removeprefix("\ufeff")
    data = text.encode("utf-16-le")

    def spans(place: Any) -> str:
        return data[place["from"] * 2 : place["to"] * 2].decode("utf-16-le")

    def covered(place: Place | None) -> str:
        assert place is not None
        return value[place.start.offset : place.end.offset]

    assert expected.place is not None
    start = expected.place.start
    return (
        finding["rule"],
        finding["severity"],
        finding["message"],
        finding["pointer"],
        (finding["line"], finding["column"], spans(finding)),
        [(each["message"], spans(each)) for each in finding["related"]],
        [
            (fix["title"], fix["safe"], [(spans(each), each["insert"]) for each in fix["edits"]])
            for fix in finding["fixes"]
        ],
    ) == (
        expected.rule,
        str(expected.severity),
        expected.message,
        expected.pointer,
        (start.line, start.column, covered(expected.place)),
        [(each.message, covered(each.place)) for each in expected.related],
        [
            (fix.title, fix.safe, [(value[slice(*each.span)], each.text) for each in fix.edits])
            for fix in expected.fixes
        ],
    )


@given(st.text(alphabet="a\n\ufeff😀\U0010ffff é"), st.integers(0, 40))
def test_offsets_are_in_code_units(text: str, offset: int) -> None:
    value = text.removeprefix("\ufeff")
    offset = min(offset, len(value))
    before = text[: len(text) - len(value) + offset]
    converter = Units(text)
    assert converter.of(offset) == units(before)
    assert converter.offset(units(before)) == offset
    # In the middle of a character.
    if offset < len(value) and value[offset] > "\uffff":
        assert converter.offset(units(before) + 1) == offset
    assert converter.edits([Edit(Span(offset, offset), "x")])[0]["from"] == units(before)


def test_all_fixes_at_once_after_wide_characters() -> None:
    text = "\ufeff# 😀😀\n" + SMALL
    answer = asked("fix", text)
    assert answer["count"] == 1
    assert changed(text, answer["changes"]) == text.replace("comand", "command")


def test_completion_and_hover() -> None:
    text = "# 😀\ntasks:\n  a:\n    na"
    answer = asked("complete", text, offset=units(text))
    name = answer["options"][0]
    assert (name["label"], name["insert"], name["from"]) == ("name", "name: ", units(text) - 2)
    assert "required" in name["info"]
    hover = asked("hover", f"{text}me: A\n", offset=units(text))
    assert hover["text"].startswith("`name`, required")
    assert hover["from"] == units(text) - 2
    assert asked("hover", SMALL, offset=0)["text"]
    assert asked("hover", SMALL, offset=len(SMALL)) == {"text": ""}


def test_graph_and_plan() -> None:
    text = SMALL.replace("comand", "command") + "  b: {name: B, command: b, dependsOn: [a]}\n"
    drawn = asked("draw", text)
    assert drawn["graph"].startswith("<svg ")
    assert [plan["trigger"] for plan in drawn["plans"]] == ["manual"]
    (((step,),),) = ([plan["groups"][0] for plan in drawn["plans"]],)
    assert (step["reference"], step["role"], step["needs"]) == ("a", "task", [])
    # With errors there is a graph, but no plan.
    drawn = asked("draw", SMALL)
    assert (drawn["graph"][:4], drawn["plans"]) == ("<svg", None)
    assert asked("draw", "tasks: [")["graph"] is None
    many = "tasks:\n" + "".join(f"  t{n}: {{name: T, command: c}}\n" for n in range(1_001))
    assert "1,000" in asked("draw", many)["why"]


def test_migration() -> None:
    text = "image: gitpod/workspace-full\ntasks:\n  - init: npm ci\n"
    answer = asked("migrate", text, "classic")
    migration = migrate_text(text, path=TABS["classic"])
    assert answer["file"] == migration.file
    assert answer["devcontainer"] == migration.devcontainer
    assert [each["rule"] for each in answer["findings"]] == [x.rule for x in migration.findings]


def test_the_lock_file_names_no_registry() -> None:
    package, lock = (
        json.loads((SOURCE / name).read_text(encoding="utf-8"))
        for name in ("package.json", "package-lock.json")
    )
    wanted = lock["packages"].pop("")
    assert wanted["dependencies"] == package["dependencies"]
    assert wanted["devDependencies"] == package["devDependencies"]
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert version[0].isdigit()
    for each in lock["packages"].values():
        assert "resolved" not in each
        assert each["integrity"].startswith("sha512-")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("op", OPERATIONS)
@pytest.mark.parametrize("text", ["", "\ufeff", "{", "tasks: [", "a: 😀\n", "[1, 2]", "\ud800"])
def test_every_operation_answers_for_every_text(op: str, tab: str, text: str) -> None:
    assert asked(op, text, tab, offset=units(text))


def test_each_example_opens_in_a_tab_where_its_rule_is_found() -> None:
    found = {str(each["rule"]): each for each in examples()}
    with_example = {name for name, rule in all_rules().items() if rule.bad}
    # There is no shellcheck in a browser.
    assert found.keys() == with_example - {"script-syntax", "shellcheck"}
    for name, each in found.items():
        answer = asked("check", str(each["text"]), str(each["tab"]), everything=each["everything"])
        assert name in {finding["rule"] for finding in answer["findings"]}


def test_a_package_is_loaded_when_it_is_imported() -> None:
    loaded: list[str] = []
    load_later("no_such_package", lambda: loaded.append("yes"))
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError):
            __import__("no_such_package")
    assert loaded == ["yes"]
