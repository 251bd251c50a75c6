"""Shell completion, as requested by the scripts."""

import pytest

from tests.checkout import ROOT
from tests.command import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script(shell: str) -> None:
    done = run(_AUTOMATION_VALIDATOR_COMPLETE=f"{shell}_source")
    assert done.returncode == 0
    assert f"_AUTOMATION_VALIDATOR_COMPLETE={shell}_complete".encode() in done.stdout
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert f"_AUTOMATION_VALIDATOR_COMPLETE={shell}_source automation-validator" in page


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("check --ignore unk", ["unknown-dependency", "unknown-field"]),
        ("check --select never-triggered,unk", ["never-triggered,unknown-dependency"]),
        ("check --select refer", ["references"]),
        (
            "check --ignore unknown-field,sec",
            ["unknown-field,secret-in-file", "unknown-field,security"],
        ),
        ("check --select str", ["structure", "strict"]),
        ("check --format sa", ["sarif"]),
        ("explain wrong", ["wrong-type"]),
        ("plan --trigger postE", ["postEnvironmentStart"]),
        ("expl", ["explain"]),
        ("schema status", ["status-history"]),
        ("check --kind environment-", ["environment-class"]),
    ],
)
def test_words_are_completed(words: str, offered: list[str]) -> None:
    done = run(
        _AUTOMATION_VALIDATOR_COMPLETE="bash_complete",
        COMP_WORDS=f"automation-validator {words}",
        COMP_CWORD=str(len(words.split())),
    )
    found = [line.removeprefix("plain,") for line in done.stdout.decode().split()]
    assert found[: len(offered)] == offered
