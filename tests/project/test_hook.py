"""The pre-commit hook, through `.pre-commit-hooks.yaml` itself."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checkout import ROOT
from tests.command import run
from tests.optional import needs_git
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
NEEDED = ["pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]
NEEDED += ["docs", "schema", "scripts", "validator"]


@pytest.mark.parametrize(
    ("name", "matches"),
    [
        *((path, True) for path in KNOWN_PATHS),
        *((f"packages/app/{path}", True) for path in KNOWN_PATHS),
        *((path.replace("*", "nightly"), True) for path in WORKFLOW_PATHS),
        *((f"packages/app/{path.replace('*', 'x.y')}", True) for path in WORKFLOW_PATHS),
        ("ona/automations/x.yaml", False),
        (".gitpod/automations/x.yaml", False),
        ("x.ona/automations/x.yaml", False),
        (".ona/automations/old/x.yaml", False),
        (".ona/automations/.yaml/x", False),
        (".gitpod/config.yaml", False),
        ("config.yaml", False),
        ("x.ona/config.yaml", False),
        (".ona/config.json", False),
        (".ona/config.yaml.orig", False),
        ("automations.yaml", False),
        ("ona/automations.yaml", False),
        ("x.ona/automations.yaml", False),
        (".ona/automations.yaml.bak", False),
        (".ona/automations.yamlx", False),
        (".ona/automationsXyaml", False),
        (".ona/my-automations.yaml", False),
        (".ona/old/automations.yaml", False),
        (".gitpod.yml", False),
    ],
)
def test_the_pattern_takes_the_known_paths_only(name: str, matches: bool) -> None:
    (hook,) = HOOKS
    assert bool(re.search(hook["files"], name)) == matches


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, "-C", folder, *arguments], check=True, capture_output=True)


def repository(folder: Path) -> Path:
    git(folder.parent, "init", "-q", folder.name)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    return folder


@pytest.mark.slow
@needs_git
def test_pre_commit_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "tool"
    tool.mkdir()
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tool / name)
    project = tmp_path / "project"
    for fixture in ("broken", "clean"):
        shutil.copytree(ROOT / "fixtures" / fixture, project / fixture)
    (project / "broken" / "other.yaml").write_text("tasks: []\n")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    for variable in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(variable, raising=False)

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(repository(tool)),
            "automation-validator",
            "--all-files",
        ],
        cwd=repository(project),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1, done.stderr
    assert "broken/.ona/automations.yaml:7:5: error[unknown-field]: [*] `ready`" in done.stdout
    assert "Found 6 errors and 1 warning in 1 of 2 files" in done.stdout
    assert "[*] 4 fixable with `--fix`" in done.stdout
    assert "other.yaml" not in done.stdout


EXAMPLES = [
    yaml.safe_load(example)["repos"]
    for page in ("README.md", "docs/guides/pre-commit.md")
    for example in re.findall(
        r"^```yaml\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
]


@pytest.mark.parametrize("repositories", EXAMPLES)
def test_the_examples_use_the_hook_as_it_is(repositories: list[dict[str, Any]]) -> None:
    (hook,) = (hook for repository in repositories for hook in repository["hooks"])
    assert hook.keys() <= {"id", "files", "args", "additional_dependencies"}
    assert hook["id"] == HOOKS[0]["id"]
    pattern = hook.get("files", HOOKS[0]["files"])
    assert re.search(pattern, ".ona/config.yaml")
    done = run("check", *hook.get("args", []), "fixtures/clean")
    assert done.returncode == 0, done.stderr


def test_the_examples_are_all_there() -> None:
    assert len(EXAMPLES) == 4
