"""Rules on scripts that are made to take long: none takes more than linear time."""

from __future__ import annotations

import json
import time

import pytest

from validator import check_object, check_text

SCRIPTS = {
    "servers in a pipe": "npm start | " * 40_000 + "cat",
    "servers in the background": "npm start & " * 40_000 + "wait",
    "alternatives": "docker start a || " * 40_000 + "docker run -d a",
    "options": "docker run " + "-d " * 100_000 + "a",
    "container words": "docker " + "compose " * 100_000 + "up -d",
    "prefixes": "sudo " * 100_000 + "docker run -d a",
    "launchers": "npx " * 100_000 + "docker run -d a",
    "options of a launcher": "npm " + "--prefix " * 100_000 + "docker",
    "branches": "if a; then echo b; fi\n" * 20_000 + "docker compose up -d",
    "loops": "until a; do sleep 1; done\n" * 20_000,
    "loops without an end": "while true; do " * 30 + "npm start; " + "done; " * 30,
    "scripts in words": "bash -c 'until a; do sleep 1; done'; " * 20_000,
    "a long address": "curl -s localhost/" + "health/" * 100_000,
    "ampersands": "a & " * 100_000 + "echo b",
    "one line": "docker run -d" + " a" * 200_000,
    "succeeds": "true || " * 50_000 + "true",
}


@pytest.mark.parametrize("kind", SCRIPTS)
def test_a_long_script_is_checked_in_time(kind: str) -> None:
    script = SCRIPTS[kind]
    service = {"name": "A", "commands": {"start": script, "ready": script}}
    task = {"name": "T", "command": script, "triggeredBy": ["prebuild"]}
    text = json.dumps({"services": {"a": service}, "tasks": {"t": task}})
    started = time.process_time()
    found = {each.rule for each in check_text(text, path="automations.json").findings}
    assert time.process_time() - started < 20
    assert "internal-error" not in found


def test_an_object_has_the_same_findings() -> None:
    service = {"name": "A", "commands": {"start": "npm ci", "ready": "true"}}
    services = {"a": {**service, "triggeredBy": ["manual"]}}
    tasks = {"t": {"name": "T", "command": "npm run dev", "triggeredBy": ["prebuild"]}}
    document = {"services": services, "tasks": tasks}
    expected = ["ready-always-true", "start-returns", "task-never-ends"]
    assert sorted(each.rule for each in check_object(document).findings) == expected
    text = json.dumps(document)
    assert sorted(each.rule for each in check_text(text).findings) == expected
