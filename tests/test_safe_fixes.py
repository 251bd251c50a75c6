"""A safe fix makes nothing worse: its finding is gone, and the platform's verdict no worse."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import accepts
from tests.rules_of_schemas import RULES_OF_SCHEMAS
from tests.strategies import FILES, misspell, places, rename, replace
from tests.test_fix_properties import texts
from validator import check_text
from validator.editing.composition import apply
from validator.finding import Finding, Severity
from validator.fixer import fix_text
from validator.report import Report
from validator.rules import BLOCKING

UP_TO_FOUR = st.integers(1, 4)


@st.composite
def broken(draw: st.DrawFn, mistakes: st.SearchStrategy[int] = UP_TO_FOUR) -> str:
    """An automations file with some mistakes in it, in block style, in braces or as JSON."""
    data = copy.deepcopy(draw(FILES))
    for _ in range(draw(mistakes)):
        found = list(places(data))
        if not found:
            break
        container, key = draw(st.sampled_from(found))
        change = draw(st.sampled_from([replace, misspell, rename, _other_form]))
        if change in (misspell, rename) and not isinstance(container, dict):
            continue
        change(draw, container, key)
    if draw(st.booleans()):
        return json.dumps(data, indent=2, ensure_ascii=False)
    flow = draw(st.sampled_from([None, True, False]))
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, default_flow_style=flow)


def _other_form(draw: st.DrawFn, container: Any, key: Any) -> None:
    """Replace a value with one from another format."""
    value = container[key]
    forms: list[Any] = [[value], {"start": value}, {"port": 3000}, f"{value}", [{"command": value}]]
    container[key] = draw(st.sampled_from(forms))


def counted(report: Report) -> Counter[str]:
    return Counter(each.rule for each in report.findings if each.severity > Severity.HINT)


def accepted(text: str) -> bool:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return False
    try:
        return accepts("automations-file", {} if data is None else data)
    except Exception:  # how the oracle fails for unusual data does not matter
        return False


def worse(text: str, report: Report, finding: Finding, after: str) -> Counter[str]:
    """The rules with more findings after a fix than before; the fixed one has to be gone."""
    checked = check_text(after, kind="automations-file")
    before, now = (
        sum((each.rule, each.message) == (finding.rule, finding.message) for each in one.findings)
        for one in (report, checked)
    )
    assert now < before, "the finding stays"
    assert accepted(after) or not accepted(text), "the platform refuses it now"
    # By rule alone: a message may contain the new name of a field.
    found = counted(checked) - counted(report)
    if finding.rule in RULES_OF_SCHEMAS:
        # Rules see an item that the schema rejected only now; it is no worse than before.
        found = Counter({rule: count for rule, count in found.items() if rule in RULES_OF_SCHEMAS})
    return found


def assert_safe(text: str) -> None:
    report = check_text(text, kind="automations-file")
    for finding in report.findings:
        fix = finding.fix()
        if fix is not None:
            after = apply(report.text.value, list(fix.edits))
            assert worse(text, report, finding, after) == Counter(), (finding.message, after)


@settings(max_examples=200, deadline=None)
@given(broken())
def test_a_safe_fix_makes_nothing_worse(text: str) -> None:
    assert_safe(text)


@settings(max_examples=100, deadline=None)
@given(texts())
def test_a_safe_fix_makes_nothing_worse_in_a_real_file(text: str) -> None:
    assert_safe(text)


@settings(max_examples=100, deadline=None)
@given(broken())
def test_what_is_counted_is_fixed(text: str) -> None:
    """All findings that the summary counts as safely fixable are gone after the first run."""
    report = check_text(text, kind="automations-file")
    fixable = sum(finding.fix() is not None for finding in report.findings)
    fixed = fix_text(text, kind="automations-file")
    assert fixed.count >= fixable or not fixable
    assert not any(finding.fix() is not None for finding in fixed.report.findings)
    assert fix_text(fixed.text, kind="automations-file").count == 0


@settings(max_examples=200, deadline=None)
@given(broken() | texts())
def test_any_fix_does_what_it_is_for(text: str) -> None:
    """Also an unsafe one: its finding is gone, and the text is as readable and valid as before."""
    report = check_text(text, kind="automations-file")
    readable = not any(each.rule in BLOCKING for each in report.findings)
    for finding in report.findings if readable else ():
        for fix in finding.fixes:
            after = apply(report.text.value, list(fix.edits))
            checked = check_text(after, kind="automations-file")
            before, now = (
                sum((each.rule, each.message) == (finding.rule, finding.message) for each in some)
                for some in (report.findings, checked.findings)
            )
            assert now < before, (finding.message, after)
            assert not any(each.rule in BLOCKING for each in checked.findings), after
            assert accepted(after) or not accepted(text), after
