"""The README's commands and examples are what really happens."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from tests.test_check_command import run
from validator.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = (
    *("api", "configuration", "contract", "editing", "files", "language", "model", "parsing"),
    *("search", "server", "shell", "language/cursor", "language/features", "server/handlers"),
    "contract/rules",
)
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_it_shows_what_the_first_command_prints() -> None:
    command = blocks("sh")[0]
    assert command.endswith("automation-validator check fixtures/broken\n")
    printed = run("check", "fixtures/broken").stdout.decode()
    shown = blocks("text")[0]
    assert shown == printed


def test_ci_runs_the_test_command_with_nothing_set_up() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"readme=$(cat <<'END'\n{blocks('sh')[1]}END\n)\n" in script
    assert 'env -i HOME="$HOME" PATH="$PATH" LANG=C.UTF-8 bash -c "$readme"\n' in script


def test_the_library_examples_print_what_they_say() -> None:
    examples, outputs = blocks("python"), blocks("text")[1:]
    assert len(examples) > 1
    for example, output in zip(examples, outputs, strict=True):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(example, "README.md", "exec"), {})
        assert printed.getvalue() == output


def test_the_picture_is_what_the_command_above_it_draws(tmp_path: Path) -> None:
    command = blocks("sh")[2].removesuffix(" -o automations.svg\n").split()
    target = tmp_path / "automations.svg"
    assert run(*command[1:], "-o", str(target)).returncode == 0
    (picture,) = re.findall(r"^!\[[^]]*\]\((.*)\)$", README, re.MULTILINE)
    assert target.read_bytes() == (ROOT / picture).read_bytes()


def test_its_other_commands_work() -> None:
    for command in (
        blocks("sh")[2],
        "automation-validator schema\n",
        "automation-validator rules\n",
    ):
        arguments = command.split(" -o ")[0].split()[1:]
        assert run(*arguments).returncode == 0


def test_the_page_of_the_command_line_has_all_commands() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z]+)[ `]", page, re.MULTILINE) == list(COMMANDS)


def test_the_design_names_all_modules() -> None:
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for folder in ("", *PACKAGES):
        modules = {path.name for path in (ROOT / "validator" / folder).glob("[!_]*.py")}
        assert not modules - set(re.findall(r"(\w+\.py)`", page)), folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_pages_link_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)\s]*)\)", page.read_text(encoding="utf-8"))
    for link in links:
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def anchors(page: Path) -> list[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings]
