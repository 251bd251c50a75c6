"""Rules on scripts take time linear in a script's length, whatever it consists of."""

from __future__ import annotations

import json
import time

import pytest

from validator.model.automations import Document, build
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.rules import declared

RULES = (
    "classic-command",
    "container-name-taken",
    "install-not-awaited",
    "installs-at-every-start",
    "not-restarted",
    "pipe-hides-failure",
    "port-open-to-everyone",
    "script-lines-joined",
    "secret-in-file",
    "waits-by-polling",
)
SCRIPTS = {
    "one line": "x" * 1_000_000,
    "short lines": "ls\n" * 200_000,
    "single quotes": "'" * 200_000,
    "double quotes": '"' * 200_001,
    "nested": "$(" * 100_000,
    "gp": "gp url 3000\n" * 80_000,
    "folder": "ls /workspace\n" * 70_000,
    "variables": '"$THEIA_WORKSPACE_ROOT" ' * 40_000,
    "containers": "".join(f"docker run --name a{index} x\n" for index in range(40_000)),
    "options": "docker run " + "--name a " * 100_000,
    "loops": "while nc -z localhost 99; do sleep 1; done\n" * 23_000,
    "words of loops": "while " * 150_000 + "sleep",
    "ports": "ona environment port open 3000\n" * 30_000,
    "installs": "npm ci\n" * 100_000,
    "folders": ("cd " + "a/" * 50 + "\n") * 9_000 + "npm run dev",
    "pipes": "x | " * 250_000 + "x",
    "addresses": "://a:bcdefgh" * 80_000 + "@",
    "web tokens": "eyJaaaaaaaaaaaa." * 60_000,
    "beginnings of tokens": "ghp_sk-xoxb-1" * 70_000 + "T3BlbkFJ",
    "beginnings of keys": "-----BEGIN PRIVATE KEY-----\n" * 37_000,
    "comments": "# a\n" * 200_000,
    "quoted comments": "' # " * 250_000,
    "escaped quotes": '"' + '\\"' * 400_000,
    "tests": "test x && " * 100_000 + "npm ci",
}
SECONDS = 60


def document(script: str, *, folded: bool) -> Document:
    """A document with a script as the command of a task, and as the `start` of a service."""
    lines = "".join(f"\n      {line}" for line in script.split("\n"))
    written = f">{lines}" if folded else json.dumps(script)
    text = f"""\
services:
  web: {{name: Web, commands: {{start: npm run dev, ready: nc -z localhost 98}}, triggeredBy: &t
    [postDevcontainerStart, postEnvironmentStart]}}
tasks:
  a:
    name: A
    triggeredBy: *t
    command: {written}
"""
    root = reader.read(text, Limits()).root
    assert root is not None
    return build(text, root)


@pytest.mark.slow
@pytest.mark.parametrize("folded", [False, True], ids=["escaped", "folded"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_time(name: str, folded: bool) -> None:
    long = document(SCRIPTS[name], folded=folded)
    for rule in RULES:
        check = declared(rule).check
        assert check is not None
        start = time.process_time()
        for _ in check(long):
            pass
        assert time.process_time() - start < SECONDS, rule
