"""The README's commands and examples are what really happens."""

import contextlib
import io
import os
import re
from pathlib import Path

from tests.test_check_command import run

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_it_shows_what_the_first_command_prints() -> None:
    command = blocks("sh")[0]
    assert command.endswith("automation-validator check fixtures/broken\n")
    printed = run("check", "fixtures/broken").stdout.decode()
    shown = blocks("text")[0]
    if os.environ.get("UPDATE_FIXTURES"):
        (ROOT / "README.md").write_text(README.replace(shown, printed), encoding="utf-8")
        shown = printed
    assert shown == printed


def test_ci_runs_the_test_command() -> None:
    assert blocks("sh")[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_library_examples_print_what_they_say() -> None:
    examples, outputs = blocks("python"), blocks("text")[1:]
    assert len(examples) > 1
    for example, output in zip(examples, outputs, strict=True):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(example, "README.md", "exec"), {})
        assert printed.getvalue() == output


def test_what_it_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
