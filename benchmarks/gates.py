"""Ways to validate a document against its schema: the time to start, and to validate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import yaml

from benchmarks.files import CLEAN, SCHEMA
from benchmarks.measure import Action, Group, command, interleaved
from validator.contract.compiler import gate
from validator.parsing.limits import Limits
from validator.parsing.reader import read

_LOAD = f"import json; schema = json.load(open({str(SCHEMA)!r}))\n"

STARTS = {
    "all but a gate": "pass",
    "the gate": "from validator.contract.compiler import gate; gate('automations-file')",
    "jsonschema": _LOAD + "import jsonschema; jsonschema.Draft7Validator(schema)",
    "fastjsonschema": _LOAD + "import fastjsonschema; fastjsonschema.compile(schema)",
    "jsonschema_rs": _LOAD + "import jsonschema_rs; jsonschema_rs.validator_for(schema)",
}
"""Programs that make something that can validate; others than ours by the module they need."""


def groups(*, quick: bool) -> Iterator[Group]:
    starts = {
        name: command(sys.executable, "-c", f"import validator.engine\n{program}")
        for name, program in STARTS.items()
        if " " in name or find_spec(name)
    }
    yield Group("The gate, to start: processor time", interleaved(starts, 1 if quick else 20), {})
    yield Group(
        "The gate, to answer about 100 documents of 1 kB",
        interleaved(answers(), 1 if quick else 20),
        {},
    )


def answers() -> dict[str, Action]:
    """Actions that validate a valid document with each of them, in its own data format."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    data = yaml.load(CLEAN, yaml.CSafeLoader)
    root = read(CLEAN, Limits()).root
    assert root is not None
    ours = gate("automations-file")
    asked: dict[str, Action] = {"the gate": lambda: ours(root)}
    if find_spec("jsonschema"):
        import jsonschema

        validator = jsonschema.Draft7Validator(schema)
        asked["jsonschema"] = lambda: validator.is_valid(data)
    if find_spec("fastjsonschema"):
        generated = import_module("fastjsonschema").compile(schema)
        asked["fastjsonschema"] = lambda: generated(data)
    if find_spec("jsonschema_rs"):
        compiled = import_module("jsonschema_rs").validator_for(schema)
        asked["jsonschema_rs"] = lambda: compiled.is_valid(data)
    return {name: _repeated(action) for name, action in asked.items()}


def _repeated(action: Action) -> Action:
    def run() -> None:
        for _ in range(100):
            action()

    return run
