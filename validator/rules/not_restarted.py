"""Services that do not come back when an environment is resumed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.model.automations import Automation, Document, Trigger
from validator.parsing.nodes import Sequence
from validator.rule import DOCUMENTATION, Rule
from validator.wording import quoted

_FIRST = "postDevcontainerStart"
_EACH = "postEnvironmentStart"
# The Python SDK's spelling, where the file has it.
_SPELLED = {"post_devcontainer_start": "post_environment_start"}
_REST_OF_LINE = r"[^\r\n]*"


def check(document: Document) -> Iterator[Problem]:
    found = [
        (service, trigger)
        for service in document.distinct
        if service.role == "service" and not service.refused
        for trigger in service.triggers
        if trigger.name == _FIRST and not _starts_each_time(service)
    ]
    if not found:
        return
    from validator.model import plan

    # A task that runs at each start may need the service.
    planned = plan.reached_by(document, _EACH, "postMachineStart")
    for service, trigger in found:
        if service.reference in planned or service.field("commands") is None:
            continue
        message = (
            f"{quoted(service.reference)} is not started again when the environment is resumed; "
            f"add `{_EACH}`"
        )
        yield Problem(
            "not-restarted",
            message,
            trigger.node.span,
            trigger.pointer,
            fixes=_with_each(service, trigger, document.text),
        )


def _starts_each_time(service: Automation) -> bool:
    return service.has_trigger(_EACH) or service.has_trigger("postMachineStart")


def _with_each(service: Automation, trigger: Trigger, text: str) -> tuple[Fix, ...]:
    """The fix that adds the trigger after this one.

    It adds, and does not replace: only this one fires when the dev container is rebuilt. A service
    that two triggers start runs once.
    """
    field = service.field("triggeredBy")
    node = trigger.node
    if field is None or not isinstance(field[1], Sequence) or not text:
        return ()
    entries = field[1]
    # An alias: its value is elsewhere.
    if not entries.start <= node.start < node.end <= entries.end:
        return ()
    from validator.editing import edits

    word = _SPELLED.get(node.text, _EACH)
    if entries.flow:
        quote = text[node.start] if text[node.start] in "'\"" else ""
        added = Edit(Span(node.end, node.end), f", {quote}{word}{quote}")
    else:
        dash = text.rfind("-", edits.line_start(node.start, text), node.start)
        rest = re.compile(_REST_OF_LINE).match(text, node.end)
        if dash < 0 or rest is None or text[edits.line_start(dash, text) : dash].strip():
            return ()
        indentation = text[edits.line_start(dash, text) : dash]
        written = f"{edits.line_break(text)}{indentation}- {word}"
        added = Edit(Span(rest.end(), rest.end()), written)
    return edits.fixes(f"Add `{word}`", (added,), safe=False)


def _example(trigger: str) -> str:
    return (
        "services:\n  web:\n    name: Web\n    commands:\n      start: npm run dev\n"
        f"    triggeredBy: [{trigger}]\n"
    )


RULES = (
    Rule(
        name="not-restarted",
        severity=Severity.HINT,
        group="services",
        summary="A service does not come back when the environment is resumed",
        why=f"`{_FIRST}` fires at the first start and when the dev container is rebuilt; "
        f"`{_EACH}` fires each time the environment starts, also when it is resumed after it "
        "was stopped. With both, a service runs in all of these cases; two triggers do not "
        "start it twice.",
        source=DOCUMENTATION,
        bad=_example(_FIRST),
        good=_example(f"{_FIRST}, {_EACH}"),
        fixable=True,
        check=check,
        needs=("services", _FIRST),
    ),
)
