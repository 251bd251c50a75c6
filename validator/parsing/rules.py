"""Rules for files that can't be read as a document; the parsers report their findings."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

_GOOD = """\
tasks:
  build:
    name: Build
    command: make
    triggeredBy: [manual]
"""

_JSON = """\
{
  "tasks": {
    "build": {
      "name": "Build",
      "command": "make",
      "triggeredBy": ["manual"]
    }
  }
}
"""

RULES = (
    Rule(
        name="yaml-syntax",
        severity=Severity.ERROR,
        group="syntax",
        summary="The file is not valid YAML",
        why="The platform can't read the file and sets up none of its automations. Most often a "
        "value contains a colon and lacks quotes, a quote or bracket is not closed, or a line is "
        "indented with a tab or unlike its neighbours.",
        bad="tasks:\n  build:\n    name: Build: all of it\n    command: make\n",
        good='tasks:\n  build:\n    name: "Build: all of it"\n    command: make\n'
        "    triggeredBy: [manual]\n",
        fixable=True,
        blocking=True,
    ),
    Rule(
        name="json-syntax",
        severity=Severity.ERROR,
        group="syntax",
        summary="The file is not valid JSON",
        why="A file whose name ends in `.json` is read as JSON, which is stricter than YAML: keys "
        "and strings are in double quotes, there is no comma before a closing bracket, and there "
        "are no comments. Programs that read JSON reject the whole file otherwise.",
        source="RFC 8259",
        bad=_JSON.replace('["manual"]', '["manual"],'),
        good=_JSON,
        fixable=True,
        blocking=True,
        file="automations.json",
    ),
    Rule(
        name="duplicate-key",
        severity=Severity.ERROR,
        group="syntax",
        summary="A key is repeated in one mapping",
        why="YAML allows a key once in a mapping. Some readers reject the file; others keep the "
        "last value and silently drop the earlier ones. Two tasks with the same reference are one "
        "such case. Remove one, or rename it.",
        source="YAML 1.2.2, section 3.2.1.1",
        bad=_GOOD + "  build:\n    name: Again\n    command: make all\n    triggeredBy: [manual]\n",
        good=_GOOD
        + "  again:\n    name: Again\n    command: make all\n    triggeredBy: [manual]\n",
        blocking=True,
    ),
    Rule(
        name="duplicate-anchor",
        severity=Severity.WARNING,
        group="syntax",
        summary="An anchor is defined twice",
        why="Some YAML readers, such as PyYAML, reject a file that defines an anchor twice. For "
        "the others, an alias refers to the last anchor before it, which may not be "
        "the one you mean. Give each anchor a unique name.",
        bad=_GOOD.replace("make", "&script make")
        + "  test:\n    name: Test\n    command: &script make test\n    triggeredBy: [manual]\n",
        good=_GOOD.replace("make", "&build make")
        + "  test:\n    name: Test\n    command: &test make test\n    triggeredBy: [manual]\n",
    ),
    Rule(
        name="multiple-documents",
        severity=Severity.ERROR,
        group="syntax",
        summary="The file contains more than one YAML document",
        why="An automations file is one document; the platform does not read a second one. "
        "Remove the `---` and merge what follows it.",
        bad=_GOOD + "---\nservices: {}\n",
        good="---\n" + _GOOD,
        blocking=True,
    ),
    Rule(
        name="unsupported-tag",
        severity=Severity.ERROR,
        group="syntax",
        summary="A YAML tag has no meaning here",
        why="Tags such as `!env` or `!!binary` ask the reader for a type that an automations "
        "file does not have, and reading fails. Remove the tag.",
        bad="tasks:\n  build:\n    name: !env NAME\n    command: make\n    triggeredBy: [manual]\n",
        good=_GOOD,
        blocking=True,
    ),
    Rule(
        name="encoding",
        severity=Severity.ERROR,
        group="syntax",
        summary="The file contains bytes or characters that are not valid text",
        why="YAML is UTF-8 (or UTF-16 or UTF-32 with a byte order mark), and most control "
        "characters are not allowed in it. Save the file as UTF-8 and remove the character.",
        source="YAML 1.2.2, sections 5.1 and 5.2",
        bad="tasks:\n  build:\n    name: Bui\x07ld\n    command: make\n",
        good=_GOOD,
        fixable=True,
        blocking=True,
    ),
    Rule(
        name="too-large",
        severity=Severity.ERROR,
        group="syntax",
        summary="The document is too large to be checked",
        why="Documents are read up to a limit of bytes, of values, and of characters in keys, so "
        "that any input is checked in bounded time and memory. No real automations file comes near "
        "these limits.",
        blocking=True,
        settings=("limits.max-bytes", "limits.max-nodes"),
    ),
    Rule(
        name="too-deep",
        severity=Severity.ERROR,
        group="syntax",
        summary="The document is nested too deep to be checked",
        why="Documents are read up to a limit of levels. An automations file needs about six.",
        bad="tasks: " + "[" * 70 + "]" * 70 + "\n",
        good=_GOOD,
        blocking=True,
        settings=("limits.max-depth",),
    ),
    Rule(
        name="alias-expansion",
        severity=Severity.ERROR,
        group="syntax",
        summary="Aliases expand to too many values or characters",
        why="A few lines of aliases to aliases can expand to more values than fit in memory, and "
        "aliases of a long script to more text. Write out what you need.",
        bad="a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]\n"
            for before, here in zip("abcde", "bcdef", strict=True)
        ),
        good=_GOOD,
        blocking=True,
    ),
    Rule(
        name="recursive-alias",
        severity=Severity.ERROR,
        group="syntax",
        summary="An alias is inside the value that it refers to",
        why="Such a value has no end, so no reader can expand it.",
        bad="tasks: &all\n  build: *all\n",
        good=_GOOD,
        blocking=True,
    ),
    Rule(
        name="ambiguous-kind",
        severity=Severity.ERROR,
        group="structure",
        summary="The kind of an API document can't be inferred from its content",
        why="The objects of the API have fields in common: every one has an `id`. If a document "
        "has too few fields that only one kind has, set its kind with `--kind`, or with `kind=` in "
        "Python; otherwise it is not checked.",
        bad="id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11\n",
        good="id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11\nspec: {command: npm ci}\n",
        blocking=True,
    ),
    Rule(
        name="empty-document",
        severity=Severity.HINT,
        group="structure",
        summary="The file is empty",
        why="The platform accepts an empty file; it sets up nothing. Add services or tasks, or "
        "remove the file.",
        bad="# nothing yet\n",
        good=_GOOD,
        ignored_by="configuration",
    ),
    Rule(
        name="unreadable-file",
        severity=Severity.ERROR,
        group="files",
        summary="A file or folder can't be read",
        why="It does not exist, its permissions forbid reading it, or it is not a regular file. Or "
        "a search found a link that leads out of the folder searched: such a link is not followed "
        "unless you name it. Or it is a configuration that can't be used, so the files that it "
        "applies to were not checked. An unread file is unchecked, so the run fails.",
        blocking=True,
    ),
    Rule(
        name="too-many-findings",
        severity=Severity.HINT,
        group="checking",
        summary="The document has more findings than are shown",
        why="At most 1,000 findings of a document are shown, errors before warnings and warnings "
        "before hints. All of them count for the exit code, the summary, `--fix` and a baseline. "
        "This one does not count; it is as severe as the worst that is not shown. Fix some and "
        "check again.",
        ignored_by="nothing",
    ),
    Rule(
        name="internal-error",
        severity=Severity.ERROR,
        group="checking",
        summary="A rule failed on this document",
        why="This is a bug in the validator, not in your file. The other rules were run. "
        "Please report it, with the document if you can.",
        blocking=True,
    ),
)
