"""The command `why`, and the guide about it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checkout import ROOT
from tests.cli.test_completion import FILE as TO_COMPLETE
from tests.cli.test_completion import offered
from tests.command import check_output, run, run_in
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.plans import document
from validator import read_document, schemas
from validator.display import columns
from validator.drawing.plans import sentences_text, why_json
from validator.model.run_explanation import Explainer
from validator.sentences.run import sections

FILE = "fixtures/plan/automations.yaml"
EXPLAINED = "fixtures/plan/explained.yaml"
BROKEN = "fixtures/broken/.ona/automations.yaml"
SCHEMA = jsonschema.Draft7Validator(schemas.load("why-output.schema.json"))


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("why", ["why", "install", FILE], 0),
        ("why-service", ["why", "search", EXPLAINED], 0),
        ("why-required", ["why", "index", EXPLAINED], 0),
        ("why-pulled-in", ["why", "fetch", EXPLAINED], 0),
        ("why-by-hand", ["why", "seed", FILE], 0),
        ("why-untriggered", ["why", "lonely", EXPLAINED], 0),
        ("why-machine", ["why", "clean", EXPLAINED], 0),
        ("why-json", ["why", "index", EXPLAINED, "--format", "json"], 0),
        ("why-broken", ["why", "install", BROKEN], 1),
        ("why-unknown", ["why", "sed", FILE], 2),
        ("why-missing", ["why", "seed", "fixtures/missing.yaml"], 2),
        ("why-nothing", ["why"], 2),
        ("why-only-a-file", ["why", FILE], 2),
        ("why-file-first", ["why", FILE, "seed"], 2),
        ("why-help", ["why", "--help"], 0),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


def test_the_json_is_as_its_schema_says() -> None:
    for path in (FILE, EXPLAINED):
        read = document((ROOT / path).read_text())
        explainer = Explainer(read)
        for reference in read.by_reference:
            shown = json.loads(why_json.draw(explainer.explain(reference)))
            SCHEMA.validate(shown)
            assert shown["reference"] == reference


@pytest.mark.parametrize("text", [b"", b"tasks:\n"])
def test_an_empty_file_has_no_reference(text: bytes) -> None:
    done = run("why", "a", "-", stdin=text)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"no task or service has the reference `a`\n" in done.stderr


def test_of_many_needs_the_first_are_named() -> None:
    names = [f"{kind}{at}" for kind in "trs" for at in range(12)]
    text = (
        "tasks:\n"
        + "".join(f"  t{at}: {{name: T, command: x}}\n" for at in range(12))
        + f"  all: {{name: A, command: x, dependsOn: [{', '.join(names)}]}}\n"
        + "services:\n"
        + "".join(f"  s{at}: {{name: S, commands: {{start: x}}}}\n" for at in range(12))
        + "".join(f"  r{at}: {{name: R, commands: {{start: x, ready: x}}}}\n" for at in range(12))
    )
    shown = run("why", "all", "-", stdin=text.encode(), COLUMNS="400").stdout.decode()

    def some(kind: str) -> str:
        return ", ".join(f"`{kind}{at}`" for at in range(10)) + " and 2 more"

    assert (
        "What must be there first\n"
        f"  The tasks {some('t')} must have ended without failing.\n"
        f"  The services {some('r')} must be ready: the `ready` command of each, which is run "
        "once a second, has exited with 0.\n"
        f"  The services {some('s')} must have been started; they have no `ready` command, so they "
        "count as ready at once.\n"
        f"  {some('t')} run again each time that this task runs.\n"
    ) in re.sub(r"\n    +", " ", shown)


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ("b", "`b` in turn needs `c`."),
        ("b, s", "`b` in turn needs `c`."),
        ("b, d, s", "These tasks in turn need `c`."),
        ("c, s", None),
    ],
)
def test_only_tasks_need_something_in_turn(needs: str, said: str | None) -> None:
    text = (
        f"tasks:\n  a: {{name: A, command: x, dependsOn: [{needs}]}}\n"
        "  b: {name: B, command: x, dependsOn: [c]}\n"
        "  c: {name: C, command: x}\n"
        "  d: {name: D, command: x, dependsOn: [c]}\n"
        "services:\n  s: {name: S, commands: {start: x}}\n"
    )
    shown = run("why", "a", "-", stdin=text.encode()).stdout.decode()
    assert re.findall(r"^  (.* in turn .*)$", shown, re.MULTILINE) == ([said] if said else [])


@pytest.mark.parametrize("place", ["machine: {}", "docker: {image: alpine}"])
def test_which_secrets_there_are_outside_the_dev_container_is_not_documented(place: str) -> None:
    text = "tasks:\n  a: {{name: A, command: x, triggeredBy: [{}], runsOn: {{{}}}}}\n"
    missing = "  In a prebuild there are no user secrets.\n"
    unknown = "  Not documented: which secrets it sees there.\n"
    for trigger, said in (("manual", unknown), ("prebuild, manual", missing + unknown)):
        shown = run("why", "a", "-", stdin=text.format(trigger, place).encode()).stdout.decode()
        assert f".\n{said}\nWhen it does not run\n" in shown


def test_what_is_no_yaml_is_an_error_of_the_file() -> None:
    done = run("why", "a", "-", "--stdin-filename", "x.yaml", stdin=b"tasks: [")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"x.yaml:1:8: error[yaml-syntax]:")


@pytest.mark.parametrize("format_", ["text", "json"])
def test_an_explanation_that_is_not_whole_says_so(format_: str, tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(
        'ignore = ["dependency-cycle", "unknown-dependency"]\n'
    )
    (tmp_path / "a.yaml").write_text(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b, missing], triggeredBy: [manual]}\n"
        "  b: {name: B, command: x, dependsOn: [a]}\n"
    )
    done = run_in(tmp_path, "why", "a", "a.yaml", "--format", format_)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "The explanation is incomplete; `automation-validator check --isolated` says why.\n"
    )
    if format_ == "json":
        SCHEMA.validate(json.loads(done.stdout))
    else:
        assert b"  Never: it is in a dependency cycle, or needs something that is.\n" in done.stdout
        assert b"  Not in the file: `missing`.\n" in done.stdout


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            "duplicate-reference",
            (
                "tasks:\n  a: {name: A, command: x}\n"
                "services:\n  a: {name: A, commands: {start: x}}\n"
            ),
        ),
        (
            "unknown-dependency",
            (
                "tasks:\n  a: {name: A, command: x, dependsOn: [b], triggeredBy: [manual]}\n"
                "  b: {name: B, command: x, dependsOn: [missing]}\n"
            ),
        ),
    ],
)
def test_what_rules_would_report_is_incomplete(rule: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(f'ignore = ["{rule}"]\n')
    (tmp_path / "a.yaml").write_text(text)
    for arguments in (["why", "a", "a.yaml"], ["plan", "a.yaml", "--if-fails", "a"]):
        done = run_in(tmp_path, *arguments)
        assert done.returncode == 1
        assert b" is incomplete; `automation-validator check --isolated` says why.\n" in done.stderr


def test_another_format_that_is_no_error_has_no_tasks(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('severity = {other-format = "warning"}\n')
    (tmp_path / "a.yaml").write_text("tasks:\n  - init: npm ci\nports: [{port: 3000}]\n")
    (tmp_path / "b.yaml").write_text("tasks:\n  a: {name: A, command: x}\n")
    done = run_in(tmp_path, "why", "a", "a.yaml")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"no task or service has the reference `a`\n" in done.stderr
    for arguments in ([], ["--diff", "b.yaml"]):
        done = run_in(tmp_path, "plan", "a.yaml", *arguments)
        assert done.returncode == 1
        assert done.stderr.startswith(b"The plan is incomplete;")


def test_what_can_not_be_read_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["invalid-value"]\n')
    (tmp_path / "a.yaml").write_text(
        "tasks:\n  a: {name: A, command: x}\n  b: {name: B, command: x, triggeredBy: [startup]}\n"
    )
    done = run_in(tmp_path, "why", "a", "a.yaml")
    assert done.returncode == 1
    assert b"\n  Something in the file can't be read, so it is not known what starts it.\n" in (
        done.stdout
    )
    assert done.stderr.startswith(b"The explanation is incomplete;")
    for arguments in ([], ["--if-fails", "a"]):
        done = run_in(tmp_path, "plan", "a.yaml", *arguments)
        assert done.returncode == 1
        assert done.stderr.startswith(b"The plan is incomplete;")


def test_of_what_never_runs_only_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["dependency-cycle"]\n')
    (tmp_path / "a.yaml").write_text(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b], triggeredBy: [prebuild]}\n"
        "  b: {name: B, command: x, dependsOn: [a]}\n"
        "  c: {name: C, command: x, dependsOn: [a], triggeredBy: [manual]}\n"
    )
    done = run_in(tmp_path, "why", "a", "a.yaml")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        "a (task): A\n"
        "\n"
        "When it runs\n"
        "  Never: it is in a dependency cycle, or needs something that is.\n"
        "  `b` and `c` also never run: they depend on it.\n"
        "\n"
        "What must be there first\n"
        "  The task `b` must have ended without failing.\n"
    )


@pytest.mark.parametrize(
    ("reference", "when"),
    [
        ("a", "Only when somebody starts it from the command line: no trigger starts it."),
        (
            "b",
            (
                "Only when somebody starts it from the command line, or something that needs it: "
                "`a`. No trigger starts any of them."
            ),
        ),
        (
            "c",
            (
                "During a prebuild (`prebuild`).\n"
                "  From the command line, when somebody starts something that needs it: `b`."
            ),
        ),
    ],
)
def test_what_is_started_by_hand_only(reference: str, when: str) -> None:
    text = (
        b"tasks:\n"
        b"  a: {name: A, command: x, dependsOn: [b]}\n"
        b"  b: {name: B, command: x, dependsOn: [c]}\n"
        b"  c: {name: C, command: x, triggeredBy: [prebuild]}\n"
    )
    done = run("why", reference, "-", stdin=text, COLUMNS="200")
    assert done.returncode == 0
    assert done.stdout.decode().split("\n\n")[1] == f"When it runs\n  {when}"


@pytest.mark.parametrize("other", ["", ", triggeredBy: [prebuild]", ", triggeredBy: [manual]"])
def test_whatever_needs_it_can_be_started_by_hand_too(other: str) -> None:
    text = (
        "tasks:\n"
        "  a: {name: A, command: x, triggeredBy: [manual]}\n"
        f"  b: {{name: B, command: x, dependsOn: [a]{other}}}\n"
    )
    done = run("why", "a", "-", stdin=text.encode(), COLUMNS="200").stdout.decode()
    assert "only when somebody starts it or something that needs it.\n" in done


@pytest.mark.parametrize(("name", "start"), [("w.json", "{"), ("w.txt", "seed (task)")])
def test_the_ending_sets_the_format(name: str, start: str, tmp_path: Path) -> None:
    done = run("why", "seed", FILE, "-o", str(tmp_path / name))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / name).read_text().startswith(start)


def test_colors_are_asked_for() -> None:
    plain = run("why", "seed", FILE).stdout
    colored = run("why", "seed", FILE, "--color", "always").stdout
    assert b"\033[" not in plain
    assert colored.startswith(b"\033[1mseed\033[0m (task): Seed the database\n")
    assert re.sub(rb"\033\[\d+m", b"", colored) == plain


@settings(max_examples=25, deadline=None)
@given(width=st.integers(50, 120))
def test_lines_keep_within_the_width(width: int) -> None:
    read = document((ROOT / EXPLAINED).read_text().replace("Report", "長い名前 " * 12))
    explainer = Explainer(read)
    for reference in read.by_reference:
        explained = explainer.explain(reference)
        lines = list(
            sentences_text.draw(explained.automation, sections(explained), color=False, width=width)
        )
        assert max(map(columns, lines)) <= width
        assert [line for line in lines if line != line.rstrip()] == []


def test_a_document_can_forge_no_output() -> None:
    text = (
        "tasks:\n"
        '  a: {name: "\\e[2J ##[error] ::error::x \\u202e", command: x, '
        'runsOn: {docker: {image: "a \\n::error::b ##vso[x]"}}}\n'
    )
    for format_ in ("text", "json"):
        done = run("why", "a", "-", "--format", format_, stdin=text.encode(), COLUMNS="40")
        assert done.returncode == 0
        assert not re.search(rb"\033|##|^\s*::", done.stdout, re.MULTILINE)
        assert "\u202e" not in done.stdout.decode()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("{}", "in the workspace folder; `postMachineStart` fires before the container is ready."),
        ("{machine: {}}", "on the machine itself, outside the dev container."),
        ("{docker: {image: i}}", "in a container of its own, made from the image `i`."),
    ],
)
def test_what_starts_before_the_dev_container_is_ready_is_said(place: str, said: str) -> None:
    text = (
        f"tasks:\n  a: {{name: A, command: x, runsOn: {place}}}\n"
        "  b: {name: B, command: x, dependsOn: [a], triggeredBy: [postMachineStart], "
        "runsOn: {machine: {}}}\n"
    )
    done = run("why", "a", "-", stdin=text.encode(), COLUMNS="200")
    assert f"{said}\n" in done.stdout.decode()


LONG = "x" * 127
"""Two references may differ only in the last of their 128 characters."""


@pytest.mark.parametrize(
    "command",
    [
        ["why", f"{LONG}a"],
        ["plan"],
        ["plan", "--task", f"{LONG}a", "--format", "mermaid"],
        ["plan", "--if-fails", f"{LONG}b"],
        ["plan", "--diff", FILE],
        ["plan", "--diff", FILE, "--format", "markdown"],
    ],
)
def test_long_references_can_be_told_apart(command: list[str]) -> None:
    text = (
        f"tasks:\n  {LONG}a: {{name: A, command: x, dependsOn: [{LONG}b]}}\n"
        f"  {LONG}b: {{name: B, command: x}}\n"
    )
    shown = run(*command, "-", stdin=text.encode(), COLUMNS="200").stdout.decode()
    names = set(re.findall("x{10,}.", shown))
    assert names
    assert names <= {f"{LONG}a", f"{LONG}b"}


def test_references_are_completed(tmp_path: Path) -> None:
    """Of the file in the folder, since the file comes after the reference."""
    (tmp_path / "automations.yaml").write_text(TO_COMPLETE)
    (tmp_path / ".ona").mkdir()
    (tmp_path / ".ona" / "config.yaml").write_text(TO_COMPLETE.replace("deploy", "build"))
    assert offered(tmp_path, "why ") == ["db", "build"]
    assert offered(tmp_path, "why b") == ["build"]


@needs_corpus
def test_all_of_some_real_files_is_explained() -> None:
    for name in [name for name, accepted in verdicts().items() if accepted][::6]:
        read = read_document((FOLDER / name).read_bytes())
        assert read is not None
        explainer = Explainer(read)
        for reference in read.by_reference:
            explained = explainer.explain(reference)
            SCHEMA.validate(json.loads(why_json.draw(explained)))
            assert all(section.sentences for section in sections(explained))
