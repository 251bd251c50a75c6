"""Texts that are nearly automations files: real ones and fixtures, with mutations."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

from tests.corpus import FOLDER, verdicts

FIXTURES = Path(__file__).parents[2] / "fixtures"
LARGEST = 20_000
"""Bytes: a larger seed takes time and shows nothing more."""

SIGNS = [
    *("- ", ": ", ":", "#", " #", "&a ", "*a", "<<: *a", "!!str ", "!x ", "|", ">-", "|2", "---"),
    *("...", "%YAML 1.2\n", "{", "}", "[", "]", ",", "'", '"', "\\", "? ", "@", "`", "\t", "~"),
    *("yes", "1", "1.0", "0x1F", "1:30", "2026-11-24", "null", "true", ".inf", "{{ x }}", "''"),
    *("\n", "\r\n", "\r", "\n\n", "\0", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\u202e", "\x7f"),
    *("é", "🚀", "日本", "a\u0301", "\ud800", "\ufffe", " " * 70, "x" * 200),
]
"""Characters with a meaning in YAML, or to a computer: most make a text unreadable."""

WORDS = [
    *("tasks", "services", "name: x", "command", "commands", "start", "ready", "stop", "role"),
    *("dependsOn", "depends_on", "triggeredBy", "triggered_by", "triggers", "runsOn", "machine"),
    *("docker", "image", "prebuildRequiresSuccess", "readinessTimeout", "300s", "5m", "editor"),
    *("manual", "prebuild", "beforeSnapshot", "before_snapshot", "postMachineStart", "ai-agent"),
    *("# automation-validator: ignore[never-triggered]", "# automation-validator: ignore[", "init"),
    *('{"id": "', "metadata", "spec", "status", "plan", "steps", "TASK_EXECUTION_PHASE_FAILED"),
    *(
        "taskExecutions",
        "runnerId",
        "statuses",
        "statusVersion",
        "SERVICE_PHASE_RUNNING",
        "\\ud83d",
    ),
    *("yes", "1", "1.0", "true", "null", "''", "x", "a b", "é", "🚀"),
]
"""Words with a meaning in an automations file or an API document: most leave it readable."""
_WORD = re.compile(r"[\w-]+")
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "latin-1", "cp1252"]


@cache
def seeds() -> list[str]:
    """The texts to mutate: fixtures, and real files if they are available."""
    paths = [path for path in sorted(FIXTURES.rglob("*.*")) if path.suffix in (".yaml", ".json")]
    paths += [FOLDER / name for name in verdicts()]
    contents = [path.read_bytes() for path in paths]
    return [data.decode("utf-8", "replace") for data in contents if len(data) <= LARGEST]


def mutated(number: int, seed: int = 0) -> bytes:
    """The input with a number: always the same for the same seed and the same set of texts."""
    chance = random.Random(f"{seed}:{number}")
    text = chance.choice(seeds())
    for _ in range(chance.choice([1, 1, 1, 2, 3, 5, 10])):
        text = chance.choice(_MUTATIONS)(text, chance)
    return _encoded(text, chance)


def _encoded(text: str, chance: random.Random) -> bytes:
    encoding = chance.choice(ENCODINGS) if chance.random() < 0.1 else "utf-8"
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    data = bytearray(text.encode(encoding, errors))
    if chance.random() < 0.05 and data:
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(SIGNS) + text[at:]


def _replace_word(text: str, chance: random.Random) -> str:
    """Replace a word with one of the document, or with any other."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    old = chance.choice(words)
    new = chance.choice(words)[0] if chance.random() < 0.3 else chance.choice(WORDS)
    return text[: old.start()] + new + text[old.end() :]


def _delete(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.choice([1, 1, 2, 8, 40]) :]


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def _lines(text: str, chance: random.Random) -> str:
    """Move, repeat, drop or indent a line."""
    lines = text.split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    line = lines[at]
    match chance.randrange(5):
        case 0:
            lines.insert(to, lines.pop(at))
        case 1:
            lines.insert(to, line)
        case 2:
            del lines[at]
        case 3:
            lines[at] = chance.choice(["  ", " ", "\t", "- "]) + line
        case _:
            lines[at] = line[chance.choice([1, 2, 4]) :]
    return "\n".join(lines)


def _splice(text: str, chance: random.Random) -> str:
    other = chance.choice(seeds())
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _line_ends(text: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice(["\r\n", "\r", "\n\n", "\u2028\n"]))


_MUTATIONS = [
    *[_replace_word] * 12,
    *[_lines] * 6,
    _insert,
    _insert,
    _delete,
    _cut,
    _splice,
    _line_ends,
]
