"""Hover: describe what is under the cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone

from validator import schemas
from validator.contract.spelling import camel_case
from validator.finding import Span
from validator.language import schema_lookup
from validator.language.cursor.cursor import Cursor, cursor
from validator.language.descriptions import of_field, of_value
from validator.language.explanations import explanation
from validator.language.items import describe
from validator.language.markup import Markup, code, joined, ours
from validator.language.occurrences import occurrence_at
from validator.language.snapshot import View
from validator.model.automations import SPELLINGS
from validator.schemas import child

_DURATIONS = ("long-duration", "protobuf-duration")
_NEXT = 3
_DURATION = re.compile(r"([0-9]{1,6})(\.[0-9]{1,9})?s")


@dataclass(frozen=True)
class Hover:
    """A description, and the span that it is about."""

    span: Span
    text: Markup


def hover(view: View, offset: int) -> Hover | None:
    """Describe the field, reference, trigger, role or duration at an offset."""
    here = cursor(view.text, offset)
    if here.kind not in ("key", "value", "entry") or not here.word:
        return None
    if here.span.start > offset or offset > here.span.end:
        return None
    reference = schema_lookup.reference_of(here)
    if reference is not None:
        at = occurrence_at(view, offset)
        said = joined([describe(view, reference), explanation(view, reference)], "\n\n")
        return Hover(at.span if at else here.span, said) if said else None
    said = _field(here, view.kind) if here.kind == "key" else _value(here, view.kind)
    return Hover(here.span, said) if said else None


def _field(here: Cursor, kind: str) -> Markup:
    holder = schema_lookup.schema_at(here.path, kind)
    if holder is None:
        return Markup()
    if "array" in schemas.types(holder):
        # The first field of an entry, next to its dash.
        holder = child(holder, 0) or holder
    name = camel_case(here.word)
    field = schema_lookup.fields(holder).get(name)
    if field is None:
        return Markup()
    return of_field(name, field, required=name in schemas.required(holder))


def _value(here: Cursor, kind: str) -> Markup:
    schema = schema_lookup.schema_at(here.path, kind)
    if schema is not None and here.kind == "entry":
        schema = child(schema, 0)
    if schema is None:
        return Markup()
    if schema.value.get("format") in _DURATIONS:
        return _duration(here.word)
    if here.path[-1:] in (("cronExpression",), ("cron_expression",)):
        return _cron(here.word)
    return of_value(SPELLINGS.get(here.word, here.word), schema)


def _cron(text: str) -> Markup:
    """A cron expression in words, and the next times when it fires."""
    from validator.cron import expression, schedule, words

    try:
        cron = expression.parse(text)
        runs = schedule.runs(cron, datetime.now(timezone.utc), _NEXT)
    except (expression.CronError, LookupError):
        return Markup()
    said = joined([code(text), ours(words.words(cron))], ": ")
    times = [ours(f"- {run:%a %Y-%m-%d %H:%M} UTC") for run in runs]
    return joined([said, joined(times, "\n")], "\n\n")


def _duration(text: str) -> Markup:
    """A duration in hours, minutes and seconds."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return Markup()
    seconds = int(found[1])
    parts = [(seconds // 3600, "hour"), (seconds // 60 % 60, "minute")]
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    rest = f"{seconds % 60}{(found[2] or '').rstrip('0').rstrip('.')}"
    if rest != "0" or not said:
        said.append(f"{rest} second{'s' * (rest != '1')}")
    return joined([code(text), ours(" ".join(said))], ": ")
