"""Documents of other formats, which are reported as a whole and not field by field."""

from __future__ import annotations

from validator.contract import other_formats
from validator.contract.location import find
from validator.contract.rules import wrong_type
from validator.contract.rules.examples import GOOD
from validator.editing import edits
from validator.editing.edits import fixes
from validator.finding import Edit, Fix, Note, Problem, Severity
from validator.kinds import DEFAULT_KIND, SECTIONS
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence
from validator.rule import Rule
from validator.tuples import NamedTuple
from validator.wording import listed, quoted

# Fields of an entry in the older list of tasks that newer formats don't have.
_OLDER_ENTRY = frozenset(("before", "init", "openIn", "openMode", "prebuild"))


class OtherDocument(NamedTuple):
    """The problem of a document of another format.

    `explained` are the paths of the values that it covers. With `whole`, nothing else is reported
    for the document.
    """

    problem: Problem
    explained: frozenset[Path] = frozenset()
    whole: bool = False


def recognise(root: Mapping, text: str) -> OtherDocument | None:
    """The problem of an automations file that is something else; None if it is one."""
    return _older(root, text) or _other(root)


def _older(root: Mapping, text: str) -> OtherDocument | None:
    """The older `.gitpod.yml`, recognized by two of its fields, or by its list of tasks."""
    fields = [name for name in root.members if name in other_formats.OLDER_FIELDS]
    lists = [name for name in SECTIONS if _is_older_list(root.get(name))]
    newer = any(isinstance(root.get(name), Mapping) for name in SECTIONS)
    if len(fields) + len(lists) < 2 and (newer or not lists):
        return None
    what = listed(fields) if fields else "list of tasks"
    message = f"this is like the older `.gitpod.yml`: an automations file has no {what}"
    if not newer and "services" not in root.members:
        message += "; `automation-validator migrate` migrates it"
    known = [name for name in root.members if name in other_formats.TOP_FIELDS or name in lists]
    notes = [Note(root.members[name][0].span, _advice(name)) for name in known]
    for name in lists:
        notes += _entry_notes(root.members[name][1])
    first = root.members[(fields or lists)[0]][0]
    made = _fixes(root, [name for name in known if name not in lists], lists, text)
    problem = Problem("other-format", message, first.span, "", tuple(notes), made)
    return OtherDocument(problem, frozenset((name,) for name in known))


def _field(name: str) -> other_formats.Foreign:
    return other_formats.TOP_FIELDS[name]


def _advice(name: str) -> str:
    if name in other_formats.TOP_FIELDS:
        return _field(name).advice
    return "give each entry a reference of its own as its key"


def _is_older_list(value: Node | None) -> bool:
    return isinstance(value, Sequence) and any(
        isinstance(item, Mapping) and not _OLDER_ENTRY.isdisjoint(item.members)
        for item in value.items
    )


def _entry_notes(value: Node) -> list[Note]:
    """What to do with the fields of the entries of an older list."""
    assert isinstance(value, Sequence)
    notes = []
    for item in value.items:
        members = item.members if isinstance(item, Mapping) else {}
        for name, (key, _) in members.items():
            if name in ("before", "init"):
                notes.append(Note(key.span, "put it at the beginning of `command`"))
            elif name in _OLDER_ENTRY:
                notes.append(Note(key.span, "it has no counterpart now, so remove it"))
    return notes


def _fixes(root: Mapping, fields: list[str], lists: list[str], text: str) -> tuple[Fix, ...]:
    """The fix that removes fields without an equivalent, and gives tasks their references."""
    made: list[Edit] = []
    removed = []
    for name in fields if not root.flow else []:
        edit = edits.remove_field(root, name, text, only=True) if _field(name).can_go else None
        if edit is not None:
            made += edit
            removed.append(name)
    titles = [f"Remove {listed(removed, 'and')}"] if removed else []
    for name in lists:
        for fix in wrong_type.fixes_of("object", find(root, DEFAULT_KIND, (name,), text)):
            made += fix.edits
            titles.append(fix.title)
    title = ", and ".join(title if not at else title.lower() for at, title in enumerate(titles))
    return fixes(title, tuple(made), safe=False)


def _other(root: Mapping) -> OtherDocument | None:
    """A file of another format, recognized by its own fields, if it has no section."""
    if any(name in root.members for name in SECTIONS):
        return None
    other = other_formats.other_file(root)
    if other is not None:
        name, what = other
        return _whole(root, name, f"this is {what}")
    for name, (_, value) in root.members.items():
        steps = _steps(value)
        if steps:
            of = f"{quoted(name)} with {listed(steps, 'and')} is another format"
            return _whole(root, name, of)
    return None


def _steps(value: Node) -> list[str]:
    """Fields of workflows in a mapping, or in all mappings inside it."""
    inner = value.items if isinstance(value, Sequence) else []
    if isinstance(value, Mapping):
        inner = [each for _, each in value.members.values()]
    for items in ([value], inner):
        found = [each.members for each in items if isinstance(each, Mapping)]
        fields = sorted(set(other_formats.STEPS).intersection(*found)) if found else []
        if fields:
            return fields
    return []


def _whole(root: Mapping, name: str, what: str) -> OtherDocument:
    message = f"{what}; an automations file has `services` and `tasks`"
    problem = _problem(root, name, message, "this is part of that format too")
    return OtherDocument(problem, whole=True)


def unlike(root: Mapping) -> Problem:
    """The problem of a document that has several fields, and none that an automations file has."""
    message = "this is not an automations file: it has no `services`, `tasks` or anything similar"
    return _problem(root, next(iter(root.members)), message, "this is not a field of it either")


def _problem(root: Mapping, name: str, message: str, beside: str) -> Problem:
    """The problem at a top-level field, with the other ones as related places."""
    notes = [Note(key.span, beside) for each, (key, _) in root.members.items() if each != name]
    key: Scalar = root.members[name][0]
    return Problem("other-format", message, key.span, "", tuple(notes))


RULES = (
    Rule(
        name="other-format",
        severity=Severity.ERROR,
        group="structure",
        summary="The file is in another format",
        why="The platform rejects the whole file. In the older `.gitpod.yml`, `tasks` is a list "
        "whose entries may have `before` and `init`, run before `command`; here each task has "
        "its own reference as the key, and one `command`. `devcontainer.json` sets up the "
        "container, the editor and its extensions, a command opens ports, and the commands export "
        "variables. Put a workflow of another tool into a separate file.",
        bad="image: node:20\nports: [{port: 5432}]\n" + GOOD,
        good=GOOD,
        fixable=True,
    ),
)
