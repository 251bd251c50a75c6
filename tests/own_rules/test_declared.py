"""Rules of one's own, declared in the configuration: the examples of the guide, and the outputs."""

import json
import re
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import run_in
from validator import Config, OwnRule, Severity, check_object, check_text, load_config
from validator.configuration.config import ConfigError
from validator.own_rules import effort

GUIDE = (ROOT / "docs/guides/own-rules.md").read_text(encoding="utf-8")
SETTINGS = re.findall(r"```toml\n(# automation-validator\.toml\n.*?)```", GUIDE, re.DOTALL)[0]
FILE = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
OUTPUT = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)[0]

DESCRIPTION = OwnRule(
    "acme-description", on="tasks.*", schema={"required": ["description"]}, message="describe it"
)


def found(text: str, *rules: OwnRule, **settings: object) -> list[tuple[str, int, int]]:
    config = Config(select=["own"], rules=rules, **settings)  # type: ignore[arg-type]
    findings = check_text(text, config=config).findings
    places = [each.place for each in findings]
    return [
        (each.rule, place.start.line, place.start.column)
        for each, place in zip(findings, places, strict=True)
        if place is not None
    ]


def test_the_guide(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(SETTINGS)
    (tmp_path / ".ona").mkdir()
    (tmp_path / ".ona/config.yaml").write_text(FILE)
    done = run_in(tmp_path, "check", "--format", "concise")
    assert done.stdout.decode() == OUTPUT
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("image", "versioned"),
    [
        ("node:22", True),
        ("localhost:5000/node:22", True),
        ("node@sha256:1b2a", True),
        ("ghcr.io/acme/node:22-slim", True),
        ("node", False),
        ("node:latest", False),
        ("localhost:5000/node", False),
        ("localhost:5000/node:latest", False),
    ],
)
def test_the_rule_on_images_of_the_guide(tmp_path: Path, image: str, versioned: bool) -> None:
    (tmp_path / "automation-validator.toml").write_text(SETTINGS)
    config = load_config(tmp_path / "automation-validator.toml")
    text = FILE.replace("node:latest", image)
    rules = [each.rule for each in check_text(text, path="a.yaml", config=config).findings]
    assert ("acme-image" not in rules) is versioned


@pytest.mark.parametrize("format_", ["github", "gitlab", "json", "junit", "sarif", "text"])
def test_they_are_in_all_outputs(format_: str, tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(SETTINGS)
    (tmp_path / "automations.yaml").write_text(FILE)
    done = run_in(tmp_path, "check", "automations.yaml", "--format", format_)
    assert b"every task needs a description" in done.stdout
    if format_ == "json":
        (entry,) = json.loads(done.stdout)["files"]
        assert {each["docs"] for each in entry["findings"]} == {""}


def test_the_place() -> None:
    text = "tasks:\n  a:\n    name: A\n    command: x\n    triggered_by: [manual, x]\n"
    assert found(text, DESCRIPTION) == [("acme-description", 2, 3)]
    rules = {
        "names": OwnRule(
            "r-a", on="tasks", schema={"propertyNames": {"pattern": "^b"}}, message="m"
        ),
        "value": OwnRule("r-b", on="tasks.*.name", schema={"minLength": 2}, message="m"),
        "entry": OwnRule(
            "r-c", on="tasks.*.triggeredBy.*", schema={"enum": ["manual"]}, message="m"
        ),
        "list": OwnRule("r-d", on="tasks.*.triggeredBy", schema={"maxItems": 1}, message="m"),
        "other": OwnRule("r-e", on="tasks.*", schema={"additionalProperties": False}, message="m"),
        "root": OwnRule("r-f", schema={"required": ["services"]}, message="m"),
        "absent": OwnRule("r-g", on="services.*.name", schema={"type": "null"}, message="m"),
    }
    places = {name: [each[1:] for each in found(text, rule)] for name, rule in rules.items()}
    assert places == {
        "names": [(2, 3)],
        "value": [(3, 11)],
        "entry": [(5, 28)],
        "list": [(5, 5)],
        "other": [(3, 5), (4, 5), (5, 5)],
        "root": [(1, 1)],
        "absent": [],
    }


def test_null_is_absent() -> None:
    assert found("tasks: {a: {name: A, command: x, description: }}\n", DESCRIPTION) != []
    assert found("tasks: {a: }\n", DESCRIPTION) == []


def test_they_are_ignored_by_name() -> None:
    text = "tasks: {a: {name: A, command: x}}\n"
    assert found(text, DESCRIPTION) != []
    assert found(text, DESCRIPTION, ignore=["acme-description"]) == []
    assert (
        check_text(text, config=Config(ignore=["own"], rules=[DESCRIPTION])).count(Severity.WARNING)
        == 0
    )
    comment = "# automation-validator: ignore-file[acme-description]\n"
    report = check_text(comment + text, config=Config(select=["own"], rules=[DESCRIPTION]))
    assert (report.findings, report.suppressed) == ((), 1)
    config = Config(severity={"acme-description": "error"}, rules=[DESCRIPTION])
    assert not check_text(text, config=config).ok


def test_options_name_them(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(SETTINGS)
    (tmp_path / "automations.yaml").write_text(FILE)
    options = ["check", "automations.yaml", "--format", "concise"]
    done = run_in(tmp_path, *options, "--select", "acme-image")
    assert re.findall(r"\[(.*)\]", done.stdout.decode()) == ["acme-image"]
    done = run_in(tmp_path, *options, "--ignore", "own")
    assert b"acme" not in done.stdout
    done = run_in(tmp_path, *options, "--select", "acme-imag")
    assert (done.returncode, b"unknown rule `acme-imag`" in done.stderr) == (2, True)


def test_other_kinds() -> None:
    rule = OwnRule("r-a", on="spec.command", schema={"pattern": "^npm"}, message="m", kind="task")
    task = {"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "spec": {"command": "make"}}
    report = check_object(task, "task", config=Config(rules=[rule]))
    assert [(each.rule, each.pointer) for each in report.findings] == [("r-a", "/spec/command")]
    assert found("tasks: {}\nspec: {command: make}\n", rule) == []


def test_too_much_work_never_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort.Effort.__init__, "__defaults__", (10,))
    rule = OwnRule("r-a", on="tasks.*.command", schema={"pattern": "(a+)+$"}, message="m")
    report = check_text(
        f"tasks: {{a: {{name: A, command: {'a' * 50}!}}}}\n", config=Config(rules=[rule])
    )
    assert "too-large" in {each.rule for each in report.findings}
    assert not report.ok


@pytest.mark.parametrize(
    ("settings", "place", "message"),
    [
        ('name = "Acme"', "2:8", "the name of a rule consists of words in lower case"),
        ('name = "wrong-type"', "2:8", "the program has the name `wrong-type` already"),
        ('name = "own"', "2:8", "the program has the name `own` already"),
        ('name = "a-b"\non = "tasks.[0]"', "3:6", "a path consists of names of fields"),
        ('name = "a-b"\nschema.requird = []', "3:8", "unknown keyword `requird`; did you mean"),
        ('name = "a-b"\nschema.not.pattern = "("', "3:12", "is not a regular expression"),
        ('name = "a-b"\nseverty = "error"', "3:1", "`severty` is not a field"),
    ],
)
def test_a_wrong_rule_is_an_error_at_its_place(
    settings: str, place: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "automation-validator.toml"
    rest = 'message = "m"\n' + ("" if "schema" in settings else "schema = {}\n")
    path.write_text(f"[[rules]]\n{settings}\n{rest}")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert f"toml:{place}: " in str(caught.value)
    assert message in str(caught.value)


def test_two_rules_with_one_name(tmp_path: Path) -> None:
    path = tmp_path / "automation-validator.toml"
    path.write_text('[[rules]]\nname = "a-b"\nschema = {}\nmessage = "m"\n' * 2)
    with pytest.raises(ConfigError, match="two rules have the name `a-b`"):
        load_config(path)
    with pytest.raises(ValueError, match="two rules have the name"):
        Config(rules=[DESCRIPTION, DESCRIPTION])
