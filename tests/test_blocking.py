"""Documents that were not completely checked never pass, despite comments and configurations."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.command import run_in
from validator import Config, Report, Severity, check_object, check_text
from validator.configuration.config import Override
from validator.rules import BLOCKING, INDEX
from validator.suppression import OUT_OF_REACH

LEVELS = [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcde", "bcdef", strict=True)]
TEXTS: dict[str, str | bytes] = {
    "alias-expansion": "\n".join(["a: &a [x, x, x, x, x, x, x, x, x, x]", *LEVELS]),
    "duplicate-key": "tasks: {a: {name: A, command: a}, a: {name: B, command: b}}",
    "encoding": b"tasks: {a: {name: A\xff, command: a}}",
    "multiple-documents": "tasks: {}\n---\ntasks: {}\n",
    "recursive-alias": "tasks: &a {b: *a}",
    "too-deep": "tasks: " + "[" * 70 + "]" * 70,
    "too-large": "tasks: [" + "a," * 600_000 + "]",
    "unsupported-tag": "tasks: {a: {name: !x A, command: a}}",
    "yaml-syntax": "tasks: {a: {name: A, command: a}",
}
"""A text for each rule that keeps a text from being checked."""

NO_KIND = {"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11"}


def commented(text: str | bytes, comment: str) -> str | bytes:
    return comment.encode() + text if isinstance(text, bytes) else comment + text


def of(report: Report, rule: str) -> list[tuple[str, Severity]]:
    return [(each.rule, each.severity) for each in report.findings if each.rule == rule]


def test_there_is_an_example_of_each() -> None:
    elsewhere = {"ambiguous-kind", "incomplete-fix", "internal-error", "unreadable-file"}
    without_comments = {"json-syntax"}
    assert TEXTS.keys() | elsewhere | without_comments == BLOCKING


@pytest.mark.parametrize("rule", TEXTS)
def test_no_comment_suppresses_it(rule: str) -> None:
    plain = check_text(TEXTS[rule])
    for verb in ("ignore", "ignore-file"):
        comment = f"# automation-validator: {verb}[{rule}] I know better\n"
        report = check_text(commented(TEXTS[rule], comment))
        assert (of(report, rule), report.suppressed) == (of(plain, rule), 0)
        assert not report.ok
        if rule != "too-large":
            (invalid,) = [each for each in report.findings if each.rule == "invalid-suppression"]
            assert invalid.message == (
                f"`{rule}` can't be suppressed: the document was not completely checked"
            )


@pytest.mark.parametrize("rule", TEXTS)
@pytest.mark.parametrize(
    "settings",
    [
        {"ignore": BLOCKING},
        {"select": frozenset({"unknown-field"})},
        {"severity": dict.fromkeys(BLOCKING, Severity.HINT)},
        {"overrides": (Override("*", BLOCKING, dict.fromkeys(BLOCKING, Severity.HINT)),)},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_no_configuration_leaves_it_out(rule: str, settings: dict[str, Any]) -> None:
    report = check_text(TEXTS[rule], path="a.yaml", config=Config(**settings))
    assert of(report, rule) == of(check_text(TEXTS[rule]), rule)
    assert not report.ok


def test_a_kind_that_can_not_be_told_is_never_left_out() -> None:
    report = check_object(NO_KIND, config=Config(select=frozenset({"unknown-field"})))
    assert [each.rule for each in report.findings] == ["ambiguous-kind"]


def test_a_crash_is_never_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("validator.pipeline.conformance.check", crash)
    text = "# automation-validator: ignore-file[internal-error]\ntasks: {}\n"
    for config in (Config(), Config(ignore=frozenset({"internal-error"}))):
        report = check_text(text, config=config)
        assert [each.rule for each in report.findings if each.severity == Severity.ERROR] == [
            "internal-error"
        ]


@pytest.mark.parametrize("rule", [*TEXTS, "unreadable-file"])
def test_the_command_fails_and_says_that_it_can_not_be_ignored(tmp_path: Path, rule: str) -> None:
    path = tmp_path / "a.yaml"
    if rule != "unreadable-file":
        text = TEXTS[rule]
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    # A nonexistent path is wrong usage, in addition to being a finding.
    code = 2 if rule == "unreadable-file" else 1
    done = run_in(tmp_path, "check", "a.yaml", "--format", "json", "--ignore", rule)
    assert done.returncode == code
    assert rule in {each["rule"] for each in json.loads(done.stdout)["files"][0]["findings"]}
    assert done.stderr.decode() == (
        f"Warning: `{rule}` can't be ignored: it means that a document was not completely "
        "checked.\n"
    )
    done = run_in(tmp_path, "check", "a.yaml", "--select", "unknown-field")
    assert (done.returncode, done.stderr) == (code, b"")


def test_the_command_says_so_of_a_configuration_file_too(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(
        'severity = { encoding = "hint" }\nper-path."*" = { ignore = ["too-deep"] }\n'
    )
    (tmp_path / "a.yaml").write_text("tasks:\n")
    done = run_in(tmp_path, "check", "a.yaml")
    assert done.returncode == 0
    assert [line.split("`")[1] for line in done.stderr.decode().splitlines()] == [
        "encoding",
        "too-deep",
    ]


def test_the_page_on_suppressions_lists_them() -> None:
    page = (ROOT / "docs" / "guides" / "fixes.md").read_text(encoding="utf-8")
    paragraph = page.split("never passes.")[1].split("\n\n")[0]
    assert set(re.findall(r"\[([\w-]+)\]", paragraph)) == BLOCKING | {"invalid-suppression"}


def test_no_comment_is_offered_for_it() -> None:
    assert BLOCKING < OUT_OF_REACH < INDEX.keys()
