"""What automations do: a task runs, a service is started."""

from __future__ import annotations

from collections.abc import Sequence

from validator.model.automations import Automation

CYCLE = "is in a dependency cycle, or needs something that is"
"""Why an automation never runs."""


def verb(automation: Automation) -> str:
    """What an automation does when it is triggered: a task runs, a service is started."""
    return "runs" if automation.role == "task" else "is started"


def never(automation: Automation) -> str:
    """The verb of an automation with `never`."""
    return "never runs" if automation.role == "task" else "is never started"


def also(automation: Automation) -> str:
    """The verb of an automation with `also`."""
    return "also runs" if automation.role == "task" else "is also started"


def negated(automation: Automation) -> str:
    """The verb of an automation with `not`."""
    return "does not run" if automation.role == "task" else "is not started"


def agreeing(names: Sequence[str], one: str, several: str) -> str:
    """The words for one name, or those for several."""
    return one if len(names) == 1 else several
