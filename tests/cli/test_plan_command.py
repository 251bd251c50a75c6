"""The command `plan`, and the page about it."""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle, schemas
from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.plans import TRIGGERS, dense, document, sparse
from validator import check_text
from validator.display import columns
from validator.drawing.plans import plan_mermaid, plan_text
from validator.model import plan

FILE = "fixtures/plan/automations.yaml"
BROKEN = "fixtures/broken/.ona/automations.yaml"
PAGE = ROOT / "docs" / "guides" / "plan-and-graph.md"

HOSTILE = """\
tasks:
  a:
    name: "\\e[2J##[error]\\n::error::x \\u202e \\" ] `b` </text> %%{init: {}}%%"
    command: x
    dependsOn: [b]
    triggeredBy: [manual]
  b: {name: "::error::y", command: "##vso[x]", triggeredBy: [prebuild]}
"""


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("plan", ["plan", FILE], 0),
        ("plan-json", ["plan", FILE, "--format", "json", "--trigger", "prebuild"], 0),
        ("plan-json-all", ["plan", FILE, "--format", "json"], 0),
        ("plan-mermaid", ["plan", FILE, "--format", "mermaid"], 0),
        ("plan-trigger", ["plan", FILE, "--trigger", "post_devcontainer_start"], 0),
        ("plan-nothing", ["plan", "fixtures/clean", "--trigger", "postMachineStart"], 0),
        ("plan-task", ["plan", FILE, "--task", "seed"], 0),
        ("plan-broken", ["plan", BROKEN], 1),
        ("plan-broken-json", ["plan", BROKEN, "--format", "json"], 1),
        ("plan-workflow", ["plan", "fixtures/rules/invalid-cron/good-all.yaml"], 1),
        ("plan-missing", ["plan", "fixtures/missing.yaml"], 2),
        ("plan-unknown-trigger", ["plan", FILE, "--trigger", "prebuilt"], 2),
        ("plan-other-trigger", ["plan", FILE, "--trigger", "x"], 2),
        ("plan-unknown-task", ["plan", FILE, "--task", "sed"], 2),
        ("plan-both", ["plan", FILE, "--task", "seed", "--trigger", "manual"], 2),
        ("plan-help", ["plan", "--help"], 0),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


@pytest.mark.parametrize("command", [["plan"], ["graph"], ["why", "install"]])
def test_errors_are_told_as_by_check_which_can_fix_them(command: list[str]) -> None:
    errors = run("check", BROKEN, "--ignore", "start-detaches").stdout
    told = run(*command, BROKEN).stderr
    assert told == errors.replace(b"`--fix`", b"`automation-validator check --fix`")


def test_the_file_of_the_current_folder_is_planned() -> None:
    done = run_in(ROOT / "fixtures" / "clean", "plan")
    assert done.returncode == 0
    assert done.stdout == run("plan", "fixtures/clean").stdout


def test_standard_input_is_planned() -> None:
    text = (ROOT / FILE).read_bytes()
    assert run("plan", "-", stdin=text).stdout == run("plan", FILE).stdout
    broken = run("plan", "-", "--stdin-filename", "x.yaml", stdin=b"tasks: [")
    assert (broken.returncode, broken.stdout) == (1, b"")
    assert broken.stderr.startswith(b"x.yaml:1:8: error[yaml-syntax]:")


@pytest.mark.parametrize("text", [b"", b"tasks:\n", b"# nothing\n"])
def test_an_empty_file_has_an_empty_plan(text: bytes) -> None:
    done = run("plan", "-", stdin=text)
    assert (done.returncode, done.stdout) == (0, b"There are no tasks and no services.\n")
    assert run("plan", "-", "--format", "json", stdin=text).stdout == b"{\n}\n"


def test_another_document_has_no_plan() -> None:
    done = run("plan", "-", stdin=b'{"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11"}')
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"error[unknown-field]" in done.stderr


def test_colors_are_asked_for_and_refused() -> None:
    assert b"\033[" not in run("plan", FILE).stdout
    colored = run("plan", FILE, FORCE_COLOR="1").stdout
    assert b"\033[1mprebuild\033[0m: during a prebuild; without user secrets\n" in colored
    assert re.sub(rb"\033\[\d+m", b"", colored) == run("plan", FILE).stdout
    assert b"\033[" not in run("plan", FILE, FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.parametrize("format_", ["text", "mermaid", "json"])
def test_a_document_can_forge_no_output(format_: str) -> None:
    done = run("plan", "-", "--format", format_, stdin=HOSTILE.encode())
    assert done.returncode == 0
    assert not re.search(rb"\033|##|^\s*::", done.stdout, re.MULTILINE)
    assert "\u202e" not in done.stdout.decode()


def test_mermaid_takes_no_text_for_its_own() -> None:
    lines = list(plan_mermaid.draw(plan.of_document(document(HOSTILE))))
    step = re.compile(r' +\w+\(?\[?"[^"`%{}\[\]]*"[\])]+|  +subgraph \w+\["[^"]+"\]')
    other = re.compile(
        r" +(end|\w+ (-->|~~~) \w+|classDef pulledIn [-:a-z0-9 ]+|class [\w,]+ pulledIn)"
    )
    assert lines[0] == "flowchart TB"
    assert [
        line for line in lines[1:] if not step.fullmatch(line) and not other.fullmatch(line)
    ] == []


@pytest.mark.parametrize("color", [False, True])
@settings(max_examples=25, deadline=None)
@given(width=st.integers(40, 120))
def test_lines_keep_within_the_width(color: bool, width: int) -> None:
    read = document((ROOT / FILE).read_text().replace("Build", "長い名前" * 12))
    lines = list(plan_text.draw(plan.of_document(read), read, color=color, width=width))
    plain = [re.sub("\033\\[\\d+m", "", line) for line in lines]
    assert max(map(columns, plain)) <= width
    assert [line for line in plain if line != line.rstrip()] == []


@pytest.mark.parametrize("width", range(40, 121, 8))
def test_all_plans_have_one_layout(width: int) -> None:
    read = document((ROOT / FILE).read_text())
    lines = plan_text.draw(plan.of_document(read), read, color=False, width=width)
    steps = [line for line in lines if re.match("    (task|service) ", line)]
    beside = [bool(re.match("    (task   |service)  ", line)) for line in steps]
    assert len(steps) > 10
    assert len(set(beside)) == 1


def executions(output: bytes) -> list[dict[str, Any]]:
    """Documents of the kind `task-execution` with the plans that the command has written."""
    specs = json.loads(output)
    assert list(specs) == sorted(specs, key=TRIGGERS.index)
    return [{"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "spec": spec} for spec in specs.values()]


def test_the_json_is_a_spec_that_we_and_the_platform_accept() -> None:
    read = document((ROOT / FILE).read_text())
    found = executions(run("plan", FILE, "--format", "json").stdout)
    assert [each["spec"] for each in found] == [
        plan.to_json(made) for made in plan.of_document(read)
    ]
    for execution in found:
        assert oracle.accepts("task-execution", execution)
        assert schemas.accepts("task-execution", execution)
        assert check_text(json.dumps(execution), kind="task-execution").findings == ()


@needs_corpus
@pytest.mark.parametrize("format_", ["text", "json", "mermaid"])
def test_real_files_are_planned(format_: str) -> None:
    for name in [name for name, accepted in verdicts().items() if accepted][::12]:
        done = run("plan", str(FOLDER / name), "--format", format_)
        assert (done.returncode, done.stderr) == (0, b""), name


def test_a_plan_that_is_not_whole_says_so(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text(
        'ignore = ["dependency-cycle", "unknown-dependency"]\n'
    )
    (tmp_path / "a.yaml").write_text(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b, missing], triggeredBy: [manual]}\n"
        "  b: {name: B, command: x, dependsOn: [a]}\n"
    )
    done = run_in(tmp_path, "plan", "a.yaml", "--trigger", "manual")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        "manual: each when somebody starts it, here as if all at once\n"
        "  never (in a dependency cycle, or waiting for one):\n"
        "    task     a  A  waits for b\n"
        "    task     b  B  waits for a; pulled in by a\n"
        "  needed, but not in the file: missing\n"
    )
    assert done.stderr.decode() == (
        "The plan is incomplete; `automation-validator check --isolated` says why.\n"
    )
    drawn = run_in(tmp_path, "plan", "a.yaml", "--format", "mermaid").stdout
    assert b"classDef wrong" in drawn


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            (
                "  a: {name: A, command: x, dependsOn: [b]}\n"
                "  b: {name: B, command: x, dependsOn: [a]}\n"
                "  c: {name: C, command: x, dependsOn: [a]}\n"
                "  d: {name: D, command: x}\n"
            ),
            (
                "In no plan, started only by hand, from the command line: d.\n"
                "Never run, in a dependency cycle or waiting for one: a, b and c.\n"
            ),
        ),
        (
            "  a: {name: A, command: x, dependsOn: [missing]}\n",
            "In no plan, started only by hand, from the command line: a.\n",
        ),
    ],
)
def test_what_nothing_triggers_may_be_unsound_too(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "automation-validator.toml").write_text(
        'ignore = ["dependency-cycle", "unknown-dependency"]\n'
    )
    (tmp_path / "a.yaml").write_text(f"tasks:\n{text}")
    for arguments in ([], ["--if-fails", "a"], ["--diff", "a.yaml"]):
        done = run_in(tmp_path, "plan", "a.yaml", *arguments)
        assert done.returncode == 1
        assert done.stderr.startswith(b"The plan is incomplete;")
        assert done.stdout.decode().endswith(said) or arguments
    assert run_in(tmp_path, "plan", "a.yaml", "--trigger", "manual").returncode == 0


@pytest.mark.parametrize("command", ["plan", "graph"])
def test_the_configuration_can_be_named_or_left_out(command: str, tmp_path: Path) -> None:
    lenient = 'ignore = ["unknown-dependency"]\n'
    (tmp_path / "automation-validator.toml").write_text(lenient)
    (tmp_path / "strict.toml").write_text("")
    (tmp_path / "a.yaml").write_text("tasks:\n  a: {name: A, command: x, dependsOn: [missing]}\n")
    assert b"unknown-dependency" not in run_in(tmp_path, command, "a.yaml").stderr
    for options in (["--isolated"], ["--config", "strict.toml"]):
        done = run_in(tmp_path, command, "a.yaml", *options)
        assert done.returncode == 1
        assert b"error[unknown-dependency]" in done.stderr
    done = run_in(tmp_path, command, "a.yaml", "--isolated", "--config", "strict.toml")
    assert done.returncode == 2
    assert b"--config and --isolated can't be used together." in done.stderr


def test_many_hints_are_no_error() -> None:
    done = run("plan", "-", "--format", "json", stdin=sparse(600, cyclic=False).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    text = dense(60, cyclic=False).encode()
    many = run("check", "--select=redundant-dependency", "-", stdin=text)
    assert b"too-many-findings" in many.stdout


def blocks(language: str) -> list[str]:
    page = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_the_command_prints() -> None:
    shown = [
        block
        for block in blocks("console")
        if block.startswith(("$ automation-validator plan", "$ automation-validator why"))
    ]
    assert len(shown) == 7
    printed = [
        f"{command}\n{run(*command.split()[2:]).stdout.decode()}"
        for command in (block.splitlines()[0] for block in shown)
    ]
    assert shown == printed


def test_the_examples_of_the_page_print_what_it_says() -> None:
    examples = [block for block in blocks("python") if 'read_document("""' in block]
    assert len(examples) == 2
    for example in examples:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(example, PAGE.name, "exec"), {})
        assert printed.getvalue() in blocks("text")


@pytest.mark.parametrize(
    ("name", "option", "start"),
    [
        ("p.json", "", "{"),
        ("p.JSON", "", "{"),
        ("p.mmd", "", "flowchart TB\n"),
        ("p.mermaid", "", "flowchart TB\n"),
        ("p.txt", "", "prebuild: "),
        ("p", "", "prebuild: "),
        ("p.json", "--format text", "prebuild: "),
        ("p.md", "--format mermaid", "flowchart TB\n"),
    ],
)
def test_the_output_files_ending_says_the_format(
    tmp_path: Path, name: str, option: str, start: str
) -> None:
    done = run("plan", "fixtures/clean", "-o", str(tmp_path / name), *option.split())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / name).read_text().startswith(start)


def test_an_ending_that_no_format_has(tmp_path: Path) -> None:
    done = run("plan", "fixtures/clean", "-o", str(tmp_path / "p.png"))
    assert done.returncode == 2
    endings = b"the endings are .json, .mermaid, .mmd, .txt, or give --format.\n"
    assert b"Error: no format has the ending .png; " + endings in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "option", "message"),
    [
        ("p.svg", "", "--output-file p.svg needs --executions."),
        ("p.HTM", "--trigger prebuild", "--output-file p.HTM needs --executions."),
        ("p.md", "", "--output-file p.md needs --diff."),
        ("p.md", "--if-fails a", "--if-fails and --output-file p.md can't be used together."),
        ("p.mmd", "--diff x", "--diff and --output-file p.mmd can't be used together."),
        ("p.mmd", "--diff x --format svg", "--diff and --format svg can't be used together."),
    ],
)
def test_an_ending_that_only_other_plans_have(
    tmp_path: Path, name: str, option: str, message: str
) -> None:
    done = run_in(tmp_path, "plan", str(ROOT / "fixtures/clean"), "-o", name, *option.split())
    assert done.returncode == 2
    assert f"Error: {message}\n" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []
