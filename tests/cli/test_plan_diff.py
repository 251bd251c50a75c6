"""The option `--diff` of the command `plan`."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.plans import document, files
from tests.rules.test_secret_in_file import TOKENS
from validator import schemas
from validator.display import columns
from validator.drawing.changes import json as json_format
from validator.drawing.changes import markdown, text
from validator.model.automations import Document
from validator.model.plan_change import compare_plans

OLD, NEW = "fixtures/plan-diff/old.yaml", "fixtures/plan-diff/new.yaml"
BROKEN = "fixtures/broken/.ona/automations.yaml"
SCHEMA = jsonschema.Draft7Validator(schemas.load("plan-diff-output.schema.json"))
TOKEN = TOKENS["GitHub token"][0]

FIRST = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"
SAID = "1 changed.\n\n~ task     a  A\n    "
COMMAND = f"{SAID}its command has changed\n"
SAME = "The plan does not change.\n"


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("plan-diff", [], 0),
        ("plan-diff-json", ["--format", "json"], 0),
        ("plan-diff-markdown", ["--format", "markdown"], 0),
        ("plan-diff-trigger", ["--trigger", "postDevcontainerStart"], 0),
        ("plan-diff-task", ["--task", "build"], 2),
        ("plan-diff-mermaid", ["--format", "mermaid"], 2),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    given_ = ["plan", NEW, "--diff", OLD, *arguments]
    check_output(name, given_, code, between="--- standard error\n")


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("plan-diff-same", ["plan", NEW, "--diff", NEW], 0),
        ("plan-diff-back", ["plan", OLD, "--diff", NEW], 0),
        ("plan-diff-broken", ["plan", NEW, "--diff", BROKEN], 1),
        ("plan-diff-of-broken", ["plan", BROKEN, "--diff", OLD], 1),
        ("plan-diff-missing", ["plan", NEW, "--diff", "fixtures/plan-diff/od.yaml"], 2),
        ("plan-markdown", ["plan", NEW, "--format", "markdown"], 2),
        ("plan-diff-stdin-twice", ["plan", "-", "--diff", "-"], 2),
    ],
)
def test_the_output_of_other_files(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


def test_the_json_is_as_its_schema_says() -> None:
    for files_ in ([NEW, "--diff", OLD], [OLD, "--diff", NEW], [OLD, "--diff", OLD]):
        shown = json.loads(run("plan", *files_, "--format", "json").stdout)
        SCHEMA.validate(shown)
        assert shown["keepsPlan"] == (files_[0] == files_[2])


@settings(max_examples=30, deadline=None)
@given(files(acyclic=False), files(acyclic=False))
def test_every_change_can_be_drawn(old: str, new: str) -> None:
    change = compare_plans(document(old), document(new))
    shown = json.loads("\n".join(json_format.draw(change)))
    SCHEMA.validate(shown)
    assert [item["kind"] for item in shown["items"]] == [item.kind for item in change.items]
    lines = list(text.draw(change, color=False, width=80))
    assert [line for line in lines if line != line.rstrip()] == []
    assert len([line for line in lines if re.match("[-+>~] ", line)]) == len(change.items)
    # Something is said of each.
    assert len([line for line in lines if re.match("    [a-z]", line)]) >= len(change.items)
    assert len(list(markdown.draw(change, "a", "b"))) == 3 + bool(change.items) * (
        3 + len(change.items)
    )


@settings(max_examples=25, deadline=None)
@given(width=st.integers(40, 120), color=st.booleans())
def test_lines_keep_within_the_width(color: bool, width: int) -> None:
    old = document((ROOT / OLD).read_text(encoding="utf-8"))
    new = document((ROOT / NEW).read_text(encoding="utf-8").replace("Build", "長い名前" * 12))
    lines = text.draw(compare_plans(old, new), color=color, width=width)
    plain = [re.sub("\033\\[\\d+m", "", line) for line in lines]
    assert max(map(columns, plain)) <= width


def test_colors_are_asked_for() -> None:
    colored = run("plan", NEW, "--diff", OLD, "--color", "always").stdout
    assert b"\033[31m- task     docs  Build the docs\033[0m\n" in colored
    plain = run("plan", NEW, "--diff", OLD).stdout
    assert re.sub(rb"\033\[\d+m", b"", colored) == plain
    assert b"\033" not in plain


@pytest.mark.parametrize(
    ("name", "option", "start"),
    [
        ("p.md", "", "### Plan of "),
        ("p.json", "", '{"version": 1'),
        ("p.txt", "", "1 added, "),
        ("p", "", "1 added, "),
        ("p.md", "--format text", "1 added, "),
    ],
)
def test_the_output_files_ending_says_the_format(
    tmp_path: Path, name: str, option: str, start: str
) -> None:
    path = tmp_path / name
    done = run("plan", NEW, "--diff", OLD, "-o", str(path), *option.split())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert path.read_text(encoding="utf-8").startswith(start)


def test_other_endings_and_files_that_are_compared(tmp_path: Path) -> None:
    done = run("plan", NEW, "--diff", OLD, "-o", str(tmp_path / "p.png"))
    assert done.returncode == 2
    assert b"no format has the ending .png; the endings are .json, .md, .txt" in done.stderr
    for name in (OLD, NEW):
        before = (ROOT / name).read_bytes()
        done = run("plan", NEW, "--diff", OLD, "-o", name, "--format", "text")
        assert done.returncode == 2
        assert b"the output would overwrite the file that is compared." in done.stderr
        assert (ROOT / name).read_bytes() == before


def test_standard_input_is_either_version() -> None:
    wanted = run("plan", NEW, "--diff", OLD).stdout
    assert run("plan", "-", "--diff", OLD, stdin=(ROOT / NEW).read_bytes()).stdout == wanted
    assert run("plan", NEW, "--diff", "-", stdin=(ROOT / OLD).read_bytes()).stdout == wanted


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("postEnvironmentStart", "postDevcontainerStart", "when the environment is resumed"),
        ("postDevcontainerStart", "postEnvironmentStart", "when the dev container is rebuilt"),
        ("postEnvironmentStart", "prebuild", "when the environment is started or resumed"),
        (
            "postEnvironmentStart",
            "postMachineStart",
            "when the environment is started or resumed, once the dev container is ready",
        ),
        (
            "postEnvironmentStart",
            "postMachineStart, postDevcontainerStart",
            "when the environment is resumed, once the dev container is ready",
        ),
        (
            "postMachineStart",
            "postEnvironmentStart",
            "when the machine has started, before the dev container is ready",
        ),
    ],
)
def test_what_still_runs_at_the_first_start_is_not_said_to_be_gone(
    old: str, new: str, said: str
) -> None:
    before, after = (document(FIRST.replace("manual", trigger)) for trigger in (old, new))
    lines = list(text.draw(compare_plans(before, after), color=False, width=200))
    assert lines[-1] == f"    no longer runs {said} ({old})"


@pytest.mark.parametrize(
    ("new", "said", "outcome"),
    [
        (
            "a: {name: A, command: a, triggeredBy: [prebuild]}, b: {name: B, command: b}",
            "if it fails, the prebuild only warns now",
            "warns",
        ),
        (
            (
                "a: {name: A, command: a}, b: {name: B, command: b, dependsOn: [a], "
                "triggeredBy: [prebuild], prebuildRequiresSuccess: true}"
            ),
            (
                "prebuildRequiresSuccess is not set now; it is not documented whether the prebuild "
                "fails if it does"
            ),
            None,
        ),
        (
            "a: {name: A, command: a}",
            "no prebuild runs it, and prebuildRequiresSuccess is not set now",
            None,
        ),
    ],
)
def test_what_a_prebuild_does_if_it_fails(new: str, said: str, outcome: str | None) -> None:
    old = FIRST.replace("[manual]", "[prebuild], prebuildRequiresSuccess: true")
    change = compare_plans(document(old), document(f"tasks: {{{new}}}"))
    item = change.items[0]
    assert item.old is not None
    assert item.new is not None
    assert (item.old.prebuild_failure, item.new.prebuild_failure) == ("fails", outcome)
    assert f"    {said}" in text.draw(change, color=False, width=200)


def test_of_a_trigger_only_what_concerns_it_is_said() -> None:
    old = document(FIRST)
    new = document(
        "tasks: {a: {name: A, command: b, triggeredBy: [manual, prebuild]}, b: {name: B, "
        "command: b, triggeredBy: [manual, prebuild], prebuildRequiresSuccess: true}}"
    )

    def said(before: Document, after: Document, trigger: str) -> list[str]:
        change = compare_plans(before, after).of_trigger(trigger)
        lines = list(text.draw(change, color=False, width=200))
        return [line.strip() for line in lines if not line or line[0] == " "]

    assert said(old, new, "prebuild") == [
        "",
        "now also runs in prebuilds, without user secrets (prebuild)",
        "",
        "runs in prebuilds, without user secrets (prebuild)",
        "if it fails, the prebuild fails",
    ]
    assert said(old, new, "manual") == [
        "",
        "its command has changed",
        "",
        "runs when somebody starts it (manual)",
    ]
    assert said(new, old, "prebuild") == [
        "",
        "no longer runs in prebuilds (prebuild)",
        "",
        "no longer runs in prebuilds (prebuild)",
    ]
    change = compare_plans(old, new).of_trigger("beforeSnapshot")
    lines = list(text.draw(change, color=False, width=200))
    assert lines == ["The plan of beforeSnapshot does not change."]


def test_a_new_container_has_no_variables_that_could_have_changed() -> None:
    docker = "runsOn: {docker: {image: x, environment: [A=1]}}"
    once, own = (
        document(FIRST.replace("command: a", f"command: a{more}")) for more in ("", f", {docker}")
    )
    for old, new in ((once, own), (own, once)):
        lines = list(text.draw(compare_plans(old, new), color=False, width=200))
        assert len(lines) == 4
        assert lines[3].startswith("    runs in ")


def test_of_what_is_in_a_cycle_only_one_thing_is_said() -> None:
    once = document("tasks: {a: {name: A, command: a, triggeredBy: [manual]}}")
    cycle = document(
        "tasks: {a: {name: A, command: a, dependsOn: [b], triggeredBy: [prebuild], "
        "runsOn: {machine: {}}}, b: {name: B, command: b, dependsOn: [a]}}"
    )

    def said(old: Document, new: Document) -> list[str]:
        lines = list(text.draw(compare_plans(old, new), color=False, width=200))
        return [line.strip() for line in lines[2:]]

    is_in = "it is in a dependency cycle, or needs something that is"
    was_in = "it was in a dependency cycle, or needed something that was"
    assert said(once, cycle) == [
        "~ task     a  A",
        f"never runs now: {is_in}",
        "now waits for b",
        "would run on the machine now, no longer in the dev container",
        "",
        "+ task     b  B",
        f"never runs: {is_in}",
        "waits for a",
    ]
    assert said(cycle, once) == [
        "~ task     a  A",
        "now runs when somebody starts it (manual)",
        "no longer waits for b",
        f"never ran before: {was_in}",
        "runs in the dev container now, no longer on the machine",
        "",
        "- task     b  B",
        f"never ran: {was_in}",
    ]
    change = compare_plans(once, cycle)
    assert [item.newest.runs for item in change.items] == [(), ()]
    assert not any(item.without_user_secrets for item in change.items)


def test_nothing_is_said_of_dependencies_on_a_new_reference() -> None:
    # Here one is gone, and it is said where it was.
    old = document("tasks: {a: {name: A, command: a}, b: {name: B, command: b, dependsOn: [a]}}")
    new = document("tasks: {c: {name: A, command: a}, b: {name: B, command: b}}")
    lines = list(text.draw(compare_plans(old, new), color=False, width=200))
    assert lines[3] == "    was a"
    assert lines[-1] == "    no longer waits for a, in group 1 instead of 2"


@pytest.mark.parametrize("rest", ["dependsOn: [a]", "triggeredBy: [manual]"])
def test_what_can_be_started_from_the_command_line_is_not_said_to_be_gone(rest: str) -> None:
    items = "tasks: {a: {name: A, command: a}, b: {name: B, command: b, %s}}"
    old, new = (document(items % each) for each in ("dependsOn: [a], triggeredBy: [manual]", rest))
    lines = list(text.draw(compare_plans(old, new), color=False, width=200))
    ended = "manual does not start it any more"
    assert f"    {ended}; before, it ran there because b needed it" in lines
    assert (f"    {ended}" in lines) == ("manual" not in rest)
    assert "no longer runs" not in "".join(lines)


@pytest.mark.parametrize("stdin", [b"", b"tasks:\n", b"# nothing\n"])
def test_an_empty_file_has_nothing(stdin: bytes) -> None:
    done = run("plan", NEW, "--diff", "-", "--format", "json", stdin=stdin)
    assert {item["kind"] for item in json.loads(done.stdout)["items"]} == {"added"}
    done = run("plan", "-", "--diff", NEW, "--format", "json", stdin=stdin)
    assert {item["kind"] for item in json.loads(done.stdout)["items"]} == {"gone"}


def test_files_that_are_no_yaml_are_errors() -> None:
    done = run("plan", NEW, "--diff", "-", stdin=b"tasks: [")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"<stdin>:1:8: error[yaml-syntax]:")
    assert b"<stdin> has errors, so there is no plan to compare with.\n" in done.stderr


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("unknown-dependency", FIRST.replace("command: a", "command: a, dependsOn: [x]")),
        ("unknown-dependency", FIRST.replace("}}", "}, b: {name: B, command: b, dependsOn: [x]}}")),
        ("self-dependency", FIRST.replace("}}", "}, b: {name: B, command: b, dependsOn: [b]}}")),
        ("duplicate-reference", f"{FIRST}services: {{a: {{name: A}}}}\n"),
    ],
)
def test_a_plan_that_is_not_whole_says_so(tmp_path: Path, rule: str, content: str) -> None:
    (tmp_path / "automation-validator.toml").write_text(f'ignore = ["{rule}"]\n')
    (tmp_path / "a.yaml").write_text(FIRST)
    (tmp_path / "b.yaml").write_text(content)
    for names in (("b.yaml", "a.yaml"), ("a.yaml", "b.yaml")):
        done = run_in(tmp_path, "plan", names[0], "--diff", names[1])
        assert done.returncode == 1
        assert done.stdout
        assert done.stderr == (
            b"The plan is incomplete; `automation-validator check --isolated` says why.\n"
        )


def test_of_another_trigger_it_does_not_matter_what_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["unknown-dependency"]\n')
    (tmp_path / "a.yaml").write_text(FIRST.replace("command: a", "command: a, dependsOn: [x]"))
    for trigger, code in (("manual", 1), ("prebuild", 0)):
        done = run_in(tmp_path, "plan", "a.yaml", "--diff", "a.yaml", "--trigger", trigger)
        assert (done.returncode, bool(done.stderr)) == (code, bool(code))


def test_a_document_can_forge_no_markdown() -> None:
    evil = "<img src=x> | @everyone [x](https://e.example) `b` *c* \\n::error::x ##[error]"
    new = f'tasks: {{a: {{name: "{evil}", command: a, runsOn: {{docker: {{image: "{evil}"}}}}}}}}\n'
    done = run("plan", "-", "--diff", OLD, "--format", "markdown", stdin=new.encode())
    assert done.returncode == 0
    (row,) = [line for line in done.stdout.decode().splitlines() if "everyone" in line]
    cells = row.removeprefix("| ➕ added | task <code>a</code><br>").removesuffix(". |")
    name, said = cells.split(" | Runs only when started by hand, from the command line.<br>")
    image = said.removeprefix("Runs in a container of <code>").removesuffix("</code>")
    assert image.startswith(name.removesuffix("&#8230;"))
    assert re.fullmatch(r"(\w| |&#\d+;)+", image)
    assert not re.search(rb"##\w*\[|^\s*::", done.stdout, re.MULTILINE)


def test_references_and_paths_are_shown_whole() -> None:
    one, other = (f"{'x' * 127}{end}" for end in "ab")
    old = document(f"tasks: {{{one}: {{name: A, command: a}}, {other}: {{name: B, command: b}}}}")
    new = document(
        f"tasks: {{{one}: {{name: A, command: a}}, {other}: {{name: B, command: b, "
        f"dependsOn: [{one}]}}}}"
    )
    change = compare_plans(old, new)
    head, said = list(text.draw(change, color=False, width=200))[2:]
    assert head.endswith(f"  {other}  B")
    assert said == f"    now waits for {one}, in group 2 instead of 1"
    path = f"{'y' * 127}/{'z' * 127}"
    lines = list(markdown.draw(change, f"{path}a", f"{path}b"))
    assert f"{'z' * 127}a</code>" in lines[0]
    assert f"{'z' * 127}b</code>" in lines[2]
    assert f"<code>{other}</code>" in lines[-1]
    assert f"<code>{one}</code>" in lines[-1]


def test_a_long_table_is_cut() -> None:
    many = "".join(f"  t{number}: {{name: T, command: x}}\n" for number in range(markdown.MOST + 3))
    done = run(
        "plan", "-", "--diff", OLD, "--format", "markdown", stdin=b"tasks:\n" + many.encode()
    )
    lines = done.stdout.decode().splitlines()
    gone = 6
    assert len([line for line in lines if line.startswith("| ")]) == markdown.MOST + 1
    assert lines[-1] == f"And {3 + gone} more."


def test_a_table_of_long_names_fits_into_a_summary() -> None:
    names = [f"{'_' * 120}{number:03}" for number in range(markdown.MOST)]
    first = ", ".join(names[:20])
    many = "".join(
        f"  {name}: {{name: T, command: x, dependsOn: [{first}]}}\n" for name in names[20:]
    )
    several = "".join(f"  {name}: {{name: T, command: x}}\n" for name in names[:20])
    change = compare_plans(document("tasks: {}"), document(f"tasks:\n{many}{several}"))
    shown = "\n".join(markdown.draw(change, "a", "b"))
    assert markdown.MOST_BYTES - 10_000 < len(shown.encode()) < markdown.MOST_BYTES + 1000
    rows = shown.count("| ➕ added |")
    assert shown.endswith(f"\n\nAnd {markdown.MOST - rows} more.")


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_no_secret_is_shown_and_its_change_is(format_: str) -> None:
    def version(token: str) -> str:
        docker = f"{{docker: {{image: 'x/{token}', environment: [A={token}]}}}}"
        return (
            f"tasks:\n  a: {{name: Push {token}, command: echo {token}, runsOn: {docker}}}\n"
            f"  b: {{name: B, command: x, dependsOn: [a, {token}]}}\n"
            f"  {token}: {{name: C, command: x}}\n"
        )

    done = run(*("plan", "-", "--diff", OLD, "--format", format_), stdin=version(TOKEN).encode())
    assert done.returncode == 0
    assert TOKEN[:12].encode() not in done.stdout
    assert TOKEN[-12:].encode() not in done.stdout


def test_another_secret_is_a_change(tmp_path: Path) -> None:
    one = FIRST.replace("command: a", f"command: echo {TOKEN}")
    other = FIRST.replace("command: a", f"command: echo {TOKEN[:-1]}Z")
    (tmp_path / "a.yaml").write_text(one)
    (tmp_path / "b.yaml").write_text(other)
    done = run_in(tmp_path, "plan", "b.yaml", "--diff", "a.yaml")
    assert (done.returncode, done.stdout.decode()) == (0, COMMAND)


@needs_corpus
def test_real_files_do_not_differ_from_themselves() -> None:
    for name in [name for name, accepted in verdicts().items() if accepted][::12]:
        path = str(FOLDER / name)
        done = run("plan", path, "--diff", path)
        assert (done.returncode, done.stdout.decode(), done.stderr) == (0, SAME, b""), name
