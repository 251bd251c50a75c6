"""Where our schemas and the official SDK differ on purpose, each difference by name.

Each difference is a function that removes itself: it changes a value so that the SDK's verdict is
the same as the schema's. What remains after all of them must agree exactly. `EXAMPLES` has a
document for each, which shows that it is still needed. `docs/reference/sdk-differences.md` lists
them.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import protovalidate
from google.protobuf import json_format, message_factory

if TYPE_CHECKING:
    from collections.abc import Callable

    from google.protobuf.descriptor import Descriptor

    # Its stubs are those of a later protobuf, which no longer has `label`.
    FieldDescriptor = Any
    Json = Any
    OnObject = Callable[[Descriptor, Json], Json]
    OnValue = Callable[[FieldDescriptor, Json], Json]

# Nothing in the contract accepts this, whatever the field.
REFUSED = {"refused": True}

GREATEST_FLOAT = int(3.4028234663852886e38)

UUID = "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11"


# --- In an object, read as a message ---------------------------------------------------------


def both_spellings(message: Descriptor, value: Json) -> Json:
    """`dependsOn` next to `depends_on`: the SDK keeps the later one.

    The platform's own JSON reader rejects it, and so do we.
    """
    if isinstance(value, dict) and any(
        field.name != field.json_name and field.name in value and field.json_name in value
        for field in message.fields
    ):
        return REFUSED
    return value


def empty_for_object(_message: Descriptor, value: Json) -> Json:
    """`[]` or `""` for an object: the SDK only iterates it, and finds no invalid field."""
    return REFUSED if value in ([], "") else value


def absent_read_as_empty(message: Descriptor, value: Json) -> Json:
    """An absent or null field that must not be empty: the SDK checks the empty string.

    The reference of the shared models calls these fields optional. Ids without which an object
    can't be identified (of services, steps, secrets) are required by both.
    """
    wanted = {
        "gitpod.v1.Task": {"environment_id": UUID},
        "gitpod.v1.Service": {"environment_id": UUID},
        "gitpod.v1.TaskMetadata": {"reference": "x", "name": "x"},
        "gitpod.v1.ServiceMetadata": {"reference": "x", "name": "x"},
        "gitpod.v1.TaskExecutionMetadata": {"task_id": UUID, "environment_id": UUID},
        "gitpod.v1.EnvironmentClass": {"display_name": "xxx", "description": "xxx"},
    }.get(message.full_name, {})
    if not isinstance(value, dict):
        return value
    filled = dict(value)
    for name, text in wanted.items():
        spellings = {name, message.fields_by_name[name].json_name}
        if all(value.get(spelling) is None for spelling in spellings):
            for spelling in spellings:
                filled.pop(spelling, None)
            filled[name] = text
    return filled


def class_without_ids(message: Descriptor, value: Json) -> Json:
    """An environment class without `id` or `runnerId`: the shared models require both."""
    if message.name == "EnvironmentClass" and isinstance(value, dict):
        runner = value.get("runnerId", value.get("runner_id"))
        if value.get("id") in (None, "") or runner in (None, ""):
            return REFUSED
    return value


def several_triggers(message: Descriptor, value: Json) -> Json:
    """More than one trigger set in an object: the SDK rejects it, we leave it to a rule.

    `ambiguous-trigger` reports it better, and also if none is set, which the SDK accepts.
    """
    if message.name == "AutomationTrigger" and isinstance(value, dict):
        known = {spelling for field in message.fields for spelling in _spellings(field)}
        return {k: v for k, v in value.items() if k not in known or not isinstance(v, bool)}
    return value


def step_of_task_and_service(message: Descriptor, value: Json) -> Json:
    """A step with `task` and `serviceId`: the SDK rejects it, we leave it to a rule.

    The rule also reports a step with neither, which the SDK accepts.
    """
    if (
        message.full_name == "gitpod.v1.TaskExecutionSpec.Step"
        and isinstance(value, dict)
        and isinstance(value.get("task"), dict)
    ):
        uuid = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
        return {
            k: v
            for k, v in value.items()
            if k not in ("serviceId", "service_id")
            or not (isinstance(v, str) and uuid.fullmatch(v))
        }
    return value


def several_of_a_oneof(message: Descriptor, value: Json) -> Json:
    """Several fields of a oneof of AI automations, such as a step with `task` and `agent`.

    The SDK rejects it, we leave it to a rule, which also reports it if none is set.
    """
    if not isinstance(value, dict) or message.file.name != "gitpod/v1/workflow.proto":
        return value
    for oneof in message.oneofs:
        names = {spelling for field in oneof.fields for spelling in _spellings(field)}
        found = [name for name in value if name in names and value[name] is not None]
        if len(found) > 1:
            # Each of them has to be valid by itself.
            alone = [{k: v for k, v in value.items() if k not in found or k == n} for n in found]
            if not all(_is_valid(message, each) for each in alone):
                return REFUSED
            value = alone[0]
    return value


def _is_valid(message: Descriptor, value: Json) -> bool:
    made = message_factory.GetMessageClass(message)()
    try:
        protovalidate.validate(json_format.ParseDict(taken_out(message, value), made))
    except (json_format.ParseError, protovalidate.ValidationError, TypeError):
        return False
    return True


def output_without_type(message: Descriptor, value: Json) -> Json:
    """An output of a report without a type, or without `prompt` and `command`.

    The SDK rejects it, we leave it to the rule that reports several of them.
    """
    if message.full_name != "gitpod.v1.WorkflowStep.Report.OutputSpec" or not isinstance(
        value, dict
    ):
        return value
    for name, example in (("string", {}), ("prompt", "x")):
        oneof: Any = message.fields_by_name[name].containing_oneof
        if all(value.get(field.name) is None for field in oneof.fields):
            value = {**value, name: example}
    return value


def parallel_above_total(message: Descriptor, value: Json) -> Json:
    """`maxParallel` above `maxTotal`: the SDK rejects it, we leave it to a rule."""
    if message.full_name != "gitpod.v1.WorkflowAction.Limits" or not isinstance(value, dict):
        return value
    total = {name: 100 for name in ("maxTotal", "max_total") if _is_total(value.get(name))}
    return value | total


def _is_total(value: Json) -> bool:
    if isinstance(value, str):
        return bool(re.fullmatch("[1-9][0-9]?|100", value))
    return isinstance(value, (int, float)) and value in range(1, 101) and value is not True


# --- In a value of a field -------------------------------------------------------------------


def enum_by_number(field: FieldDescriptor, value: Json) -> Json:
    """An enum by its number, even an undefined one, or as a string: we accept only names."""
    if field.enum_type and not (isinstance(value, str) and value in field.enum_type.values_by_name):
        return REFUSED
    return value


def newer_principal(field: FieldDescriptor, value: Json) -> Json:
    """`PRINCIPAL_AGENT_EXECUTION`: in the reference of the shared models, not in SDK 1.2.0."""
    if field.name == "principal" and value == "PRINCIPAL_AGENT_EXECUTION":
        return "PRINCIPAL_USER"
    return value


def file_triggers(field: FieldDescriptor, value: Json) -> Json:
    """Triggers of a file: the SDK's list has four names.

    The shared models have six. We also accept each in the SDK's spelling, with a warning.
    """
    if field.name == "triggered_by" and value in (
        *("postMachineStart", "beforeSnapshot"),
        *("post_machine_start", "post_environment_start"),
        *("post_devcontainer_start", "before_snapshot"),
    ):
        return "manual"
    return value


def lenient_duration(field: FieldDescriptor, value: Json) -> Json:
    """Durations that only Python reads: `+5s`, `5.s`, `1_0s`, `-0s`, ten digits after the dot.

    Protobuf's JSON mapping allows none of them. Also durations that exceed a day by less than a
    microsecond, the smallest unit of Python's durations.
    """
    # Durations of AI automations have no limits of their own.
    limited = field.name == "readiness_timeout"
    sign = "" if limited else "-?"
    if (
        _is_message(field, "Duration")
        and isinstance(value, str)
        and not re.fullmatch(rf"{sign}[0-9]+(\.[0-9]{{1,9}})?s", value)
    ):
        return REFUSED
    if _is_message(field, "Duration") and isinstance(value, str) and limited:
        too_little = re.fullmatch(r"0*86400\.0{6}([0-9]{0,3})s", value)
        return REFUSED if too_little and too_little[1].strip("0") else value
    return value


def lenient_timestamp(field: FieldDescriptor, value: Json) -> Json:
    """Moments that only Python reads: `2024-1-1T0:0:0Z`, `...00.Z`, `+25:00`.

    They are not RFC 3339. Whether the day exists is left to the SDK.
    """
    clock = "([01][0-9]|2[0-3]):[0-5][0-9]"
    shape = rf"[0-9]{{4}}-..-..T{clock}:[0-5][0-9](\.[0-9]{{1,9}})?(Z|[+-]{clock})"
    if (
        _is_message(field, "Timestamp")
        and isinstance(value, str)
        and not (value.isascii() and re.fullmatch(shape, value) and " " not in value)
    ):
        return REFUSED
    return value


def edge_of_the_calendar(field: FieldDescriptor, value: Json) -> Json:
    """An offset that leads out of the years 1 to 9999: RFC 3339, but no moment for protobuf.

    A pattern for it would be long, and no document of an environment is that old.
    """
    if _is_message(field, "Timestamp") and isinstance(value, str):
        return re.sub(r"^(0001-01-01|9999-12-31)(T.*)[+-]\d\d:\d\d$", r"\1\2Z", value)
    return value


def lenient_number(field: FieldDescriptor, value: Json) -> Json:
    """Numbers that only Python reads: `"+5"`, `"007"`, `"1_0"`, `"-0"`, with a line end.

    Also a whole number that a float can't be: it is compared with the greatest only with a dot.
    """
    wanted = {
        field.CPPTYPE_UINT64: "0|[1-9][0-9]*",
        field.CPPTYPE_INT32: "0|-?[1-9][0-9]*",
        field.CPPTYPE_FLOAT: r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity",
    }.get(field.cpp_type)
    if wanted is not None and isinstance(value, str) and not re.fullmatch(wanted, value):
        return REFUSED
    if field.cpp_type == field.CPPTYPE_FLOAT and (
        # Python takes a boolean for 0.0 or 1.0.
        isinstance(value, bool) or (isinstance(value, int) and abs(value) > GREATEST_FLOAT)
    ):
        return REFUSED
    return value


def url_of_a_context(field: FieldDescriptor, value: Json) -> Json:
    """A `url` of a context: Python's URLs need a path, and may contain spaces."""
    if field.full_name == "gitpod.v1.AgentCodeContext.ContextURL.url" and isinstance(value, str):
        good = re.fullmatch("[a-zA-Z][a-zA-Z0-9+.-]*://[!-~]+", value)
        return "https://a.example/b" if good else REFUSED
    return value


def log_url_no_url(field: FieldDescriptor, value: Json) -> Json:
    """`logUrl` that is no URL, unlike in the shared models: the SDK accepts any string."""
    if field.name == "log_url" and isinstance(value, str) and value:
        scheme, mark, rest = value.partition("://")
        visible = all("!" <= character <= "~" for character in rest)
        if not (re.fullmatch("[A-Za-z][A-Za-z0-9+.-]*", scheme) and mark and rest and visible):
            return REFUSED
    return value


def unpaired_surrogate(field: FieldDescriptor, value: Json) -> Json:
    r"""An unpaired surrogate (`"\ud800"`): no pattern excludes it in all dialects.

    YAML can't contain one, and a JSON reader may reject it before the schema is checked.
    """
    if field.cpp_type == field.CPPTYPE_STRING and isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "?", value)
    return value


ON_OBJECTS: list[OnObject] = [
    both_spellings,
    empty_for_object,
    class_without_ids,
    absent_read_as_empty,
    several_triggers,
    step_of_task_and_service,
    several_of_a_oneof,
    output_without_type,
    parallel_above_total,
]
ON_VALUES: list[OnValue] = [
    newer_principal,
    enum_by_number,
    file_triggers,
    lenient_duration,
    edge_of_the_calendar,
    lenient_timestamp,
    lenient_number,
    log_url_no_url,
    url_of_a_context,
    unpaired_surrogate,
]


# --- Removing them ---------------------------------------------------------------------------


class Without(NamedTuple):
    """Removes differences from documents."""

    on_objects: list[OnObject]
    on_values: list[OnValue]

    def of_object(self, message: Descriptor, value: Json) -> Json:
        """Remove the differences from `value`, to be read as a `message`."""
        for difference in self.on_objects:
            value = difference(message, value)
        if value is REFUSED or not isinstance(value, dict):
            return value
        fields = {spelling: field for field in message.fields for spelling in _spellings(field)}
        return {
            name: item if item is None or name not in fields else self.of_field(fields[name], item)
            for name, item in value.items()
        }

    def of_field(self, field: FieldDescriptor, value: Json) -> Json:
        """Remove the differences from the value of a field, which may be a list or a map."""
        entry = map_value(field)
        if entry:
            of_entry = partial(self.of_value, entry)
            return {k: of_entry(v) for k, v in value.items()} if isinstance(value, dict) else value
        if field.label == field.LABEL_REPEATED:
            of_item = partial(self.of_value, field)
            return [of_item(item) for item in value] if isinstance(value, list) else value
        return self.of_value(field, value)

    def of_value(self, field: FieldDescriptor, value: Json) -> Json:
        """Remove the differences from a single value."""
        for difference in self.on_values:
            value = difference(field, value)
        if field.message_type and not _is_message(field, "Duration", "Timestamp"):
            return self.of_object(field.message_type, value)
        return value


taken_out = Without(ON_OBJECTS, ON_VALUES).of_object


def map_value(field: FieldDescriptor) -> FieldDescriptor | None:
    """The values of a field that is a map."""
    entry = field.message_type
    return entry.fields_by_name["value"] if entry and entry.GetOptions().map_entry else None


def _spellings(field: FieldDescriptor) -> tuple[str, str]:
    return field.name, field.json_name


def _is_message(field: FieldDescriptor, *names: str) -> bool:
    return bool(field.message_type) and field.message_type.full_name in {
        f"google.protobuf.{name}" for name in names
    }


# --- That they are real ----------------------------------------------------------------------


class Example(NamedTuple):
    """A document for which schema and SDK differ, by exactly one difference."""

    difference: Callable[[Any, Json], Json]
    kind: str
    document: Json
    # The schema's verdict; the SDK's is the opposite.
    ours: bool


def _task(**fields: object) -> dict[str, object]:
    return {"id": UUID, "environmentId": UUID, **fields}


def _created(moment: str) -> dict[str, object]:
    return _task(metadata={"reference": "x", "name": "x", "createdAt": moment})


def _service(**status: object) -> dict[str, object]:
    return _task(status=status)


def _file(**service: object) -> dict[str, object]:
    return {"services": {"x": {"name": "x", **service}}}


def _step(step: dict[str, object], **limits: int) -> dict[str, object]:
    action = {"limits": {"maxParallel": 2, "maxTotal": 2, **limits}, "steps": [step]}
    return {"id": UUID, "spec": {"action": action}}


def _output(**fields: object) -> dict[str, object]:
    spec = {"key": "x", "title": "x", "string": {}, "prompt": "x"}
    if "float" in fields:
        del spec["string"]
    return _step({"report": {"outputs": [{**spec, **fields}]}})


def _limit(duration: str) -> dict[str, object]:
    return {"id": UUID, "spec": {"limits": {"maxTime": duration}}}


def _context(url: str) -> dict[str, object]:
    return {
        "id": UUID,
        "spec": {"context": {"contextUrl": {"url": url, "environmentClassId": UUID}}},
    }


EXAMPLES = [
    Example(both_spellings, "task", _task(dependsOn=[], depends_on=[]), ours=False),
    Example(both_spellings, "automations-file", _file(runsOn={}, runs_on={}), ours=False),
    Example(empty_for_object, "task", _task(spec=[]), ours=False),
    Example(empty_for_object, "task-list", "", ours=False),
    Example(empty_for_object, "automations-file", _file(runsOn=""), ours=False),
    Example(absent_read_as_empty, "task", {"id": UUID}, ours=True),
    Example(absent_read_as_empty, "task", {"id": UUID, "environmentId": None}, ours=True),
    Example(absent_read_as_empty, "service", {"id": UUID}, ours=True),
    Example(absent_read_as_empty, "task", _task(metadata={"name": "x"}), ours=True),
    Example(absent_read_as_empty, "service", _task(metadata={"reference": "x"}), ours=True),
    Example(
        absent_read_as_empty,
        "task-execution",
        {"id": UUID, "metadata": {"taskId": UUID}},
        ours=True,
    ),
    Example(absent_read_as_empty, "environment-class", {"id": "x", "runnerId": "x"}, ours=True),
    Example(
        class_without_ids,
        "environment-class",
        {"id": "x", "displayName": "xxx", "description": "xxx"},
        ours=False,
    ),
    Example(several_triggers, "automation-trigger", {"manual": True, "prebuild": True}, ours=True),
    Example(
        step_of_task_and_service,
        "task-execution",
        {
            "id": UUID,
            "spec": {"plan": [{"steps": [{"id": UUID, "task": {"id": UUID}, "serviceId": UUID}]}]},
        },
        ours=True,
    ),
    Example(enum_by_number, "service", _service(phase=2), ours=False),
    Example(enum_by_number, "service", _service(phase=99), ours=False),
    Example(enum_by_number, "status-history", {"statuses": [{"phase": "2"}]}, ours=False),
    Example(
        newer_principal,
        "task-execution",
        {
            "id": UUID,
            "metadata": {
                "taskId": UUID,
                "environmentId": UUID,
                "creator": {"principal": "PRINCIPAL_AGENT_EXECUTION"},
            },
        },
        ours=True,
    ),
    Example(file_triggers, "automations-file", _file(triggeredBy=["postMachineStart"]), ours=True),
    Example(file_triggers, "automations-file", _file(triggeredBy=["beforeSnapshot"]), ours=True),
    Example(
        file_triggers, "automations-file", _file(triggeredBy=["post_environment_start"]), ours=True
    ),
    *(
        Example(lenient_duration, kind, document, ours=False)
        for duration in ("+5s", "5.s", "1_0s", "-0s", "1.0000000001s", "86400.000000001s")
        for kind, document in (
            ("automations-file", _file(readinessTimeout=duration)),
            ("service", _task(spec={"readinessTimeout": duration})),
        )
    ),
    *(
        Example(lenient_timestamp, "task", _created(moment), ours=False)
        for moment in (
            "2024-1-1T0:0:0Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00+25:00",
            "2024-01-01T00:00:00+1:0",
        )
    ),
    Example(edge_of_the_calendar, "task", _created("0001-01-01T00:00:00+01:00"), ours=True),
    Example(edge_of_the_calendar, "task", _created("9999-12-31T23:59:59-01:00"), ours=True),
    *(
        Example(lenient_number, "service", _service(statusVersion=number), ours=False)
        for number in ("+5", "007", "1_0", "-0", "\n5", "٣")
    ),
    Example(log_url_no_url, "service", _service(logUrl="see the console"), ours=False),
    Example(lenient_number, "workflow-list", {"count": {"value": "1_0"}}, ours=False),
    Example(lenient_number, "workflow", _output(float={"min": True}), ours=False),
    Example(lenient_number, "workflow", _output(float={"min": -(10**39)}), ours=False),
    Example(lenient_duration, "workflow-execution-action", _limit("1_0s"), ours=False),
    Example(
        several_of_a_oneof,
        "workflow",
        _step({"task": {"command": "x"}, "agent": {"prompt": "x"}}),
        ours=True,
    ),
    Example(output_without_type, "workflow", _output(string=None), ours=True),
    Example(output_without_type, "workflow", _output(prompt=None), ours=True),
    Example(parallel_above_total, "workflow", _step({}, maxTotal=1), ours=True),
    Example(
        url_of_a_context, "workflow-execution-action", _context("https://a.example"), ours=True
    ),
    Example(
        url_of_a_context, "workflow-execution-action", _context("https://a.example/ b"), ours=False
    ),
    Example(unpaired_surrogate, "task", _task(spec={"command": "\ud800"}), ours=True),
]
