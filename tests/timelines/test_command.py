"""`plan --executions`: its outputs, and what it says of wrong input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.expected_output import assert_snapshot
from tests.plans import document
from tests.rules.test_secret_in_file import TOKENS
from tests.timelines.executions import execution, uuid
from validator import schemas
from validator.api.timeline import timeline
from validator.display import columns
from validator.drawing import TooLarge
from validator.drawing.timelines import MAX_BARS, timeline_json, timeline_svg, timeline_text, words

FILE = "fixtures/timeline/automations.yaml"
EXECUTIONS = "fixtures/timeline/executions.json"
UNFINISHED = "fixtures/timeline/unfinished.yaml"
TASKS = "fixtures/timeline/tasks.yaml"
RULES = "fixtures/timeline/rules"
SVG = "{http://www.w3.org/2000/svg}"
SNAPSHOTS = ROOT / "tests" / "snapshots"

NAME = "\x1b[2J##[error]\n::error::x\u202e</svg>日本"


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("timeline", [FILE, "--executions", EXECUTIONS], 0),
        ("timeline-json", [FILE, "--executions", EXECUTIONS, "--format", "json"], 0),
        ("timeline-unfinished", [FILE, "--executions", UNFINISHED, "--executions", TASKS], 0),
        ("timeline-unmatched", [FILE, "--executions", UNFINISHED], 0),
        (
            "timeline-contradictions",
            [
                f"{RULES}/automations.yaml",
                *("--executions", f"{RULES}/plan-mismatch/bad-too-few.yaml"),
                *("--executions", f"{RULES}/started-too-early/bad-not-ended.yaml"),
            ],
            1,
        ),
        ("timeline-no-executions", [FILE, "--executions", FILE], 2),
        ("timeline-missing", [FILE, "--executions", "fixtures/timeline/missing.json"], 2),
        (
            "timeline-broken",
            [FILE, "--executions", "fixtures/rules/group-order/bad-pending.yaml"],
            1,
        ),
        ("timeline-trigger", [FILE, "--executions", EXECUTIONS, "--trigger", "manual"], 2),
        ("timeline-mermaid", [FILE, "--executions", EXECUTIONS, "--format", "mermaid"], 2),
        ("timeline-svg-of-a-plan", [FILE, "--format", "svg"], 2),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, ["plan", *arguments], code, between="--- standard error\n")


def test_json_is_as_its_schema_says() -> None:
    validator = jsonschema.Draft7Validator(schemas.load("timeline-output.schema.json"))
    for path in (EXECUTIONS, UNFINISHED):
        done = run("plan", FILE, "--executions", path, "--format", "json")
        validator.validate(json.loads(done.stdout))
    read = document((ROOT / FILE).read_text(encoding="utf-8"))
    validator.validate(json.loads("".join(timeline_json.draw(timeline([], read)))))


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<svg "), ("html", b"<!doctype html>")])
def test_the_ending_of_the_output_sets_the_format(
    tmp_path: Path, ending: str, begins: bytes
) -> None:
    target = tmp_path / f"timeline.{ending}"
    done = run("plan", FILE, "--executions", EXECUTIONS, "-o", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert target.read_bytes().startswith(begins)
    again = run("plan", FILE, "--executions", EXECUTIONS, "--format", ending)
    assert again.stdout == target.read_bytes()


def test_the_page() -> None:
    path = f"{RULES}/trigger-mismatch/bad-other-trigger.yaml"
    done = run("plan", f"{RULES}/automations.yaml", "--executions", path, "--format", "html")
    assert done.returncode == 1
    assert_snapshot(done.stdout, SNAPSHOTS / "timeline-page.html")
    text = done.stdout.decode()
    assert "<script" not in text
    assert "lint" in text
    assert "trigger-mismatch" in text
    assert not re.search(r"""\b(src|href)=["']?(?!#)[^"'#>]*:""", text)


def test_what_was_stopped_before_it_began() -> None:
    read = document((ROOT / FILE).read_text(encoding="utf-8"))
    install = execution("install", "30:00 30:00.5 30:10")
    stopped = execution("migrate", "- - 30:20", phase="STOPPED")
    both = timeline([install, stopped], read)
    assert both.runs[0].critical_path == ()
    shown = timeline_svg.draw(both)
    assert ">stopped<" in shown
    assert "no times" not in shown
    alone = "\n".join(timeline_text.draw(timeline([stopped], read), color=False, width=80))
    assert alone.startswith("manual: ended at 2026-03-02T09:30:20Z\n")


def test_the_page_says_no_more_than_was_found(tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text(json.dumps([execution("install", "30:00 30:00.04 30:10")]))
    path = str(tmp_path / "e.json")
    shown = run("plan", FILE, "--executions", path, "--format", "html").stdout.decode()
    assert "by 0 s" not in shown
    assert "No contradictions with the file were found." in shown


def test_the_page_explains_each_rule_once() -> None:
    paths = [
        f"{RULES}/trigger-mismatch/bad-{name}.yaml" for name in ("other-trigger", "snake-case")
    ]
    options = [option for path in paths for option in ("--executions", path)]
    done = run("plan", f"{RULES}/automations.yaml", *options, "--format", "html")
    text = done.stdout.decode()
    names = re.findall(r'id="([^"]*)"', text)
    assert "rule-trigger-mismatch" in names
    assert len(set(names)) == len(names)
    assert all(f"<h3>{path}</h3>" in text for path in paths)


def test_what_the_guide_shows() -> None:
    page = (ROOT / "docs" / "guides" / "plan-and-graph.md").read_text(encoding="utf-8")
    path = f"{RULES}/trigger-mismatch/bad-other-trigger.yaml"
    arguments = ["plan", f"{RULES}/automations.yaml", "--executions", path]
    finding, _, _ = run(*arguments, COLUMNS="100").stderr.decode().partition("\n\n")
    assert f"```text\n{finding}\n```\n" in page


def test_executions_on_standard_input() -> None:
    data = (ROOT / EXECUTIONS).read_bytes()
    done = run("plan", FILE, "--executions", "-", stdin=data)
    assert done.returncode == 0
    assert done.stdout == run("plan", FILE, "--executions", EXECUTIONS).stdout
    both = run("plan", "-", "--executions", "-", stdin=data)
    assert both.returncode == 2
    assert b"FILE and --executions can't both be standard input" in both.stderr


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", 1, b"[empty-value]"),
        (b'{"id": ', 1, b"[yaml-syntax]"),
        (b"\xff\xfe\x00", 1, b"[encoding]"),
        (b"[]", 0, b""),
        (b"[3]", 1, b"[wrong-type]"),
        (b"- id: x\n", 1, b"[invalid-format]"),
        (b"[[]]", 1, b"[wrong-type]"),
        (b"[" * 100, 1, b"[too-deep]"),
        (b'{"tasks": []}', 0, b""),
        (b'{"services": [], "pagination": {}}', 0, b""),
        (b"tasks: {}\n", 2, b"<stdin> contains no task execution"),
        (b"3", 2, b"contains no task execution"),
        (b'{"taskExecutions": [3]}', 1, b"[wrong-type]"),
        (b"taskExecutions:\n- id: x\n", 1, b"[invalid-format]"),
        (b'{"taskExecutions": []}', 0, b""),
        (b"a: &a [*a]\n", 1, b"[recursive-alias]"),
    ],
)
def test_what_is_no_execution(tmp_path: Path, data: bytes, code: int, message: bytes) -> None:
    (tmp_path / "a.yaml").write_text("tasks:\n  a: {name: A, command: x, triggeredBy: [manual]}\n")
    done = run_in(tmp_path, "plan", "a.yaml", "--executions", "-", stdin=data)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr.decode()
    assert (done.stdout == b"") == (code != 0)


def test_who_gave_the_list_of_tasks_is_not_asked_for_it(tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text(
        json.dumps([execution("gone", phase="PENDING") | {"spec": {}}])
    )
    metadata = {"reference": "gone", "name": "Gone"}
    (tmp_path / "t.json").write_text(
        json.dumps({"tasks": [{"id": uuid("gone"), "metadata": metadata}]})
    )
    options = ("--executions", str(tmp_path / "e.json"))
    errors = run("plan", FILE, *options).stderr
    assert b"give the API's list of tasks with `--executions` too" in errors
    errors = run("plan", FILE, *options, "--executions", str(tmp_path / "t.json")).stderr
    assert b"the execution of `gone` matches no task in the file" in errors
    assert b"compare it with the version of the file that it ran" in errors


def test_a_list_is_as_good_as_the_object_that_contains_it(tmp_path: Path) -> None:
    path = ROOT / RULES / "started-too-early" / "bad-still-running.yaml"
    text = path.read_text(encoding="utf-8")
    begin, end = "taskExecutions:\n", (ROOT / RULES / "automations.yaml").as_posix()
    assert text.startswith(begin)
    (tmp_path / "list.yaml").write_text("\n" + text[len(begin) :], encoding="utf-8")
    (tmp_path / "object.yaml").write_text(text, encoding="utf-8")
    both = [
        run_in(tmp_path, "plan", end, "--executions", f"{name}.yaml") for name in ("list", "object")
    ]
    assert [each.returncode for each in both] == [1, 1]
    assert both[0].stdout == both[1].stdout
    assert both[0].stderr == both[1].stderr.replace(b"object.yaml", b"list.yaml")
    assert b"list.yaml:43:16: error[started-too-early]" in both[0].stderr


@pytest.mark.parametrize("format_", ["text", "json", "svg", "html"])
def test_secrets_are_not_shown_and_compared_all_the_same(tmp_path: Path, format_: str) -> None:
    token = TOKENS["GitHub token"][0]
    item = {"name": f"Push {token}", "command": f"echo {token}"}
    (tmp_path / "a.json").write_text(json.dumps({"tasks": {"push": item}}))
    # Another trigger than the file's: an error, unless it is said that the file has changed since.
    one = execution("push", "00:00 00:01 00:05", trigger="prebuild")
    (step,) = one["spec"]["plan"][0]["steps"]
    step["label"] = item["name"]
    step["task"]["spec"] = {"command": item["command"]}
    arguments = ("plan", "a.json", "--executions", "-", "--format", format_)
    for given in ([one], {"taskExecutions": [one]}):
        done = run_in(tmp_path, *arguments, stdin=json.dumps(given).encode())
        assert done.returncode == 1
        assert b"error[trigger-mismatch]" in done.stderr
        assert b"secret-in-file" not in done.stderr
        assert token[:8].encode() not in done.stdout + done.stderr
        assert b"push" in done.stdout
    one["spec"]["plan"].append({"steps": [step]})
    done = run_in(tmp_path, *arguments, stdin=json.dumps(one).encode())
    assert b"duplicate-step" in done.stderr
    assert token[:8].encode() not in done.stderr


def test_the_output_does_not_replace_the_executions(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes((ROOT / EXECUTIONS).read_bytes())
    done = run("plan", FILE, "--executions", str(path), "-o", str(path))
    assert done.returncode == 2
    assert b"would overwrite the file that is read" in done.stderr


def test_rules_can_be_ignored(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('ignore = ["trigger-mismatch"]\n', encoding="utf-8")
    path = f"{RULES}/trigger-mismatch/bad-other-trigger.yaml"
    arguments = ["plan", f"{RULES}/automations.yaml", "--executions", path]
    assert run(*arguments).returncode == 1
    done = run(*arguments, "--config", str(settings))
    assert (done.returncode, done.stderr) == (0, b"")


def hostile() -> Any:
    executions = [
        execution("a", "00:00 00:01 00:10", trigger=NAME),
        execution("b", "00:00 00:11 00:20", trigger="::error::x"),
    ]
    for each in executions:
        each["spec"]["plan"][0]["steps"][0]["label"] = (
            "\x1b[2J##[error]\n::error::x\u202e</svg>日本"
        )
    return timeline(executions, document("tasks:\n  a: {name: A, command: x}\n"))


def test_text_of_executions_is_harmless() -> None:
    shown = "\n".join(timeline_text.draw(hostile(), color=False, width=60))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "##[" not in shown
    assert not re.search(r"(?m)^\s*::", shown)
    root = ElementTree.fromstring(timeline_svg.draw(hostile()))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "title", "style", "rect", "g", "path", "text"}


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_lines_fit(width: int) -> None:
    lines = list(timeline_text.draw(hostile(), color=False, width=width))
    # A word that is longer than a line is not broken.
    assert max(columns(line) for line in lines if "environment " not in line) <= width
    ends = {columns(line[: line.index("succeeded")]) for line in lines if "succeeded" in line}
    assert len(ends) == 1


def test_a_narrow_terminal_cuts_names_and_bars() -> None:
    long = execution("a-long-name", "00:00 00:01 01:32")
    made = timeline([long], document("tasks:\n  a-long-name: {name: A, command: x}\n"))
    lines = list(timeline_text.draw(made, color=False, width=40))
    assert "  a-long-…  #####  1 min 31 s  succeeded" in lines
    assert max(map(columns, lines)) == 40


def test_colours() -> None:
    read = document((ROOT / FILE).read_text(encoding="utf-8"))
    data = json.loads((ROOT / EXECUTIONS).read_text(encoding="utf-8"))["taskExecutions"]
    made = timeline(data, read)
    plain = "\n".join(timeline_text.draw(made, color=False, width=100))
    coloured = "\n".join(timeline_text.draw(made, color=True, width=100))
    assert "\033[31m" in coloured
    assert re.sub("\033\\[[0-9]*m", "", coloured) == plain


def test_a_picture_of_too_many() -> None:
    executions = [execution(f"t{number}", "00:00") for number in range(MAX_BARS + 1)]
    made = timeline(executions, document("tasks:\n  a: {name: A, command: x}\n"))
    with pytest.raises(TooLarge, match="at most 1,000 executions, not 1,001"):
        timeline_svg.draw(made)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 s"),
        (0.04, "0 s"),
        (4.25, "4.2 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min"),
        (61, "1 min 1 s"),
        (3599.7, "1 h"),
        (7500, "2 h 5 min"),
        (86400 * 3 + 3600 * 4, "3 d 4 h"),
        (3e11, "3,472,222 d 5 h"),
    ],
)
def test_durations(seconds: float, shown: str) -> None:
    assert words.duration(seconds) == shown


@needs_corpus
def test_real_files(tmp_path: Path) -> None:
    accepted = [name for name, right in sorted(verdicts().items()) if right][:10]
    for name in accepted:
        done = run_in(
            tmp_path,
            *("plan", str(FOLDER / name), "--isolated", "--executions", str(ROOT / EXECUTIONS)),
        )
        assert done.returncode in (0, 1), name
        assert b"internal-error" not in done.stderr
        assert b"slowest: " in done.stdout
