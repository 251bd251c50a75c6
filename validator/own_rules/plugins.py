"""Rules that installed packages add: plug-ins, by the entry points of the group `GROUP`.

A plug-in is code. It is imported only if a configuration names it, and only if that is trusted; and
it is only looked for among installed packages, never in the current folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import EntryPoint, distributions
from traceback import extract_tb

from validator.finding import Problem
from validator.model.automations import Document
from validator.own_rules.own_rule import wrong_name
from validator.rule import Rule
from validator.rules import INDEX, crash, may_find

GROUP = "automation_validator.rules"
"""The group of entry points; each names an iterable of `Rule`, whose names begin with its own."""


class PluginError(Exception):
    """A plug-in that can't be used; the message says why."""


def installed() -> dict[str, EntryPoint]:
    """The plug-ins of installed packages by name; reading these runs no code of them."""
    here = os.path.realpath(os.curdir)
    # With `python -m`, the current folder is a place of packages too; it may be untrusted.
    folders = [each for each in sys.path if each and os.path.realpath(each) != here]
    return {
        entry.name: entry
        for distribution in distributions(path=folders)
        for entry in distribution.entry_points
        if entry.group == GROUP
    }


@cache
def rules_of(plugin: str) -> tuple[Rule, ...]:
    """The rules of a plug-in, which is imported. Raises PluginError."""
    found = installed().get(plugin)
    if found is None:
        raise PluginError("no installed package has it")
    try:
        rules = tuple(found.load())
    except Exception as error:
        raise PluginError(f"{type(error).__name__}{_place(error)}: {error}") from error
    for rule in rules:
        if not isinstance(rule, Rule):
            raise PluginError(f"`{found.value}` must contain rules, not {type(rule).__name__}")
        if wrong_name(rule.name) or not rule.name.startswith(f"{plugin}-") or rule.name in INDEX:
            raise PluginError(f"the name of its rule `{rule.name}` must begin with `{plugin}-`")
        if rule.check is None:
            raise PluginError(f"its rule `{rule.name}` has no `check`")
    return rules


def rule_named(name: str, plugins: tuple[str, ...]) -> Rule | None:
    """The rule of one of these plug-ins with a name; None if no usable one has it."""
    for plugin in plugins:
        with suppress(PluginError):
            for rule in rules_of(plugin):
                if rule.name == name:
                    return rule
    return None


def problems(
    document: Document, text: str, plugins: tuple[str, ...], uses: Callable[[Rule], bool]
) -> Iterator[Problem]:
    """The problems that the rules of some plug-ins find in an automations file.

    `uses` says whether a rule is enabled. A plug-in that can't be used is a problem.
    """
    for plugin in plugins:
        try:
            rules = rules_of(plugin)
        except PluginError as error:
            yield crash(f"the plug-in `{plugin}`", error)
            continue
        for rule in rules:
            if uses(rule) and document.names >= set(rule.needs) and may_find(rule.words, text):
                yield from _found(rule, document)


def _found(rule: Rule, document: Document) -> Iterator[Problem]:
    """The problems that a rule finds, with its severity; a crash is one, with its place.

    A problem of another name is a bug of the plug-in: selecting and suppressing go by the rule's.
    """
    assert rule.check is not None
    try:
        found = list(rule.check(document))
    except Exception as error:
        yield crash(f"the rule `{rule.name}`{_place(error)}", error)
        return
    for problem in found:
        if problem.rule != rule.name:
            wrong = PluginError(f"it reports `{problem.rule}`, but may only report its own name")
            yield crash(f"the rule `{rule.name}`", wrong)
            return
        else:
            yield problem._replace(severity=problem.severity or rule.severity, own=True)


def _place(error: Exception) -> str:
    """Where the code of a plug-in raised an error: ` in acme_lint.py, line 12`; "" if not there."""
    frames = extract_tb(error.__traceback__)[1:]
    own = [each for each in frames if "importlib" not in each.filename]
    return f" in {os.path.basename(own[-1].filename)}, line {own[-1].lineno}" if own else ""
