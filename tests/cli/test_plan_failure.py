"""The option --if-fails of `plan`."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.checkout import ROOT
from tests.cli.test_completion import FILE as TO_COMPLETE
from tests.cli.test_completion import offered
from tests.command import check_output, run, run_in
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.plans import document
from validator import read_document, schemas
from validator.drawing.plans import failure_json
from validator.model import plan
from validator.model.failure import loss_in
from validator.sentences import failure

FILE = "fixtures/plan/automations.yaml"
EXPLAINED = "fixtures/plan/explained.yaml"
SCHEMA = jsonschema.Draft7Validator(schemas.load("failure-output.schema.json"))


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("failure", [FILE, "--if-fails", "install"], 0),
        ("failure-required", [EXPLAINED, "--if-fails", "index"], 0),
        ("failure-of-what-is-required", [EXPLAINED, "--if-fails", "fetch"], 0),
        ("failure-service", [EXPLAINED, "--if-fails", "search"], 0),
        ("failure-untriggered", [EXPLAINED, "--if-fails", "lonely"], 0),
        ("failure-trigger", [FILE, "--if-fails", "install", "--trigger", "prebuild"], 0),
        ("failure-task", [FILE, "--if-fails", "install", "--task", "seed"], 0),
        ("failure-elsewhere", [FILE, "--if-fails", "agent", "--trigger", "prebuild"], 0),
        ("failure-json", [FILE, "--if-fails", "install", "--format", "json"], 0),
        ("failure-mermaid", [FILE, "--if-fails", "install", "--format", "mermaid"], 0),
        ("failure-unknown", [FILE, "--if-fails", "instal"], 2),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, ["plan", *arguments], code, between="--- standard error\n")


def test_the_json_is_as_its_schema_says() -> None:
    for path in (FILE, EXPLAINED):
        read = document((ROOT / path).read_text())
        for reference in read.by_reference:
            shown = json.loads(
                "\n".join(failure_json.draw(read, plan.of_document(read), reference))
            )
            SCHEMA.validate(shown)
            alone = [plan.of_task(read, reference)]
            SCHEMA.validate(json.loads("\n".join(failure_json.draw(read, alone, reference))))


def test_mermaid_without_a_failure_in_the_plan_marks_nothing() -> None:
    arguments = ["plan", FILE, "--trigger", "prebuild", "--format", "mermaid"]
    assert run(*arguments, "--if-fails", "agent").stdout == run(*arguments).stdout


@pytest.mark.parametrize(("name", "start"), [("f.json", "{"), ("f.mmd", "flow"), ("f.txt", "seed")])
def test_the_ending_sets_the_format(name: str, start: str, tmp_path: Path) -> None:
    done = run("plan", FILE, "--if-fails", "seed", "-o", str(tmp_path / name))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / name).read_text().startswith(start)


def test_colors_are_asked_for() -> None:
    arguments = ["plan", FILE, "--if-fails", "seed"]
    colored = run(*arguments, "--color", "always").stdout
    assert colored.startswith(b"\033[1mseed\033[0m (task), if it fails: Seed the database\n")
    assert re.sub(rb"\033\[\d+m", b"", colored) == run(*arguments).stdout


@pytest.mark.parametrize("color", ["never", "always"])
def test_all_lines_keep_within_the_width(color: str) -> None:
    arguments = ["plan", FILE, "--if-fails", "install", "--color", color]
    shown = re.sub(rb"\033\[\d+m", b"", run(*arguments, COLUMNS="40").stdout).decode()
    assert max(map(len, shown.splitlines())) <= 40
    assert (
        "\npostDevcontainerStart: the dev container\n  has started, the first time or rebuilt\n"
    ) in shown


def test_a_plan_that_is_not_whole_says_so(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["dependency-cycle"]\n')
    (tmp_path / "a.yaml").write_text(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b], triggeredBy: [manual]}\n"
        "  b: {name: B, command: x, dependsOn: [a]}\n"
    )
    done = run_in(tmp_path, "plan", "a.yaml", "--if-fails", "a")
    assert done.returncode == 1
    assert b"The plan is incomplete" in done.stderr


def test_a_reference_can_forge_no_output(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["invalid-reference"]\n')
    reference = "::error::\033[2J\n::error::b"
    (tmp_path / "a.yaml").write_text(
        f"tasks: {{{json.dumps(reference)}: {{name: A, command: x}}}}\n"
    )
    done = run_in(tmp_path, "plan", "a.yaml", "--task", reference, "--if-fails", reference)
    assert done.returncode == 0
    assert b" is started by hand\n" in done.stdout
    assert not re.search(rb"\033|^\s*::", done.stdout, re.MULTILINE)


def test_what_never_runs_neither_fails_nor_is_lost(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["dependency-cycle"]\n')
    (tmp_path / "a.yaml").write_text(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b, c], triggeredBy: [prebuild]}\n"
        "  b: {name: B, command: x, dependsOn: [a]}\n"
        "  c: {name: C, command: x}\n"
        "  d: {name: D, command: x, dependsOn: [c]}\n"
    )
    never = "  It never runs: it is in a dependency cycle, or needs something that is.\n"
    failed = ["plan", "a.yaml", "--if-fails"]
    assert run_in(tmp_path, *failed, "a").stdout.decode() == (
        f"a (task), if it fails: A\n\nIn no plan\n{never}"
    )
    assert run_in(tmp_path, *failed, "a", "--trigger", "prebuild").stdout.decode() == (
        f"a (task), if it fails: A\n\nprebuild: during a prebuild\n{never}"
    )
    assert (
        run_in(tmp_path, *failed, "c")
        .stdout.decode()
        .endswith("\nIn no plan\n  Does not run: `d`.\n")
    )
    for reference in "ac":
        drawn = run_in(tmp_path, *failed, reference, "--format", "mermaid").stdout
        assert b"does not run" not in drawn
        assert drawn.count(b"fails") == (0 if reference == "a" else 1)


def test_what_no_trigger_runs_is_lost_too() -> None:
    text = (
        b"tasks:\n"
        b"  a: {name: A, command: x, triggeredBy: [prebuild]}\n"
        b"  b: {name: B, command: x, dependsOn: [a]}\n"
        b"  c: {name: C, command: x, dependsOn: [b]}\n"
    )
    assert (
        run("plan", "-", "--if-fails", "a", stdin=text)
        .stdout.decode()
        .endswith(
            "\nprebuild: during a prebuild\n"
            "  Nothing else in this plan waits for it.\n"
            "  The prebuild only warns; with `prebuildRequiresSuccess: true` it would fail.\n"
            "\nIn no plan\n"
            "  Does not run: `b` and `c`.\n"
        )
    )
    assert (
        run("plan", "-", "--if-fails", "b", stdin=text, COLUMNS="200")
        .stdout.decode()
        .endswith(
            "\nIn no plan\n"
            "  No trigger runs it: it fails only when somebody starts it, or something that needs "
            "it, by hand.\n"
            "  Does not run: `c`.\n"
        )
    )


def test_references_are_completed(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(TO_COMPLETE)
    assert offered(tmp_path, "plan other.yaml --if-fails d") == ["db", "deploy"]


@needs_corpus
def test_all_failures_of_some_real_files_are_said() -> None:
    for name in [name for name, accepted in verdicts().items() if accepted][::6]:
        read = read_document((FOLDER / name).read_bytes())
        assert read is not None
        plans = plan.of_document(read)
        for reference in read.by_reference:
            SCHEMA.validate(json.loads("\n".join(failure_json.draw(read, plans, reference))))
            losses = [each for each in plans if loss_in(each, reference)]
            shown = failure.sections(read, plans, reference, single=False)
            assert len(shown) in (max(len(losses), 1), len(losses) + 1)
            assert all(section.sentences for section in shown)
