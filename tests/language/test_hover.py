"""Hover texts at the cursor."""

import re

import pytest

from tests.language.marked import cursor
from validator.language.features.hover import Hover, hover
from validator.language.schema_lookup import schema_at

FILE = """\
services:
  db:
    name: Data *base* [x](y)
    description: For the tests.
    commands:
      start: |
        echo '```'
        postgres
    role: editor
    readinessTimeout: 5400.50s
    triggeredBy: [manual, post_machine_start]
tasks:
  migrate:
    name: Migrate
    command: ./migrate
    dependsOn: ["db"]
    triggeredBy:
      - beforeSnapshot # last
  test: {name: Test, command: pytest, depends_on: [db, migrate]}
  half:
    dependsOn: [migrate]
"""


def at(word: str, text: str = FILE, number: int = 1) -> Hover | None:
    """The hover on an occurrence of a word, checked to span just that word."""
    before = text.split(word)[:number]
    marked = word.join(before) + word[0] + "‸" + word[1:] + text[len(word.join(before) + word) :]
    view, offset = cursor(marked)
    found = hover(view, offset)
    if found is not None:
        assert view.text.value[found.span.start : found.span.end].strip("\"'") == word
    return found


RUNS = (
    "- It is also started in a prebuild, once all of its tasks are complete, before the "
    "snapshot (`beforeSnapshot`), because `migrate` needs it.\n"
    "- In a prebuild there are no user secrets.\n"
    "- It is not started by itself when the dev container is rebuilt."
)


def test_a_reference() -> None:
    expected = r"""service `db`: Data \*base\* \[x\]\(y\)

For the tests\.

````sh
echo '```'
postgres
````

Triggered by: `manual`, `postMachineStart`

Needed by: `migrate`, `test`

"""
    for number in (1, 2, 3):
        found = at("db", number=number)
        assert found is not None
        assert found.text.markdown == expected + RUNS
    assert found is not None
    assert found.text.plain == (
        "service `db`: Data *base* [x](y)\n\nFor the tests.\n\n    echo '```'\n    postgres\n\n"
        "Triggered by: `manual`, `postMachineStart`\n\nNeeded by: `migrate`, `test`\n\n" + RUNS
    )


def explained(item: str) -> list[str]:
    """What a hover explains about a task of the reference `q1`."""
    found = at("q1", f"tasks:\n  q1: {item}\n")
    assert found is not None
    return re.findall("^- (.*)$", found.text.plain, re.MULTILINE)


def test_when_it_does_not_run() -> None:
    assert explained("{name: x, command: x}") == [
        "It runs only when somebody starts it from the command line: no trigger starts it."
    ]
    assert explained("{name: x, command: x, triggeredBy: [manual]}") == [
        "It never runs by itself: only when somebody starts it."
    ]
    assert explained("{name: x, command: x, triggeredBy: [prebuild]}") == [
        "In a prebuild there are no user secrets.",
        "It does not run by itself in the environments of users.",
        (
            "A prebuild only warns if this task fails or is stopped; with "
            "`prebuildRequiresSuccess: true` it would fail."
        ),
    ]
    assert explained("{name: x, command: x, dependsOn: [q1]}") == [
        "It never runs: it is in a dependency cycle, or needs something that is."
    ]


@pytest.mark.parametrize(
    ("triggers", "known"),
    [
        ("[manual, startup]", "more may start it"),
        ("manual", "it is not known what starts it"),
        ("{manual: x}", "it is not known what starts it"),
    ],
)
def test_what_is_not_read_yet_is_not_missing(triggers: str, known: str) -> None:
    """A trigger that is being written, or is misspelt, may be any."""
    assert explained(f"{{name: x, command: x, triggeredBy: {triggers}}}") == [
        f"Something in the file can't be read, so {known}."
    ]


def test_a_reference_that_needs_something() -> None:
    found = at("migrate")
    assert found is not None
    assert "Needs: `db`\n\nNeeded by: `test`, `half`" in found.text.markdown


def test_a_field_in_either_spelling() -> None:
    for word in ("triggeredBy", "depends_on"):
        found = at(word)
        assert found is not None
    assert found is not None
    assert found.text.plain.startswith("`dependsOn`: dependencies\n\nReferences of the tasks")
    assert found.text.plain.endswith("Example:\n\n    dependsOn: [install, database]")


def test_required_fields_say_so() -> None:
    found = at("start")
    assert found is not None
    assert found.text.plain.startswith("`start`: start command, required")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("manual", "`manual` (trigger): a start button in the UI, or the command line"),
        (
            "post_machine_start",
            "`postMachineStart` (trigger): after the machine has started, before",
        ),
        (
            "beforeSnapshot",
            "`beforeSnapshot` (trigger): once all prebuild tasks are complete, before",
        ),
        ("editor", "`editor` (role): serves an editor"),
        ("5400.50s", "`5400.50s`: 1 hour 30 minutes 0.5 seconds"),
    ],
)
def test_values(word: str, said: str) -> None:
    found = at(word)
    assert found is not None
    assert found.text.plain.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("300s", "5 minutes"),
        ("1s", "1 second"),
        ("0s", "0 seconds"),
        ("86400s", "24 hours"),
        ("61s", "1 minute 1 second"),
    ],
)
def test_durations(text: str, said: str) -> None:
    found = at(text, FILE.replace("5400.50s", text))
    assert found is not None
    assert found.text.plain == f"`{text}`: {said}"


@pytest.mark.parametrize("word", ["postgres", "last", "pytest", "Migrate", "For"])
def test_nothing_about_free_text(word: str) -> None:
    assert at(word) is None


@pytest.mark.parametrize("marked", ["<<: x‸\n", "a: 1\n<<: [x‸]\n", "{<<: x‸}"])
def test_nothing_about_what_is_merged_into_the_document(marked: str) -> None:
    assert hover(*cursor(marked)) is None


def test_in_a_broken_text() -> None:
    broken = FILE.replace("name: Migrate", 'name: "Migrate')
    found = at("readinessTimeout", broken)
    assert found is not None
    found = at("migrate", broken)
    assert found is not None
    assert found.text.plain == "task `migrate`"


def test_every_trigger_is_described_in_the_same_words_everywhere() -> None:
    """The description of the trigger, which editors show without its parts, contains each."""
    holder = schema_at(("tasks", "a", "triggeredBy", 0), "automations-file")
    assert holder is not None
    words, said = holder.value["enum"], holder.value["enumDescriptions"]
    for word, meaning in zip(words[:6], said[:6], strict=True):
        assert f"`{word}`: {meaning}" in holder.value["description"]
    for word, meaning in zip(words[6:], said[6:], strict=True):
        canonical = word.split("_")[0] + "".join(part.title() for part in word.split("_")[1:])
        assert meaning == f"the Python SDK's spelling of `{canonical}`"
