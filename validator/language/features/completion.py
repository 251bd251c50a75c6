"""Completion: fields, triggers, roles, references and whole items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from validator import schemas
from validator.contract.spelling import camel_case
from validator.editing.edits import line_break
from validator.finding import Span
from validator.language import references, schema_lookup, snippets
from validator.language.cursor.cursor import Cursor, cursor
from validator.language.cursor.siblings import members, others
from validator.language.descriptions import of_field, of_value
from validator.language.items import describe
from validator.language.markup import Markup, code, joined, ours
from validator.language.snapshot import View
from validator.model.automations import REFERENCE, SPELLINGS
from validator.parsing.yaml import kind_of
from validator.schemas import Schema, child, target

Kind = Literal["field", "section", "trigger", "value", "boolean", "reference", "snippet"]

_JSON = re.compile(r'\s*\{\s*["}]')
# Describing a thousand references takes longer than users wait for a list.
_MOST_DESCRIBED = 100


@dataclass(frozen=True)
class Completion:
    """Something that can be written.

    `text` replaces the characters of `span`, which is in one line and contains the cursor. If
    `snippet` is true, `text` has the placeholders of the Language Server Protocol's snippets.
    Lines after the first have all their indentation. Completions are shown in the order of their
    `sort` strings.
    """

    label: str
    kind: Kind
    detail: str
    documentation: Markup
    span: Span
    text: str
    snippet: bool = False
    sort: str = ""


def complete(view: View, offset: int, *, snippets: bool = False) -> tuple[Completion, ...]:
    """What can be written at an offset, best first.

    `snippets` says whether the editor supports snippets; otherwise plain text replaces them.
    """
    here = cursor(view.text, offset)
    schema = schema_lookup.schema_at(here.path, view.kind)
    if schema is None or here.kind not in ("key", "value", "entry"):
        return ()
    site = _Site(view, here, target(schema), snippets)
    found = {"key": site.keys, "value": site.values, "entry": site.entries}[here.kind]()
    return tuple(replace(each, sort=f"{rank:04}") for rank, each in enumerate(found))


@dataclass(frozen=True)
class _Site:
    """A cursor, and the schema of what contains it: a mapping, a value or a list."""

    view: View
    here: Cursor
    schema: Schema
    snippets: bool

    def keys(self) -> Iterator[Completion]:
        types = schemas.types(self.schema)
        if "array" in types:
            if not self.here.flow and not self.here.quote:
                for each in self.words(self.schema, others(self.view.text, self.here)):
                    yield replace(each, text=f"- {each.text}")
                yield from self.objects("- ")
        elif "propertyNames" in self.schema.value:
            yield from self.items()
        elif "object" in types:
            yield from self.fields()

    def fields(self) -> Iterator[Completion]:
        """The fields that the mapping does not have yet, the required ones first."""
        present = {camel_case(name) for name in others(self.view.text, self.here)}
        required = schemas.required(self.schema)
        fields = schema_lookup.fields(self.schema)
        no = present | schema_lookup.excluded(self.schema, present)
        for name in sorted(fields, key=lambda name: name not in required):
            if name in no:
                continue
            yield self.field(name, fields[name], required=name in required)

    def field(self, name: str, schema: Schema, *, required: bool) -> Completion:
        """A field of the mapping."""
        field = target(schema)
        words = of_field(name, schema, required=required)
        title = schema.value.get("title", field.value.get("title", ""))
        detail = f"{title} (required)" if required else title
        kind: Kind = "field" if self.here.path else "section"
        text, snippet = self.key(name, field)
        return Completion(name, kind, detail, words, self.here.span, text, snippet=snippet)

    def key(self, name: str, field: Schema) -> tuple[str, bool]:
        """The text of a key with its colon and the beginning of its value."""
        written = self.quoted(name)
        if self.here.colon:
            return written, False
        types = schemas.types(field)
        if self.here.flow or not {"object", "array"} & types:
            brackets = "{}" if "object" in types else "[]" if "array" in types else ""
            if brackets and self.snippets:
                return f"{written}: {brackets[0]}$0{_closing(brackets[1])}", True
            return f"{written}: {brackets}", False
        below = line_break(self.view.text.value) + " " * (self.here.column + self.width)
        if field.value.get("properties") == {}:
            return f"{written}: {{}}", False
        return f"{written}:{below}{'- ' * ('array' in types)}", False

    @property
    def width(self) -> int:
        """The number of spaces that the next level is indented by."""
        if self.here.step >= 0 and self.here.column > self.here.step:
            return min(self.here.column - self.here.step, 8)
        first = re.compile(r"(?<=[\r\n])( {1,8})[\w\"']").search(self.view.text.value)
        return len(first[1]) if first else 2

    def items(self) -> Iterator[Completion]:
        """A new task or service, and the nonexistent ones that something depends on."""
        section = str(self.here.path[-1])
        for name, needing in references.missing(self.view).items():
            if not re.fullmatch(REFERENCE, name):
                continue
            said = joined([code(needing), ours("depends on it, and it does not exist yet.")], " ")
            text = self.quoted(name) + ":" * (not self.here.colon)
            yield Completion(name, "reference", "does not exist yet", said, self.here.span, text)
        if self.here.flow or self.here.colon or self.here.quote:
            return
        end = line_break(self.view.text.value)
        for item in snippets.of(section):
            lines = [
                " " * (self.here.column + depth * self.width) + line
                for depth, line in (item.snippet if self.snippets else item.plain)
            ]
            yield Completion(
                item.label,
                "snippet",
                item.detail,
                ours(item.description),
                self.here.span,
                end.join(lines).lstrip(" "),
                snippet=self.snippets,
            )

    def values(self) -> Iterator[Completion]:
        """The possible words of a value; those of a list in brackets."""
        gap = " " * (self.view.text.value[self.here.span.start - 1 : self.here.span.start] == ":")
        types = schemas.types(self.schema)
        if "array" in types and not self.here.quote:
            for each in self.words(self.schema, ()):
                yield replace(each, text=f"{gap}[{each.text}]")
        elif "boolean" in types and not self.here.quote:
            for word in ("true", "false"):
                yield Completion(word, "boolean", "", Markup(), self.here.span, gap + word)
        else:
            for word in schema_lookup.values(self.schema):
                said = of_value(word, self.schema)
                title = self.schema.value.get("title", "")
                text = gap + self.quoted(word)
                yield Completion(word, "value", title, said, self.here.span, text)

    def entries(self) -> Iterator[Completion]:
        gap = " " * (
            self.view.text.value[self.here.span.start - 1 : self.here.span.start] == "-"
            and not self.here.flow
        )
        for each in self.words(self.schema, others(self.view.text, self.here)):
            yield replace(each, text=gap + each.text)
        if not self.here.flow and not self.here.quote:
            yield from self.objects(gap)

    def objects(self, before: str) -> Iterator[Completion]:
        """The beginnings of an entry that is an object: its fields, after its dash."""
        entry = child(self.schema, 0)
        if entry is None or "object" not in schemas.types(entry):
            return
        here, present = self.here, set[str]()
        if before == "- ":
            # The fields are further to the right, and so is what they are in.
            here = replace(here, column=here.column + 2, step=here.step + 2)
        else:
            below = members(self.view.text, here.parent, here.step)
            present = {camel_case(each.text) for each in below if each.is_key}
        required, fields = schemas.required(entry), schema_lookup.fields(entry)
        no = present | schema_lookup.excluded(entry, present)
        inner = replace(self, schema=entry, here=here)
        # What an entry is comes first, and what each one needs after it.
        for name in sorted(fields, key=lambda name: name in required):
            if name not in no:
                each = inner.field(name, fields[name], required=name in required)
                yield replace(each, text=before + each.text)

    def words(self, schema: Schema, taken: tuple[str, ...]) -> Iterator[Completion]:
        """The possible words of entries of a list, without those that it has."""
        entry = child(schema, 0)
        if entry is None or not self.here.path:
            return
        if len(self.here.path) == 3 and self.here.path[-1] in schema_lookup.DEPENDENCIES:
            yield from self.dependencies(taken)
            return
        present = {SPELLINGS.get(name, name) for name in taken}
        for word in schema_lookup.values(entry):
            if word in present or (word == "beforeSnapshot" and self.here.path[0] == "services"):
                continue
            said = of_value(word, entry)
            title = entry.value.get("title", "")
            text = self.quoted(word)
            yield Completion(word, "trigger", title, said, self.here.span, text)

    def dependencies(self, taken: tuple[str, ...]) -> Iterator[Completion]:
        """The possible dependencies of the task: none that it has, none that need it."""
        own = str(self.here.path[1])
        no = references.reaching(self.view, own) | set(taken)
        free = {
            name: role
            for name, role in references.references(self.view).items()
            if name not in no and re.fullmatch(REFERENCE, name)
        }
        for rank, (name, role) in enumerate(free.items()):
            said = describe(self.view, name) if rank < _MOST_DESCRIBED else Markup()
            text = self.quoted(name)
            yield Completion(name, "reference", role, said, self.here.span, text)

    def quoted(self, word: str) -> str:
        """A word as it has to be written here."""
        if self.here.quote == "'":
            return f"'{word}'"
        plain = kind_of(word) == "string" and not _JSON.match(self.view.text.value)
        return word if plain and not self.here.quote else json.dumps(word, ensure_ascii=False)


def _closing(bracket: str) -> str:
    """A closing bracket in a snippet, where a brace has to be escaped."""
    return "\\}" if bracket == "}" else bracket
