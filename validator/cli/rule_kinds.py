"""Which rules can find something in documents of a kind."""

from __future__ import annotations

from validator.api.rules import all_checks, of_files
from validator.kinds import DEFAULT_KIND, is_written
from validator.rules import CHECKS, Rule


def applies(rule: Rule, kind: str) -> bool:
    """Whether a rule can find something in documents of a kind."""
    if rule.group == "migration":
        return False
    if rule.group == "workflows" and not kind.startswith("workflow"):
        return False
    of_the_api = rule.name in all_checks() or rule.name == "mixed-spelling"
    # Some are found with the file of the executions only.
    of_the_api = of_the_api or rule.group == "executions"
    if kind == DEFAULT_KIND:
        return rule.name in CHECKS or not of_the_api
    if rule.name in of_files.CHECKS:
        return is_written(kind)
    if of_the_api:
        return rule.group == "workflows" or not is_written(kind)
    return rule.name not in CHECKS
