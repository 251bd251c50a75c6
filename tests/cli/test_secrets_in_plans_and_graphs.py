"""`plan`, `graph` and `why` show scripts and names, but no secret in them."""

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.rules.test_secret_in_file import TOKENS

TOKEN = TOKENS["GitHub token"][0]
BEGIN, END = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
LINES = ["MIIEvQIBADANBgkqhkiG9w0BAQEF", "AASCBKcwggSjAgEAAoIBAQC7VJTU"]

STYLES = {
    "plain": f"git clone https://x:{TOKEN}@git.acme.dev/a",
    "single quotes": f"'echo ''a'' {TOKEN}'",
    "double quotes": f'"echo \\"é\\"\\n {TOKEN} \\u00e9"',
    "literal": f"|\n      export TOKEN={TOKEN}\n      make",
    "folded": f">-\n      export\n      TOKEN={TOKEN}\n      make",
    "private key": f"|\n      {BEGIN}\n      {LINES[0]}\n      {LINES[1]}\n      {END}",
    "anchor": f"&c echo {TOKEN}",
}

COMMANDS = [
    ["plan", "-"],
    ["plan", "-", "--task", "a"],
    ["plan", "-", "--format", "json"],
    *(["plan", "-", "--if-fails", "a", "--format", each] for each in ("json", "mermaid", "text")),
    ["why", "a", "-"],
    ["why", "a", "-", "--format", "json"],
    ["plan", "-", "--format", "mermaid"],
    *(
        ["plan", "-", "--diff", "fixtures/plan/automations.yaml", "--format", each]
        for each in ("json", "markdown", "text")
    ),
    *(["graph", "-", "--format", each] for each in ("dot", "html", "json", "mermaid", "svg")),
]


def document(command: str) -> bytes:
    text = f"""\
tasks:
  a:
    name: Push {TOKEN}
    description: With {TOKEN}
    command: {command}
    triggeredBy: [manual]
"""
    return text.encode()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "command", [["plan", "-", "--format", "json"], ["graph", "-", "--format", "html"]], ids=str
)
def test_no_script_shows_a_secret(command: list[str], style: str) -> None:
    done = run(*command, stdin=document(STYLES[style]))
    assert done.returncode == 0
    for secret in (TOKEN, *LINES):
        assert secret.encode() not in done.stdout
    assert b"Push " + b"*" * len(TOKEN) in done.stdout


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_format_shows_a_secret(command: list[str], ignored: bool, tmp_path: Path) -> None:
    config = tmp_path / "automation-validator.toml"
    config.write_text('ignore = ["secret-in-file"]\n' if ignored else "")
    done = run(*command, "--config", str(config), stdin=document(STYLES["literal"]))
    assert done.returncode == 0
    assert b"****" in done.stdout.replace(b"&#42;", b"*").replace(b"#42;", b"*")
    assert TOKEN[:12].encode() not in done.stdout
    assert TOKEN[-12:].encode() not in done.stdout


def test_the_rest_of_a_script_is_shown() -> None:
    done = run("plan", "-", "--task", "a", "--format", "json", stdin=document(STYLES["literal"]))
    ((step,),) = [group["steps"] for group in json.loads(done.stdout)["plan"]]
    assert step["task"]["spec"]["command"] == f"export TOKEN={'*' * len(TOKEN)}\nmake\n"


def test_a_reference_that_is_a_secret() -> None:
    text = f"""\
tasks:
  {TOKEN}: {{name: A, command: a, triggeredBy: [manual]}}
  b: {{name: B, command: b, triggeredBy: [manual], dependsOn: [{TOKEN}]}}
"""
    done = run("graph", "-", "--format", "json", stdin=text.encode())
    shown = json.loads(done.stdout)
    stars = "*" * len(TOKEN)
    assert [item["reference"] for item in shown["items"]] == [stars, "b"]
    assert [edge["needs"] for edge in shown["edges"]] == [stars]
    assert TOKEN.encode() not in done.stdout
