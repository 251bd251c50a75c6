"""The page on scripts shows what really happens."""

import re

import pytest

from tests.checkout import ROOT
from tests.command import run
from tests.optional import needs_shellcheck
from validator import Config, check_text
from validator.shell.shellcheck import _EXCLUDED, _LOWERED

PAGE = (ROOT / "docs" / "guides" / "scripts.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@needs_shellcheck
def test_it_shows_what_the_command_prints() -> None:
    (shown,) = blocks("console")
    command, _, output = shown.partition("\n")
    assert run(*command.split()[2:], COLUMNS="100").stdout.decode() == output


@needs_shellcheck
def test_its_comments_are_effective() -> None:
    (example,) = blocks("yaml")
    assert check_text(example, config=Config(shellcheck="on")).findings == ()
    bare = re.sub("# (shellcheck|automation-validator).*", "", example)
    found = [each.code for each in check_text(bare, config=Config(shellcheck="on")).findings]
    assert found == ["SC2086", "SC2086"]


@pytest.mark.parametrize(("codes", "what"), [(_EXCLUDED, "left out"), (_LOWERED, "hint")])
def test_it_names_the_codes_that_are_left_out_or_lowered(codes: object, what: str) -> None:
    rows = re.findall(rf"^\| (SC[\d, SC]+) \| {what} \|", PAGE, re.MULTILINE)
    named = {int(code) for row in rows for code in re.findall(r"\d+", row)}
    # `-e` in the first line leaves out SC2164.
    assert isinstance(codes, (tuple, dict))
    assert named - {2164} == set(codes)
