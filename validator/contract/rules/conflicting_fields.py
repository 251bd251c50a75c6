"""Two fields that can't be used together."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.rules.examples import GOOD
from validator.contract.schema_errors import Error
from validator.finding import Note, Problem, Severity
from validator.parsing.nodes import Mapping, pointer
from validator.rule import SDK, Rule
from validator.wording import listed, quoted


def explain(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    names = list(error.value["required"])
    if error.dependency is not None:
        names.append(error.dependency)
    keys = [spot.node.members[name][0] for name in names]
    if error.dependency is not None:
        where = "the file format's spelling is here"
        others.paths.update((*spot.path, name) for name in names)
        advice = f"keep only {quoted(names[0])}"
        if not schemas.fields(spot.schemas[-1])[names[1]].get("deprecated"):
            keys.sort(key=lambda key: key.start)
            where, advice = "the other one is here", "keep one of them"
        message = f"{listed(names, 'and')} are one field in two spellings; {advice}"
    else:
        keys.sort(key=lambda key: key.start)
        where = "the first of the two is here"
        message = f"{spot.name} takes only one of {listed(names, 'and')}; remove one"
    note = Note(keys[0].span, where)
    yield Problem(
        "conflicting-fields", message, keys[1].span, pointer((*spot.path, keys[1].text)), (note,)
    )


RULES = (
    Rule(
        name="conflicting-fields",
        severity=Severity.ERROR,
        group="structure",
        summary="Two fields can't be used together",
        why="`runsOn` takes `docker` or `machine`, not both, and a field may be in one of its "
        "two spellings, not in both.",
        source=SDK,
        bad=GOOD + "    runsOn: {docker: {image: postgres}, machine: {}}\n",
        good=GOOD + "    runsOn: {docker: {image: postgres}}\n",
    ),
)
