"""What the contract, the JSON Schema of an automations file, refuses. Found by `refusal`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rules.rule import Rule

_GOOD = """\
services:
  db:
    name: Database
    commands:
      start: postgres -D data
      ready: pg_isready
    triggeredBy: [postDevcontainerStart]
    role: default
    readinessTimeout: 60s
"""

_TASK = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
metadata:
  reference: install
  name: Install
  createdAt: 2025-03-01T09:30:00Z
spec:
  command: npm ci
"""

_CLASS = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
runnerId: 8d0e6b52-1f3a-4b7c-8a9d-0c5e7f2b4d63
displayName: Large
"""

RULES = (
    Rule(
        name="unknown-field",
        severity=Severity.ERROR,
        summary="A field is misspelt, misplaced or not part of the format",
        why="The platform refuses the whole file for one field that it does not know. This is "
        "the most common reason why a public automations file does not load: `triggers` for "
        "`triggeredBy`, `ready` beside `commands`, the `init` and `before` of the older "
        "`.gitpod.yml`.",
        bad=_GOOD.replace("triggeredBy", "triggers"),
        good=_GOOD,
        fixable=True,
    ),
    Rule(
        name="other-format",
        severity=Severity.ERROR,
        summary="The file is of another format",
        why="The platform refuses the whole file. In the older `.gitpod.yml`, `tasks` is a list "
        "whose entries may have `before` and `init`, run before `command`; here each task stands "
        "under a reference of its own and has one `command`. `devcontainer.json` sets up the "
        "container, the editor and its extensions, a command opens ports, and the commands export "
        "variables. A workflow of another tool belongs into a file of its own.",
        bad="image: node:20\nports: [{port: 5432}]\n" + _GOOD,
        good=_GOOD,
        fixable=True,
    ),
    Rule(
        name="missing-field",
        severity=Severity.ERROR,
        summary="A required field is missing",
        why="Every task needs `name` and `command`, every service `name`, every `commands` a "
        "`start` and every `docker` an `image`. The platform refuses the file without them.",
        bad=_GOOD.replace("    name: Database\n", ""),
        good=_GOOD,
        fixable=True,
    ),
    Rule(
        name="wrong-type",
        severity=Severity.ERROR,
        summary="A value has the wrong type",
        why="Types are strict: no number or boolean where text belongs, no text where a list "
        "belongs. YAML 1.1 reads bare `yes`, `on` and `1.0` as booleans and numbers; quotes "
        "make them text.",
        bad=_GOOD.replace("Database", "1.0"),
        good=_GOOD.replace("Database", '"1.0"'),
        fixable=True,
    ),
    Rule(
        name="invalid-value",
        severity=Severity.ERROR,
        summary="A value is not one of those that the field takes",
        why="Triggers, roles and phases are fixed names; the platform refuses any other.",
        bad=_GOOD.replace("[postDevcontainerStart]", "[containerStart]"),
        good=_GOOD,
        fixable=True,
    ),
    Rule(
        name="empty-value",
        severity=Severity.ERROR,
        summary="A value is empty where something is required",
        why="A name, a command and an image must not be empty, and a list must not hold empty "
        "entries. Optional fields may be left empty.",
        bad=_GOOD.replace("start: postgres -D data", "start:"),
        good=_GOOD,
        fixable=True,
    ),
    Rule(
        name="invalid-reference",
        severity=Severity.ERROR,
        summary="The key of a task or a service is not a reference",
        why="A reference has 1 to 128 letters, digits, `-` or `_`, and must be text: YAML reads "
        "a bare `1` or `on` as a number or a boolean, so put it in quotes.",
        bad=_GOOD.replace("db:", "my db:"),
        good=_GOOD.replace("db:", "my-db:"),
        fixable=True,
    ),
    Rule(
        name="invalid-duration",
        severity=Severity.ERROR,
        summary="A duration is not seconds with the unit `s`",
        why="The platform reads durations in the JSON form of protobuf: a number of seconds and "
        "`s`, from `0s` to `86400s`. It refuses minutes (`5m`), negative and longer ones.",
        bad=_GOOD.replace("60s", "1m"),
        good=_GOOD,
        fixable=True,
    ),
    Rule(
        name="invalid-format",
        severity=Severity.ERROR,
        summary="A text is not the UUID, timestamp, URL or number that belongs there",
        why="Ids in API documents are UUIDs, moments are timestamps in RFC 3339 with a time zone, "
        "log addresses are URLs with their scheme, and 64-bit numbers are digits. The API refuses "
        "anything else.",
        bad=_TASK.replace("T09:30:00Z", " 09:30:00+0100"),
        good=_TASK,
        fixable=True,
    ),
    Rule(
        name="invalid-length",
        severity=Severity.ERROR,
        summary="A text is too short or too long",
        why="The display name of an environment class has 3 to 127 characters and its description "
        "3 to 200; the keys of an output have 1 to 128, and its values up to 4096.",
        bad=_CLASS.replace("Large", "XL"),
        good=_CLASS,
    ),
    Rule(
        name="conflicting-fields",
        severity=Severity.ERROR,
        summary="Two fields exclude each other",
        why="`runsOn` takes `docker` or `machine`, not both, and a field stands in one of its "
        "two spellings, not in both.",
        bad=_GOOD + "    runsOn: {docker: {image: postgres}, machine: {}}\n",
        good=_GOOD + "    runsOn: {docker: {image: postgres}}\n",
    ),
)
