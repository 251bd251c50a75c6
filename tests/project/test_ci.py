"""The action, the image and the examples for CI systems, as far as they can be tested here."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.checkout import ROOT
from tests.command import run, run_in
from tests.git import GIT, commit, git
from tests.optional import needs, needs_git

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK, COMPARE = ACTION["runs"]["steps"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SUMMARY = ("files", "errors", "warnings", "hints", "known", "uncheckedScripts")
"""What `scripts/job_summary.py` reads."""

NO_FINDINGS = json.dumps({"files": [], "summary": dict.fromkeys(SUMMARY, 0)})
needs_schemas = needs("Python 3.11", sys.version_info >= (3, 11))


def step(script: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a step's script as GitHub's runner does."""
    path = folder / "step.sh"
    path.write_text(script)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", path],
        cwd=folder,
        env={
            **os.environ,
            "VENV": str(folder / "venv"),
            "SOURCE": str(ROOT),
            "FINDINGS": str(folder / "findings.json"),
            **environment,
        },
        capture_output=True,
        text=True,
    )


def inputs(**given: str) -> dict[str, str]:
    """The environment for these inputs, with the action's own defaults."""
    values = {name: content["default"] for name, content in ACTION["inputs"].items()} | given
    return {
        name: values[found[1]]
        for name, value in CHECK["env"].items()
        if (found := re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) }}", value))
    }


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    """A folder with a command that prints its arguments."""
    command = tmp_path / "venv/bin/automation-validator"
    command.parent.mkdir(parents=True)
    program = "import json, sys; print(json.dumps(sys.argv[1:]))"
    # Its findings are counted, so they are what they would be of no file.
    command.write_text(
        f"#!/bin/sh\nif [ \"$2\" = --format=json ]; then echo '{NO_FINDINGS}'; exit; fi\n"
        f"exec '{sys.executable}' -c '{program}' \"$@\"\n"
    )
    command.chmod(0o755)
    (command.parent / "python").symlink_to(sys.executable)
    return tmp_path


@needs_schemas
def test_the_action_keeps_to_githubs_schema() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-actions",
        "action.yml",
    ]
    subprocess.run(command, cwd=ROOT, check=True)


def test_no_input_is_written_into_a_script() -> None:
    assert list(ACTION["inputs"]) == [
        "paths",
        "format",
        "fail-on",
        "args",
        "packages",
        "output-file",
        "summary",
        "plan-diff",
    ]
    installed = {name for name, value in INSTALL["env"].items() if "inputs." in value}
    assert installed == {"PACKAGES"}
    compared = {name for name, value in COMPARE["env"].items() if "inputs." in value}
    assert compared == {"ARGS", "PATHS", "PLAN_DIFF"}
    assert all(COMPARE["env"][name] == CHECK["env"][name] for name in ("ARGS", "PATHS"))
    assert len(inputs()) == len(ACTION["inputs"]) - len(installed) - len({"PLAN_DIFF"})
    given = {name for name, value in CHECK["env"].items() if "inputs." in value}
    assert {"FINDINGS", "SOURCE", "VENV"} == set(CHECK["env"]) - given
    assert "${{" not in INSTALL["run"] + CHECK["run"] + COMPARE["run"]


@pytest.mark.parametrize(
    ("given", "packages"),
    [
        ("", []),
        ("acme-lint", ["acme-lint"]),
        ("acme-lint==1.2\n\n./lint rules\n", ["acme-lint==1.2", "./lint rules"]),
        ("$(touch pwned)\n--pre\n*", ["$(touch pwned)", "--pre", "*"]),
    ],
)
def test_packages_are_installed_beside_the_program(
    tmp_path: Path, given: str, packages: list[str]
) -> None:
    pip = tmp_path / "venv/bin/pip"
    pip.parent.mkdir(parents=True)
    pip.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    pip.chmod(0o755)
    # In place of the Python that would make the environment.
    (tmp_path / "python3").write_text("#!/bin/sh\n")
    (tmp_path / "python3").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = step(INSTALL["run"], tmp_path, PACKAGES=given, PATH=path)
    arguments = json.loads(done.stdout)
    assert arguments[arguments.index("--") + 1 :] == [f"{ROOT}[shell]", *packages]
    assert not (tmp_path / "pwned").exists()


def test_the_step_passes_the_defaults(recorder: Path) -> None:
    done = step(CHECK["run"], recorder, **inputs())
    assert json.loads(done.stdout) == ["check", "--format=github", "--fail-on=error", "--", "."]


def test_inputs_are_arguments_and_no_shell(recorder: Path) -> None:
    evil = ["$(touch pwned)", "`touch pwned`", "a b; touch pwned", "'\"", "-x", "*"]
    given = inputs(
        paths="\n".join(evil), args="--ignore\nnever-triggered\n\n", format="$(touch pwned)"
    )
    done = step(CHECK["run"], recorder, **given)
    assert json.loads(done.stdout) == [
        "check",
        "--format=$(touch pwned)",
        "--fail-on=error",
        "--ignore",
        "never-triggered",
        "--",
        *evil,
    ]
    assert not (recorder / "pwned").exists()


def test_the_output_goes_to_a_file(recorder: Path) -> None:
    done = step(CHECK["run"], recorder, **inputs(**{"output-file": "out $(x).json"}))
    assert done.stdout == ""
    assert json.loads((recorder / "out $(x).json").read_text())[0] == "check"


def test_the_step_fails_with_the_code_of_the_command(recorder: Path) -> None:
    command = recorder / "venv/bin/automation-validator"
    command.write_text(f"#!/bin/sh\necho '{NO_FINDINGS}'\nexit $CODE\n")
    for code in (0, 1, 2, 3):
        output = recorder / f"outputs-{code}"
        done = step(CHECK["run"], recorder, **inputs(), CODE=str(code), GITHUB_OUTPUT=str(output))
        assert done.returncode == code
        assert output.exists() == (code < 2)


def test_the_outputs_are_those_of_the_step(recorder: Path) -> None:
    assert CHECK["id"] == "check"
    output = recorder / "outputs"
    step(CHECK["run"], recorder, **inputs(), GITHUB_OUTPUT=str(output)).check_returncode()
    given = dict(line.split("=", 1) for line in output.read_text().splitlines())
    assert {name: f"${{{{ steps.check.outputs.{name} }}}}" for name in given} == {
        name: content["value"] for name, content in ACTION["outputs"].items()
    }
    assert given["findings-file"] == str(recorder / "findings.json")
    # What it reads needs to be what the program writes.
    assert json.loads(run("check", "--format", "json", "docs").stdout)["summary"].keys() >= {
        *SUMMARY
    }


@needs_git
def test_plans_are_compared_with_a_revision(recorder: Path) -> None:
    assert "inputs.plan-diff != ''" in COMPARE["if"]
    assert ACTION["inputs"]["plan-diff"]["default"] == ""
    command = recorder / "venv/bin/automation-validator"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m validator \"$@\"\n")
    folder = recorder / "checkout"
    (folder / ".ona").mkdir(parents=True)
    git(folder, "init", "-q")
    shutil.copy(ROOT / "fixtures/plan-diff/old.yaml", folder / ".ona/config.yaml")
    commit(folder)
    shutil.copy(ROOT / "fixtures/plan-diff/new.yaml", folder / ".ona/config.yaml")
    (folder / "step.sh").touch()
    commit(folder)
    written = {name: str(recorder / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    paths = {"FINDINGS": str(recorder / "findings.json"), "VENV": str(recorder / "venv")}
    given = {**GIT, **written, **paths, "PYTHONPATH": str(ROOT)}
    step(CHECK["run"], folder, **inputs(), **given).check_returncode()
    done = step(COMPARE["run"], folder, **given, PATHS=".", PLAN_DIFF="HEAD^1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    shown = (recorder / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert "1 added, 1 gone, 1 renamed, 3 changed, compared with" in shown
    # With the configuration of the check.
    (folder / "strict.toml").write_text("limits.max-bytes = 10\n")
    arguments = {"ARGS": "--config\nstrict.toml", "PATHS": "."}
    strict = step(COMPARE["run"], folder, **given, **arguments, PLAN_DIFF="HEAD^1")
    assert strict.returncode == 0
    shown = (recorder / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert shown.endswith("Not compared: this version or the old one has errors.\n\n")
    evil = "--output=$(touch pwned)"
    done = step(COMPARE["run"], folder, **given, PATHS=".", PLAN_DIFF=evil)
    assert (done.returncode, done.stderr) == (2, f"plan-diff: {evil} is not a revision\n")
    assert not (folder / "pwned").exists()


@pytest.mark.slow
def test_the_action_installs_and_fails_where_something_is_found(tmp_path: Path) -> None:
    (tmp_path / "venv.py").write_text("raise SystemExit('the checked repository was run')\n")
    done = step(INSTALL["run"], tmp_path, SOURCE=str(ROOT))
    assert done.returncode == 0, done.stderr
    given = inputs(paths=str(ROOT / "fixtures/broken"), args="--ignore\nunknown-field")
    written = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    done = step(CHECK["run"], tmp_path, **given, **written)
    assert done.returncode == 1
    assert done.stdout.count("::error file=") == 4
    assert "title=unknown-field" not in done.stdout
    assert "errors=4\n" in (tmp_path / "GITHUB_OUTPUT").read_text()
    assert "dependency&#45;cycle" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text()
    assert (
        step(CHECK["run"], tmp_path, **inputs(paths=str(ROOT / "fixtures/clean"))).returncode == 0
    )


def instructions() -> list[tuple[str, str]]:
    joined = DOCKERFILE.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_image_is_not_run_by_root_and_has_what_it_copies() -> None:
    known = {"FROM", "COPY", "RUN", "ENV", "WORKDIR", "USER", "ENTRYPOINT", "CMD"}
    found = dict(instructions())
    assert set(found) == known
    assert found["USER"] == "65534:65534"
    assert json.loads(found["ENTRYPOINT"]) == ["automation-validator"]
    assert json.loads(found["CMD"]) == ["check"]
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            assert all((ROOT / source).exists() for source in rest.split()[:-1])


@pytest.mark.slow
def test_what_the_image_copies_is_enough_to_install(tmp_path: Path) -> None:
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            folder = tmp_path / target.lstrip("/")
            for source in sources:
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, folder)
                else:
                    # As in Docker, a target is a folder if it ends with a slash.
                    parent = folder if target.endswith("/") else folder.parent
                    parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / source, folder)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "-w",
            tmp_path,
            tmp_path / "source",
        ],
        check=True,
        capture_output=True,
    )
    assert list(tmp_path.glob("automation_validator-*.whl"))


PAGE = (ROOT / "docs/guides/ci.md").read_text(encoding="utf-8")
EXAMPLES = {
    heading: re.findall(r"^```(?:yaml|groovy)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    for heading, section in re.findall(
        r"^## (.*?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
}
SCHEMAS = {
    "GitHub Actions": "github-workflows",
    "GitLab": "gitlab-ci",
    "CircleCI": "circle-ci",
    "Azure Pipelines": "azure-pipelines",
}


def test_there_is_an_example_for_each_system() -> None:
    assert {heading for heading, examples in EXAMPLES.items() if examples} == {*SCHEMAS, "Jenkins"}


@needs_schemas
@pytest.mark.parametrize("system", SCHEMAS)
def test_the_examples_keep_to_the_schemas(system: str, tmp_path: Path) -> None:
    for number, example in enumerate(EXAMPLES[system]):
        (tmp_path / f"{number}.yml").write_text(example)
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{SCHEMAS[system]}",
        # The schema for Azure escapes characters that need no escape.
        "--regex-variant=nonunicode",
        *map(str, sorted(tmp_path.iterdir())),
    ]
    subprocess.run(command, cwd=tmp_path, check=True)


def test_the_examples_give_inputs_that_the_action_has() -> None:
    steps = [
        step
        for example in EXAMPLES["GitHub Actions"]
        for step in yaml.safe_load(example)["jobs"]["check"]["steps"]
        if "automation-validator" in step.get("uses", "")
    ]
    assert len(steps) == 4
    for given in (each.get("with", {}) for each in steps):
        assert set(given) <= set(ACTION["inputs"])
        if "format" in given:
            run("check", "docs", "--format", given["format"]).check_returncode()
    used = re.findall(r"outputs\.([\w-]+)", "".join(EXAMPLES["GitHub Actions"]))
    assert set(used) <= set(ACTION["outputs"])


@pytest.mark.parametrize("system", ["GitLab", "CircleCI", "Azure Pipelines", "Jenkins"])
def test_the_commands_of_the_examples_fail_on_a_broken_file(system: str, tmp_path: Path) -> None:
    (example,) = EXAMPLES[system]
    ((arguments, report),) = re.findall(r"automation-validator (check .*) > ([\w./-]+)", example)
    assert example.count(report) > 1 or Path(report).parent.name in example.split("path: ")[-1]
    shutil.copytree(ROOT / "fixtures/broken", tmp_path / "broken")
    done = run_in(tmp_path, *arguments.split())
    assert done.returncode == 1
    assert b"dependency-cycle" in done.stdout


def test_the_example_for_jenkins_is_balanced() -> None:
    (example,) = EXAMPLES["Jenkins"]
    code = re.sub(r"'[^']*'|\"[^\"]*\"", "''", example)
    depth = 0
    for line in code.splitlines():
        depth -= line.count("}")
        assert line.startswith(" " * 4 * depth) or "{" in line
        depth += line.count("{")
    assert depth == 0
