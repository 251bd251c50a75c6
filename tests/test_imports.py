"""What the common case must not import."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import validator

SLOW = {"jsonschema", "networkx", "asyncio", "difflib", "referencing"}

FOR_OTHER_FORMATS = {"hashlib", "html", "pathlib", "textwrap", "urllib", "xml"}

CLEAN = """\
services:
  db:
    name: Database
    commands: {start: postgres -D data, ready: pg_isready}
    triggeredBy: [postEnvironmentStart]
tasks:
  install:
    name: Install
    command: npm ci
    triggeredBy: [prebuild]
  migrate:
    name: Migrate
    command: ./migrate.sh
    dependsOn: [db, install]
    triggeredBy: [manual]
"""


def imported(program: str, *arguments: str) -> set[str]:
    """The top-level modules that a program has imported when it ends."""
    code = f"import sys\n{program}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


BARE = "import sys; print(*sys.modules)"

CHECKED = """
import sys
from validator.cli.entry import run
sys.argv = ["automation-validator", "check", "--shellcheck", "off", sys.argv[1]]
try:
    run()
finally:
    print(*sys.modules)
"""

FROM_THE_LIBRARY = {
    *("collections", "copyreg", "enum", "errno", "functools", "gc"),
    *("importlib", "itertools", "keyword", "operator", "re", "reprlib", "types", "warnings"),
    *("sre_compile", "sre_constants", "sre_parse"),  # in Python 3.10
}
"""What a check imports of the standard library, besides what Python does at its start."""

FROM_PYYAML = {f"yaml{each}" for each in ("", "._yaml", ".error", ".events", ".nodes")}

MOST_OF_OUR_OWN = 59
"""Maximum number of modules of this project that a check of the simplest file imports."""

NEEDED_LATER = (
    *("api", "baseline", "drawing", "fixer", "language", "server", "suppression"),
    *("likeness", "refusal", "parsing.json", "parsing.objects", "parsing.yaml_errors"),
)
"""Modules for findings, fixes, other documents and other commands only."""

SIMPLE = "tasks: {build: {name: Build, command: make, triggeredBy: [manual]}}\n"
RULES_FOR_ALL = {"blank_value", "duplicate_trigger", "never_triggered", "noncanonical_spelling"}


def imported_by_a_check(folder: Path, text: str) -> set[str]:
    """All modules that a check imports."""
    path = folder / "automations.yaml"
    path.write_text(text)
    shown = run(folder, CHECKED, str(path)).splitlines()
    return set(shown[-1].split()) - set(run(folder, BARE).split())


def run(folder: Path, program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    # 1 if something was found.
    assert (done.returncode in (0, 1), done.stderr) == (True, "")
    return done.stdout


def test_a_check_imports_nothing_new(tmp_path: Path) -> None:
    """Each new name here slows down every run: see whether it can be imported where it is used."""
    modules = imported_by_a_check(tmp_path, SIMPLE)
    own = {name for name in modules if name.startswith("validator")}
    rules = {f"validator.rules.{name}" for name in RULES_FOR_ALL}
    later = tuple(f"validator.{name}" for name in NEEDED_LATER)
    assert [name for name in own if name.startswith(later)] == []
    assert len(own) <= MOST_OF_OUR_OWN
    assert rules <= own
    assert {name for name in modules if name.startswith("yaml")} == FROM_PYYAML
    # libyaml's parser is compiled with Cython.
    others = {name.split(".")[0] for name in modules - own - FROM_PYYAML - {"cython_runtime"}}
    assert {name for name in others if not name.startswith("_")} <= FROM_THE_LIBRARY


def test_without_shellcheck_little_is_imported_for_scripts(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    missing = "import validator.shell.program as module\nmodule.program = lambda: None"
    program = (
        f"import sys\n{missing}\nfrom validator import Config, check_file\n"
        "config = Config(shellcheck=sys.argv[2])\n"
        "print(check_file(sys.argv[1], config=config).unchecked_scripts, *sys.modules)"
    )
    off, auto = (run(tmp_path, program, str(path), each).split() for each in ("off", "auto"))
    assert (off[0], auto[0]) == ("False", "True")
    assert set(auto[1:]) - set(off[1:]) == {"validator.contract.scripts"}


def test_an_empty_section_imports_no_rules(tmp_path: Path) -> None:
    simple = imported_by_a_check(tmp_path, SIMPLE)
    with_empty = imported_by_a_check(tmp_path, f"services: {{}}\n{SIMPLE}")
    assert with_empty == simple


def test_a_check_imports_no_rules_that_have_nothing_to_look_at(tmp_path: Path) -> None:
    simple = imported_by_a_check(tmp_path, SIMPLE)
    clean = imported_by_a_check(tmp_path, CLEAN)
    assert {"graphlib", "validator.rules.dependency_cycle"} <= clean - simple
    assert "validator.rules.machine_trigger_needs_machine" not in clean
    assert "validator.editing.edits" not in clean


@pytest.mark.parametrize("text", [SIMPLE, CLEAN, CLEAN.replace("command", "comand")])
def test_typing_is_for_type_checkers(tmp_path: Path, text: str) -> None:
    """Importing it takes 3 ms, and named tuples of it are made whether they are used or not."""
    assert "typing" not in imported_by_a_check(tmp_path, text)


def test_only_errors_that_a_file_has_are_explained(tmp_path: Path) -> None:
    modules = imported_by_a_check(tmp_path, CLEAN.replace("command", "comand", 1))
    explaining = {name for name in modules if name.startswith("validator.contract.rules.")}
    assert "validator.contract.rules.unknown_field" in explaining
    others = {f"validator.contract.rules.{name}" for name in ("missing_field", "invalid_value")}
    assert others & explaining == set()
    assert {"contextlib", "json", "textwrap"} & modules == set()


def test_public_names_are_imported_when_they_are_used() -> None:
    """So that the command reports failing imports, and not Python."""
    names = [name for names in validator._HOMES.values() for name in names]
    assert sorted(names) == sorted(validator.__all__)
    assert set(names) <= set(dir(validator))
    for home, members in validator._HOMES.items():
        for name in members:
            assert getattr(validator, name) is getattr(import_module(home), name)
            assert getattr(validator, name).__module__.startswith("validator.")
    with pytest.raises(AttributeError, match="module 'validator' has no attribute 'check_txt'"):
        getattr(validator, "check_txt")  # noqa: B009
    program = "import sys, validator.cli.main; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    own = [name for name in done.stdout.split() if name.startswith("validator")]
    assert own == [
        "validator",
        *(f"validator.cli{each}" for each in ("", ".ending", ".main", ".streams")),
    ]


def check(path: Path) -> set[str]:
    return imported("import validator\nvalidator.check_file(sys.argv[1])", str(path))


def test_a_clean_file_is_checked_without_what_is_slow_to_import(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    assert check(path) & SLOW == set()


def test_the_command_checks_a_clean_file_without_them_too(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    program = (
        "from validator.cli.main import main\n"
        "main(['check', '--shellcheck', 'off', sys.argv[1]], standalone_mode=False)"
    )
    modules = imported(program, str(path))
    assert modules & (SLOW | FOR_OTHER_FORMATS) == set()
    assert "click" in modules


def test_a_rejected_file_is_explained_without_it_too(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN.replace("triggeredBy: [prebuild]", "triggers: [prebuild]"))
    program = "import validator\nassert not validator.check_file(sys.argv[1]).ok"
    assert imported(program, str(path)) & SLOW == set()


def test_networkx_is_imported_to_name_a_cycle(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN.replace("command: npm ci", "command: npm ci\n    dependsOn: [migrate]"))
    assert "networkx" in check(path)


def test_the_core_imports_no_shell(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    assert check(path) & {"click", "asyncio"} == set()


def test_what_an_editor_asks_needs_nothing_slow_either() -> None:
    program = (
        "from validator.language.features import code_lens, completion, folding, hover\n"
        "from validator.language.features import rename, symbols\n"
        "from validator.language.snapshot import View\n"
        "view = View.of(sys.argv[1])\n"
        "for offset in range(len(sys.argv[1])):\n"
        "    completion.complete(view, offset), hover.hover(view, offset)\n"
        "    rename.rename(view, offset, 'new')\n"
        "symbols.symbols(view), code_lens.lenses(view), folding.folds(view.text)"
    )
    assert imported(program, CLEAN) & (SLOW | {"click"}) == set()
