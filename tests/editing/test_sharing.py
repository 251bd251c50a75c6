"""Fixes of text that anchors, aliases and merge keys make part of several values."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.test_fix_properties import texts
from tests.test_safe_fixes import assert_safe, broken
from validator import check_text
from validator.editing.composition import apply
from validator.fixer import fix_text
from validator.parsing.nodes import Path, pointer

REST = "triggeredBy: [manual]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # All values that use the text have the finding.
        (
            f"a: &a\n    name: A\n    comand: x\n    {REST}\n  b:\n    <<: *a\n    name: B\n",
            f"a: &a\n    name: A\n    command: x\n    {REST}\n  b:\n    <<: *a\n    name: B\n",
        ),
        (
            f"a: {{name: &n 1.0, command: x, {REST}}}\n  b: {{name: *n, command: x, {REST}}}\n",
            f'a: {{name: &n "1.0", command: x, {REST}}}\n  b: {{name: *n, command: x, {REST}}}\n',
        ),
        # An anchor without an alias.
        (f"a: &x {{name: A, comand: x, {REST}}}\n", f"a: &x {{name: A, command: x, {REST}}}\n"),
        # Next to the shared value, not in it.
        (
            f"a: {{name: A, command: &c x, {REST}}}\n  b: {{nmae: B, command: *c, {REST}}}\n",
            f"a: {{name: A, command: &c x, {REST}}}\n  b: {{name: B, command: *c, {REST}}}\n",
        ),
    ],
)
def test_a_fix_that_is_right_for_all_is_made(before: str, after: str) -> None:
    fixed = fix_text("tasks:\n  " + before)
    assert fixed.text == "tasks:\n  " + after
    assert fixed.report.ok
    assert fix_text(fixed.text).text == fixed.text


@pytest.mark.parametrize(
    "text",
    [
        # A valid name, and an invalid list.
        f"""tasks:
  a: {{name: &l a, command: x, {REST}}}
  b: {{name: B, command: x, dependsOn: *l, {REST}}}
""",
        # A string that has to be in quotes, and a boolean that must not be.
        f"tasks:\n  a: {{name: &n true, command: x, {REST}, prebuildRequiresSuccess: *n}}\n",
        f"tasks:\n  a: {{name: &n 'true', command: x, {REST}, prebuildRequiresSuccess: *n}}\n",
        # The command of another task.
        f"""tasks:
  a:
    name: A
    command: &c make
    {REST}
  b:
    name: B
    init: npm ci
    command: *c
    {REST}
""",
        # An entry that is an alias of the one next to it.
        "tasks:\n  a: {name: A, command: x, triggeredBy: [&t manual, *t]}\n",
        # An entry that is wrong in one task only.
        f"""tasks:
  a: {{name: A, command: x, dependsOn: &l [a], {REST}}}
  b: {{name: B, command: x, dependsOn: *l, {REST}}}
""",
        # An anchor that an alias needs.
        """services:
  a: {name: A, commands: {start: x}, triggeredBy: [manual, &b beforeSnapshot]}
  b: {name: B, commands: {start: x}, triggeredBy: [*b, manual]}
""",
        # The commands of another service.
        f"""services:
  a:
    name: A
    commands: &c
      start: x
    ready: y
    {REST}
  b:
    name: B
    commands: *c
    {REST}
""",
        f"""services:
  a:
    name: A
    ready: y
    commands: &c
      start: x
    {REST}
  b:
    name: B
    commands: *c
    {REST}
""",
        # A mapping that merges it already has the field.
        f"""tasks:
  a: &a {{name: A, comand: x, {REST}}}
  b: {{<<: *a, name: B, comand: z, command: make}}
""",
    ],
)
def test_what_others_use_otherwise_is_left_alone(text: str) -> None:
    for unsafe in (False, True):
        fixed = fix_text(text, unsafe=unsafe)
        assert (fixed.text, fixed.count) == (text, 0)


@st.composite
def shared(draw: st.DrawFn) -> str:
    """A file with mistakes in it, of which some values are aliases of others."""
    data = _loaded(draw(broken()))
    if isinstance(data, dict):
        for section in data.values():
            _share(draw, section)
    flow = draw(st.sampled_from([None, True, False]))
    text: str = yaml.dump(data, sort_keys=False, allow_unicode=True, default_flow_style=flow)
    return text


def _loaded(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        # JSON allows characters that YAML does not.
        reject()


def _share(draw: st.DrawFn, section: Any) -> None:
    items = list(section.values()) if isinstance(section, dict) else []
    items = [item for item in items if isinstance(item, dict) and item]
    for item in items[1:]:
        for name in draw(st.lists(st.sampled_from(sorted(items[0], key=str)), max_size=3)):
            item[name] = items[0][name]


def _paths(before: Any, after: Any, at: Path = ()) -> set[Path]:
    """The paths of the values in which two documents differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        found = {(*at, name) for name in before.keys() ^ after.keys()}
        steps: list[Any] = list(before.keys() & after.keys())
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        found, steps = set(), list(range(len(before)))
    else:
        return set() if before == after and type(before) is type(after) else {at}
    inner = (_paths(before[step], after[step], (*at, step)) for step in steps)
    return found.union(*inner)


def _items(before: Any, after: Any) -> set[Path]:
    """The paths of the items in which two documents differ."""
    return {path[:2] for path in _paths(before, after)}


@settings(max_examples=200)
@given(shared())
def test_a_fix_changes_no_item_without_its_finding(text: str) -> None:
    before = yaml.safe_load(text)
    for finding in check_text(text, kind="automations-file").findings:
        for fix in finding.fixes if finding.pointer.count("/") > 2 else ():
            after = yaml.safe_load(apply(text, list(fix.edits)))
            for section, reference in _items(before, after):
                alone = yaml.safe_dump({section: {reference: before[section][reference]}})
                found = check_text(alone, kind="automations-file").findings
                assert finding.rule in {each.rule for each in found}, (finding.message, reference)


@settings(max_examples=100)
@given(shared())
def test_a_safe_fix_of_shared_text_makes_nothing_worse(text: str) -> None:
    assert_safe(text)


def assert_nothing_else_changes(text: str) -> None:
    """A safe fix changes its value, and fields of the object that contains the value."""
    try:
        before = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        reject()
    for finding in check_text(text, kind="automations-file").findings:
        fix = finding.fix()
        if fix is not None and finding.pointer:
            changed = _paths(before, yaml.safe_load(apply(text, list(fix.edits))))
            holder = finding.pointer.rpartition("/")[0]
            for path in changed:
                assert pointer(path).startswith(holder), (finding.message, path)


@settings(max_examples=150)
@given(texts().map(lambda text: text.removeprefix("\ufeff")))
def test_a_safe_fix_changes_nothing_else(text: str) -> None:
    assert_nothing_else_changes(text)


@pytest.mark.slow
@settings(max_examples=3_000)
@given(shared() | texts())
def test_a_safe_fix_of_shared_text_makes_nothing_worse_in_many_files(text: str) -> None:
    assert_safe(text.removeprefix("\ufeff"))


@pytest.mark.slow
@settings(max_examples=3_000)
@given(texts())
def test_a_safe_fix_changes_nothing_else_in_many_files(text: str) -> None:
    assert_nothing_else_changes(text.removeprefix("\ufeff"))
