"""Compare what other tools find in `fixtures/broken`, and write it to the page on it.

It needs yamllint, check-jsonschema, and the platform's contract in its SDK, as the tests do.

$ python -m scripts.comparison
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from validator import schemas

ROOT = Path(__file__).parents[1]
FILE = "fixtures/broken/.ona/automations.yaml"
PAGE = ROOT / "docs" / "explanation" / "comparison.md"

MISTAKES = {
    "-d": "`docker compose up -d` ends at once, so the service counts as stopped",
    "ready": "`ready` is beside `commands`, not in it",
    "beforeSnapshot": "`beforeSnapshot` on a service",
    "triggers": "`triggers` in place of `triggeredBy`",
    "instal": "a dependency on `instal`, which does not exist",
    "containerStart": "`containerStart` is not a trigger",
    "test": "`build` and `test` depend on each other",
}
"""The mistakes of the file in its order, each by a word at its place."""


def own() -> tuple[set[str], str]:
    """What this project finds: the mistakes, and its output."""
    output = _output("validator", "check", "--format", "concise", FILE)
    return _on_lines(output), output


def yamllint() -> tuple[set[str], str]:
    """What yamllint finds: the mistakes, and its output."""
    output = _output("yamllint", "--format", "parsable", FILE)
    return _on_lines(output), output


def _on_lines(output: str) -> set[str]:
    """The mistakes on the lines that an output names."""
    lines = (ROOT / FILE).read_text(encoding="utf-8").splitlines()
    named = {
        lines[int(number) - 1] for number in re.findall(r"^[^:]+:(\d+):", output, re.MULTILINE)
    }
    return MISTAKES.keys() & {word for line in named for word in re.findall(r"[\w-]+", line)}


def check_jsonschema() -> tuple[set[str], str]:
    """What check-jsonschema finds with the schema of this project: the mistakes, and its output."""
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.json"
        schema.write_text(json.dumps(schemas.in_one_piece("automations-file")), encoding="utf-8")
        output = _output("check_jsonschema", "--schemafile", str(schema), FILE)
    # Its findings are in no certain order.
    first, *others = output.splitlines(keepends=True)
    output = "".join([first, *sorted(others)])
    return {word for word in MISTAKES if f"'{word}' " in output}, output


def contract() -> tuple[list[set[str]], list[str]]:
    """What the platform's contract rejects: per run the mistakes, and the messages.

    After each run, what it has rejected is removed, as an author would fix it.
    """
    import protovalidate
    from gitpod.v1.environment_automation_pb2 import AutomationsFile
    from google.protobuf import json_format

    data = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))
    runs: list[set[str]] = []
    messages: list[str] = []
    while True:
        try:
            protovalidate.validate(json_format.ParseDict(data, AutomationsFile()))
        except json_format.ParseError as error:
            messages.append(str(error).splitlines()[0])
            runs.append(set(re.findall(r'no field named "(\w+)"', messages[-1])))
        except protovalidate.ValidationError as error:
            broken = [(str(each.field_value), each.proto.message) for each in error.violations]
            messages.append("\n".join(f"{value}: {message}" for value, message in broken))
            runs.append({value for value, _ in broken})
        else:
            return runs, messages
        _remove(data, runs[-1])


def _remove(value: Any, words: set[str]) -> None:
    """Remove fields and entries of lists from plain data."""
    if isinstance(value, dict):
        for word in words & value.keys():
            del value[word]
        value = value.values()
    elif isinstance(value, list):
        value[:] = [each for each in value if not (isinstance(each, str) and each in words)]
    for each in value if not isinstance(value, str) else ():
        if isinstance(each, dict | list):
            _remove(each, words)


def page(text: str) -> str:
    """The page with the table and the outputs as they are now."""
    (linted, lint_output), (checked, check_output) = yamllint(), check_jsonschema()
    runs, messages = contract()
    known, _ = own()
    rows = "".join(
        f"| {description} | {_yes(word in linted)} | {_yes(word in checked)}"
        f" | {_run(word, runs)} | {_yes(word in known)} |\n"
        for word, description in MISTAKES.items()
    )
    parts = {
        "table": "| mistake | yamllint | check-jsonschema | the platform's contract |"
        f" automation-validator |\n|---|---|---|---|---|\n{rows}",
        "yamllint": f"```text\n{lint_output}```\n",
        "check-jsonschema": f"```text\n{check_output}```\n",
        "contract": "".join(
            f"{number}. {' and '.join(f'`{line}`' for line in message.splitlines())}\n"
            for number, message in enumerate(messages, 1)
        ),
    }
    for name, part in parts.items():
        block = rf"(<!-- {name} -->\n).*?(<!-- end -->\n)"
        (found,) = re.finditer(block, text, re.DOTALL)
        text = text[: found.end(1)] + part + text[found.start(2) :]
    return text


def _yes(found: bool) -> str:
    return "yes" if found else ""


def _run(word: str, runs: list[set[str]]) -> str:
    return next((f"in run {at}" for at, found in enumerate(runs, 1) if word in found), "")


def _output(module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


def main() -> int:
    """Run the command; returns its exit code."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
