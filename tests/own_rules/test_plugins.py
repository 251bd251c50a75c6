"""Plug-ins: the example package of the guide, installed into a folder of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from validator import Config, check_text, fix_text, pipeline
from validator.model import automations
from validator.own_rules import plugins
from validator.parsing import reader
from validator.server.settings import CurrentConfigurations

GUIDE = (ROOT / "docs/guides/own-rules.md").read_text(encoding="utf-8")
MODULE = re.findall(r"```python\n(# acme_lint\.py\n.*?)```", GUIDE, re.DOTALL)[0]
FILE = "tasks: {tmp-a: {name: A, command: x, triggeredBy: [manual]}}\n"
FOUND = b"automations.yaml:1:9: warning[acme-temporary] rename this temporary task\n"


def installed(folder: Path, module: str = MODULE) -> Path:
    """A folder of installed packages that has the example's."""
    (folder / "acme_lint-1.0.dist-info").mkdir(parents=True)
    (folder / "acme_lint-1.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: acme-lint\nVersion: 1.0\n"
    )
    entry = f"[{plugins.GROUP}]\nacme = acme_lint:RULES\n"
    (folder / "acme_lint-1.0.dist-info/entry_points.txt").write_text(entry)
    (folder / "acme_lint.py").write_text(module)
    return folder


def check(
    folder: Path, packages: Path | None, *arguments: str, file: str = FILE
) -> subprocess.CompletedProcess[bytes]:
    (folder / "automations.yaml").write_text(file)
    command = [
        sys.executable,
        "-m",
        "validator",
        "check",
        "automations.yaml",
        "--format",
        "concise",
    ]
    path = os.pathsep.join(map(str, filter(None, (ROOT, packages))))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [*command, *arguments], cwd=folder, env=environment, capture_output=True, check=False
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "automation-validator.toml").write_text('plugins = ["acme"]\n')
    return folder


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(installed(tmp_path / "packages")))
    plugins.rules_of.cache_clear()
    yield
    plugins.rules_of.cache_clear()
    sys.modules.pop("acme_lint", None)


def test_the_example_of_the_guide(tmp_path: Path, repository: Path) -> None:
    packages = installed(tmp_path / "packages")
    assert check(repository, packages).stdout == FOUND
    assert check(repository, packages, "--jobs", "2").stdout == FOUND
    assert check(repository, packages, "--ignore", "acme-temporary").stdout == b""
    assert check(repository, packages, "--select", "security").stdout == b""
    assert check(repository, packages, "--select", "own").stdout == FOUND


def test_it_is_off_unless_a_configuration_names_it(tmp_path: Path, repository: Path) -> None:
    loud = "raise SystemExit('imported')\n"
    done = check(repository, installed(tmp_path / "packages", loud), "--isolated")
    assert (done.returncode, done.stdout) == (0, b"")


def test_their_rules_are_listed_and_explained(tmp_path: Path, repository: Path) -> None:
    def said(*arguments: str, module: str = MODULE) -> tuple[str, str]:
        packages = installed(tmp_path / f"{len(module)}{arguments[0]}", module)
        command = [sys.executable, "-m", "validator", *arguments]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(packages)))}
        done = subprocess.run(
            command, cwd=repository, env=environment, capture_output=True, check=False
        )
        return done.stdout.decode(), done.stderr.decode()

    assert "  A task has a temporary name\n" in said("rules")[0]
    explained = said("explain", "acme-temporary")[0]
    assert explained.startswith(
        "acme-temporary (warning; group own)\n\nA task has a temporary name."
    )
    assert "Source: the plug-in `acme`." in explained
    broken, warning = said("rules", module="1 / 0\n")
    assert "acme-temporary" not in broken
    assert warning.startswith("Warning: the plug-in `acme` can't be used: ZeroDivisionError")


def test_one_that_is_not_installed_is_an_error(repository: Path) -> None:
    done = check(repository, None)
    assert done.returncode == 2
    assert b"no package with the plug-in `acme` is installed in " in done.stderr


def test_the_current_folder_is_no_place_of_packages(repository: Path) -> None:
    installed(repository / "x").rename(repository / "y")
    for path in (repository / "y").iterdir():
        path.rename(repository / path.name)
    done = check(repository, None)
    assert done.returncode == 2
    assert b"no package with the plug-in `acme` is installed in " in done.stderr


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("1 / 0\n", "ZeroDivisionError in acme_lint.py, line 1: division by zero"),
        ("import nothing_there\n", "PluginError: ModuleNotFoundError in acme_lint.py, line 1: "),
        ("RULES = ['x']\n", "`acme_lint:RULES` must contain rules, not str"),
        (
            MODULE.replace('name="acme-temporary"', 'name="other-name"'),
            "the name of its rule `other-name` must begin with `acme-`",
        ),
        (MODULE.replace("check=check,", ""), "its rule `acme-temporary` has no `check`"),
        (
            MODULE.replace("document.automations", "document.nothing"),
            "the rule `acme-temporary` in acme_lint.py, line 8 failed: AttributeError",
        ),
    ],
)
def test_one_that_is_wrong_never_passes(
    module: str, message: str, tmp_path: Path, repository: Path
) -> None:
    done = check(repository, installed(tmp_path / "packages", module))
    assert done.returncode != 0
    assert message in done.stdout.decode()
    assert "internal-error" in done.stdout.decode()


def test_a_problem_of_another_name_is_an_error(tmp_path: Path, repository: Path) -> None:
    old = 'Problem(\n                "acme-temporary"'
    assert MODULE.count(old) == 1
    module = MODULE.replace(old, old.replace("acme-temporary", "acme-nonsense"))
    done = check(repository, installed(tmp_path / "packages", module))
    message = "the rule `acme-temporary` failed: PluginError: it reports `acme-nonsense`"
    assert message in done.stdout.decode()
    assert "rename this temporary task" not in done.stdout.decode()
    assert done.returncode == 3


@pytest.mark.usefixtures("acme")
def test_in_the_library() -> None:
    def found(**settings: object) -> set[str]:
        config = Config(plugins=["acme"], **settings)  # type: ignore[arg-type]
        return {each.rule for each in check_text(FILE, config=config).findings}

    assert found() == {"acme-temporary"}
    assert found(ignore=["acme-temporary"]) == set()
    assert found(run_plugins=False, ignore=["acme-anything"]) == set()
    assert "acme_lint" in sys.modules
    comment = f"# automation-validator: ignore-file[acme-temporary]\n{FILE}"
    assert check_text(comment, config=Config(plugins=["acme"])).suppressed == 1


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("text", [FILE, FILE.replace("command", "comand")])
def test_they_get_the_model_that_the_other_rules_had(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[automations.Document] = []
    build = automations.build

    def counted(*arguments: Any) -> automations.Document:
        built.append(build(*arguments))
        return built[-1]

    monkeypatch.setattr(automations, "build", counted)
    config = Config(plugins=["acme"])
    root = reader.read(text, config.limits, None).root
    assert root is not None
    checked = pipeline.check_nodes(text, root, None, None, config.uses)
    found = pipeline.own_problems(text, checked, config)
    assert [each.rule for each in found] == ["acme-temporary"]
    assert built == [checked.model]


@pytest.mark.usefixtures("acme")
def test_the_language_server_runs_them_only_if_the_folder_is_trusted(repository: Path) -> None:
    configurations = CurrentConfigurations(lambda _: None)
    path = str(repository / ".ona/config.yaml")
    config = configurations.of(path)
    assert config is not None
    assert config.plugins == ("acme",)
    assert check_text(FILE, config=config).findings == ()
    assert "acme_lint" not in sys.modules
    configurations.trusted = True
    assert {each.rule for each in check_text(FILE, config=configurations.of(path)).findings} == {
        "acme-temporary"
    }


OFF = MODULE.replace('name="acme-temporary",', 'name="acme-temporary", optional=True,')


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("verb", ["ignore", "ignore-file"])
@pytest.mark.parametrize(
    ("settings", "named", "reported"),
    [
        ({}, "acme-temporary", ["acme-temporary"]),
        ({}, "acme-no-such-rule", ["acme-no-such-rule"]),
        ({"run_plugins": False}, "acme-temporary", []),
        ({"run_plugins": False}, "acme-no-such-rule", []),
        ({"run_plugins": False}, "missing-field, acme-temporary", ["missing-field"]),
        ({"ignore": ["acme-temporary"]}, "acme-temporary", []),
        ({"kind": "workflow-file"}, "acme-temporary", []),
    ],
)
def test_an_unused_suppression_is_reported_only_if_the_rule_was_run(
    verb: str, settings: dict[str, Any], named: str, reported: list[str]
) -> None:
    text = f"# automation-validator: {verb}[{named}]\n{FILE.replace('tmp-', '')}"
    report = check_text(text, config=Config(plugins=["acme"], **settings))
    unused = [each.message for each in report.findings if each.rule == "unused-suppression"]
    assert unused == [f"`{name}` suppresses nothing here; remove it" for name in reported]
    left = [name for name in named.split(", ") if name not in reported]
    fixed = fix_text(text, config=Config(plugins=["acme"], **settings)).text
    assert all(name in fixed for name in left)


def test_one_of_a_rule_that_is_off_by_default_is_not_reported(
    tmp_path: Path, repository: Path
) -> None:
    comment = "# automation-validator: ignore-file[acme-temporary]\n"
    assert OFF != MODULE
    packages = installed(tmp_path / "packages", OFF)
    file = comment + FILE.replace("tmp-", "")
    assert check(repository, packages, file=file).stdout == b""
    needed = check(repository, packages, "--select", "ALL", file=file).stdout
    assert b"unused-suppression" in needed
