"""Short notation for the examples of rules on AI automations."""

from __future__ import annotations

_TRIGGER = """\
manual: {}
context:
  projects: {projectIds: [019d8bf4-1ded-7317-be2f-555e8fb55ff9]}
"""
_STEP = "agent: {prompt: Update the dependencies.}\n"


def example(*triggers: str, limits: str = "maxParallel: 1, maxTotal: 10", step: str = _STEP) -> str:
    """A workflow file with these triggers (a manual one if there are none) and one step."""
    entries = "".join(_entry(each, "  ") for each in triggers or (_TRIGGER,))
    return (
        f"name: Update dependencies\ntriggers:\n{entries}action:\n"
        f"  limits: {{{limits}}}\n  steps:\n{_entry(step, '    ')}"
    )


def _entry(text: str, indent: str) -> str:
    first, *others = text.splitlines()
    return f"{indent}- {first}\n" + "".join(f"{indent}  {line}\n" for line in others)


def at_times(expression: str) -> str:
    """A trigger with a cron expression."""
    return f'time: {{cronExpression: "{expression}"}}\ncontext: {{projects: {{}}}}\n'


PULL_REQUEST = """\
pullRequest:
  events: [PULL_REQUEST_EVENT_OPENED]
  webhookId: 2f9c6b1e-84d7-4a05-b3e8-0d7a5c19f624
context: {fromTrigger: {}}
"""
