"""Fields of AI automations that stand for an object, or are part of one."""

import pytest

from validator import check_text, fix_text

START = "name: A\ntriggers:\n"
ACTION = "action:\n  limits: {maxParallel: 1, maxTotal: 1}\n  steps:\n    - task: {command: make}\n"
CONTEXT = "    context: {fromTrigger: {}}\n"


def messages(text: str) -> list[str]:
    report = check_text(text, kind="workflow-file")
    return [
        each.message for each in report.findings if each.rule in ("unknown-field", "wrong-type")
    ]


@pytest.mark.parametrize(
    ("trigger", "message"),
    [
        (
            "schedule: {cronExpression: '0 9 * * 1'}",
            "`schedule` is not a field of a trigger; did you mean `time`?",
        ),
        (
            "schedule: {cron: '0 9 * * 1'}",
            "`schedule` is not a field of a trigger; did you mean `time`?",
        ),
        (
            "schedule: '0 9 * * 1'",
            "`schedule` is not a field of a trigger; write it as `cronExpression` into `time`",
        ),
        (
            "cron: '0 9 * * 1'",
            "`cron` is not a field of a trigger; write it as `cronExpression` into `time`",
        ),
        (
            "time: '0 9 * * 1'",
            "`time` must be a mapping, not a string (`0 9 * * 1`); give it `cronExpression`",
        ),
        (
            "event: {events: [PULL_REQUEST_EVENT_OPENED]}",
            "`event` is not a field of a trigger; did you mean `pullRequest`?",
        ),
    ],
)
def test_triggers(trigger: str, message: str) -> None:
    assert message in messages(f"{START}  - {trigger}\n{CONTEXT}{ACTION}")


@pytest.mark.parametrize(
    "trigger", ["colour: red", "colour: {}", "colour: {red: 1}", "colour: [1]"]
)
def test_what_stands_for_nothing(trigger: str) -> None:
    (message,) = messages(f"{START}  - {trigger}\n{CONTEXT}{ACTION}")
    assert message.startswith("`colour` is not a field of a trigger; expected ")


@pytest.mark.parametrize(
    ("step", "fixed"),
    [
        ("- agent: text", "- agent:\n        prompt: text"),
        ("- task: npm ci  # first", "- task:\n        command: npm ci  # first"),
        ("- {task: 'npm: ci'}", "- {task: {command: 'npm: ci'}}"),
        ("- shell: {command: npm ci}", "- task: {command: npm ci}"),
        (
            "- task: |\n        npm ci\n        make",
            "- task:\n        command: |\n          npm ci\n          make",
        ),
    ],
)
def test_steps_are_fixed(step: str, fixed: str) -> None:
    before = f"{START}  - manual: {{}}\n{CONTEXT}{ACTION}    "
    done = fix_text(f"{before}{step}\n", kind="workflow-file", unsafe=True)
    assert done.text == f"{before}{fixed}\n"
    safe = fix_text(f"{before}{step}\n", kind="workflow-file")
    assert safe.text == f"{before}{step}\n"


@pytest.mark.parametrize(
    "step", ["- pullRequest: text", "- agent: 5", "- agent: ''", "- report: a"]
)
def test_steps_that_can_not_be_fixed(step: str) -> None:
    text = f"{START}  - manual: {{}}\n{CONTEXT}{ACTION}    {step}\n"
    assert messages(text)
    assert fix_text(text, kind="workflow-file", unsafe=True).text == text
