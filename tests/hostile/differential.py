"""Compare our verdict on mutated texts with that of the official SDK's contract.

`python -m tests.hostile.differential --count 20000 --seed 1` prints each input with different
verdicts, by its number. Differences by design, in either direction, are listed by name in
docs/reference/sdk-differences.md; they are removed first.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter
from typing import Any

import yaml

from tests import oracle, sdk_differences
from tests.hostile.mutation import mutated
from tests.rules_of_schemas import RULES_OF_SCHEMAS
from validator import Severity, all_rules, check_text
from validator.parsing import rules as source_rules
from validator.parsing.text import decode
from validator.parsing.yaml_readers import go_number

CONTRACT = RULES_OF_SCHEMAS
"""What the schemas reject. Everything else is about the text, or can't be put into a schema."""

_SEMANTIC = {
    rule.name
    for rule in all_rules().values()
    if rule.severity == Severity.ERROR
    and rule.name not in {each.name for each in source_rules.RULES}
}

# Nothing in the contract accepts this, whatever the field.
_NO_JSON: dict[str, object] = {"no": {"json": []}}


def judge(data: bytes) -> str:
    """The result for an input: `accepted` or `refused` by both, or why it can't be compared.

    `unreadable`, `suppressed` (by a comment in it), or `DIFFERENT` and how.
    """
    report = check_text(data)
    if report.suppressed:
        return "suppressed"
    errors = {f.rule for f in report.findings if f.severity == Severity.ERROR}
    try:
        value = _read(decode(data)[0])
    except (yaml.YAMLError, ValueError, LookupError):
        # Invalid text, not exactly one document, or (LookupError) an invalid `!!bool`. PyYAML
        # rejects an anchor that is defined twice, for which we only warn.
        known = errors or any(f.rule == "duplicate-anchor" for f in report.findings)
        return "unreadable" if known else "DIFFERENT: only we read it"
    if report.kind not in oracle.KINDS or errors - _SEMANTIC:
        return "unreadable"
    dates = _text if report.kind != "automations-file" else _nothing
    theirs = oracle.accepts(report.kind, _plain(value, dates), sdk_differences.taken_out)
    if theirs == (not errors & CONTRACT):
        return "accepted" if theirs else "refused"
    return f"DIFFERENT: only {'they accept' if theirs else 'we accept'} it as {report.kind}"


def _read(text: str) -> Any:
    """Parse a text as JSON, or else as YAML: JSON may be indented by tabs, and has own escapes."""
    try:
        return json.loads(text)
    except ValueError:
        return yaml.load(text, PlatformLoader)


class PlatformLoader(yaml.CSafeLoader):
    """PyYAML's loader, except for values that the platform's readers read differently.

    These are the differences in texts listed in docs/reference/sdk-differences.md: `1e3`, and `=`.
    """

    def resolve(self, kind: Any, value: str, implicit: Any) -> str:
        tag: str = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        if tag.endswith(":value"):
            return "tag:yaml.org,2002:str"
        if tag.endswith(":str") and kind is yaml.ScalarNode and implicit[0]:
            number = go_number(value) if value[:1] in set("0123456789+-.") else None
            return {"integer": _INTEGER, "number": _NUMBER}.get(number or "", tag)
        return tag


_INTEGER = "tag:yaml.org,2002:int"
_NUMBER = "tag:yaml.org,2002:float"


def _integer(loader: Any, node: yaml.ScalarNode) -> Any:
    node.value = node.value.lower()
    return loader.construct_yaml_int(node)


PlatformLoader.add_constructor(_INTEGER, _integer)


def _text(value: Any) -> Any:
    return value.isoformat()


def _nothing(_value: Any) -> Any:
    return _NO_JSON


def _plain(value: Any, dates: Any) -> Any:
    """A YAML value as JSON; values without a JSON type become one that nothing accepts."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            return _NO_JSON
        return {key: _plain(each, dates) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, dates) for each in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return dates(value)
    return value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    verdicts: Counter[str] = Counter()
    for number in range(asked.count):
        verdict = judge(mutated(number, asked.seed))
        verdicts[verdict] += 1
        if verdict.startswith("DIFFERENT"):
            print(f"seed {asked.seed}, input {number}: {verdict}", flush=True)
    print(f"seed {asked.seed}: {asked.count:,} inputs:", dict(verdicts.most_common()))
    return int(any(verdict.startswith("DIFFERENT") for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
