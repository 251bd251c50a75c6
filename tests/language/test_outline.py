"""What is around a cursor, in documents that are complete, half typed and broken."""

import pytest

from tests.language.marked import cursor as marked_cursor
from validator.language.cursor.cursor import Cursor, cursor
from validator.language.cursor.siblings import declared, others
from validator.parsing.text import Text


def at(marked: str) -> tuple[Cursor, Text]:
    view, offset = marked_cursor(marked)
    found = cursor(view.text, offset)
    assert 0 <= found.span.start <= found.span.end <= len(view.text.value)
    return found, view.text


TASK = "tasks:\n  a:\n    "

KEYS = [
    ("‸", (), ""),
    ("tas‸", (), "tas"),
    ("tasks:\n‸", (), ""),
    ("tasks:\n  a: {}\n\n‸\nservices:\n", (), ""),
    ("tasks:\n  ‸", ("tasks",), ""),
    ("tasks:\n  a:\n    name: x\n  ‸\n  b:\n", ("tasks",), ""),
    (TASK + "‸", ("tasks", "a"), ""),
    (TASK + "name: x\n    dep‸", ("tasks", "a"), "dep"),
    (TASK + "na‸me: x", ("tasks", "a"), "name"),
    (TASK + "name‸: x", ("tasks", "a"), "name"),
    (TASK + '"na‸', ("tasks", "a"), "na"),
    (TASK + "dependsOn:\n    - b\n    ‸", ("tasks", "a"), ""),
    (TASK + "dependsOn:\n      - b\n      ‸", ("tasks", "a", "dependsOn"), ""),
    (TASK + "command: |\n      a\n      b\n    ‸", ("tasks", "a"), ""),
    (TASK + "command: >-\n\n      a\n    ‸name: b\n", ("tasks", "a"), "name"),
    (TASK + "name: x\n  tes\n    ‸", ("tasks", "tes"), ""),
    (
        "services:\n   a:\n      commands:\n         start: x\n         ‸\n   b:",
        ("services", "a", "commands"),
        "",
    ),
    ("tasks:\r\n  a:\r\n    name: x\r\n    ‸\r\n  b:\r\n", ("tasks", "a"), ""),
    ("tasks:\r  a:\r    na‸\r", ("tasks", "a"), "na"),
    ("# 😀 日本\ntasks:\n  é:\n    na‸", ("tasks", "é"), "na"),
    ("---\ntasks:\n  ‸", ("tasks",), ""),
    ("a:\n---\n  ‸", (), ""),
    # Mistakes elsewhere.
    ("services:\n\tdb: {}\ntasks:\n  a:\n    ‸", ("tasks", "a"), ""),
    ("tasks:\n\tb:\n  a:\n    ‸", ("tasks", "a"), ""),
    ('tasks:\n  b:\n    name: "x\n  a:\n    ‸', ("tasks", "a"), ""),
    ("tasks:\n  b: [x\n  a:\n    ‸", ("tasks", "a"), ""),
    ("tasks:\n  b: {x: {\n  a:\n    ‸", ("tasks", "a"), ""),
    ("tasks:\n  b: *none\n  a:\n    ‸", ("tasks", "a"), ""),
    ("}\ntasks:\n  a:\n    ‸", ("tasks", "a"), ""),
    # In braces.
    ("tasks: {‸}", ("tasks",), ""),
    ("tasks: {a: {name: x, ‸}, b: {}}", ("tasks", "a"), ""),
    (TASK + "runsOn: {docker: {‸", ("tasks", "a", "runsOn", "docker"), ""),
    (TASK + "runsOn: {docker: {ima‸ge: x}}", ("tasks", "a", "runsOn", "docker"), "image"),
    ('{"tasks": {"a": {"na‸', ("tasks", "a"), "na"),
    ('{"tasks":{"b":{"name":"b","command":"x"},"a":{"‸"}}}', ("tasks", "a"), ""),
    ('{\n  "tasks": {\n    "a": {\n      "name": "x",\n      ‸\n    }\n  }\n}', ("tasks", "a"), ""),
]


@pytest.mark.parametrize(("marked", "path", "word"), KEYS)
def test_keys(marked: str, path: tuple[str, ...], word: str) -> None:
    found, _ = at(marked)
    assert (found.kind, found.path, found.word) == ("key", path, word)


@pytest.mark.parametrize(
    ("marked", "path", "word"),
    [
        ("services:\n  a:\n    role:‸", "role", ""),
        ("services:\n  a:\n    role: ‸", "role", ""),
        ("services:\n  a:\n    role: edi‸t # c", "role", "edit"),
        ("services:\n  a:\n    role: 'ed‸'", "role", "ed"),
        ('services:\n  a:\n    role: "ed‸', "role", "ed"),
        ("services:\n  a:\n    role: &x ed‸", "role", "ed"),
        ("services:\n  a: {role: ‸}", "role", ""),
        ("services:\n  a: {role:‸}", "role", ""),
        ("services:\n  a: {role: ed‸, name: x}", "role", "ed"),
        ("services: {a: {role: ed‸, name: x}}", "role", "ed"),
        ('{"services": {"a": {"role": "ed‸"}}}', "role", "ed"),
        ('{"services":{"a":{"role":"ed‸"}}}', "role", "ed"),
    ],
)
def test_values(marked: str, path: str, word: str) -> None:
    found, _ = at(marked)
    assert (found.kind, found.path, found.word) == ("value", ("services", "a", path), word)


@pytest.mark.parametrize(
    ("marked", "word", "beside"),
    [
        (TASK + "dependsOn: [‸", "", ()),
        (TASK + "dependsOn: [bu‸", "bu", ()),
        (TASK + "dependsOn: [x, bu‸ild, y]", "build", ("x", "y")),
        (TASK + 'dependsOn: [x, "bu‸', "bu", ("x",)),
        (TASK + "dependsOn: [x, bu‸\n    triggeredBy: [y]", "bu", ("x",)),
        (TASK + "dependsOn: [\n      x,\n      ‸\n    ]\n", "", ("x",)),
        (TASK + "dependsOn: [\n    x,\n    ‸,\n    y]\n", "", ("x", "y")),
        (TASK + "dependsOn: [x, # no, [\n      ‸", "", ("x",)),
        (TASK + "dependsOn:\n      - ‸", "", ()),
        (TASK + "dependsOn:\n      -‸", "", ()),
        (TASK + "dependsOn:\n      - x\n      # - z\n      - bu‸\n      - 'y'\n", "bu", ("x", "y")),
        (TASK + "dependsOn:\n    - x\n    - ‸\n    - y # why\n    name: x", "", ("x", "y")),
        (TASK + "dependsOn:\r\n      - x\r\n      - ‸\r\n  b:\r\n", "", ("x",)),
        ("tasks: {a: {dependsOn: [x, ‸]}}", "", ("x",)),
        ('{"tasks": {"a": {"dependsOn": ["x", "‸"]}}}', "", ("x",)),
    ],
)
def test_entries(marked: str, word: str, beside: tuple[str, ...]) -> None:
    found, text = at(marked)
    assert (found.kind, found.path) == ("entry", ("tasks", "a", "dependsOn"))
    assert found.word == word
    assert sorted(others(text, found)) == sorted(beside)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        (TASK + "command: |\n      ‸", "script"),
        (TASK + "command: |\n      if x; then\n        ‸", "script"),
        (TASK + "command: | # why\n      name: ‸", "script"),
        (TASK + "command: >-\n      a\n‸\n      b\n", "script"),
        (TASK + "command: |2+\n      [a, ‸", "script"),
        (TASK + "dependsOn:\n      - |\n        ‸", "script"),
        (TASK + "command: a # b‸", "comment"),
        (TASK + "# na‸", "comment"),
        (TASK + "dependsOn: [a, # b‸\n", "comment"),
        ("#‸", "comment"),
        (TASK + "command: a\n      ‸", "none"),
        (TASK + 'command: "a\n      ‸', "none"),
        (TASK + "command: ‸|\n      a", "value"),
        (TASK + "dependsOn: [a] ‸", "none"),
        (TASK + "runsOn: {machine: {}‸}", "none"),
        (TASK + "command: 'a' ‸", "none"),
        ("tasks:\n ‸ a:\n", "none"),
    ],
)
def test_where_nothing_of_the_contract_stands(marked: str, kind: str) -> None:
    assert at(marked)[0].kind == kind


@pytest.mark.parametrize(
    ("marked", "beside"),
    [
        (TASK + "name: x\n    ‸\n    command: y\n  b:\n    dependsOn: []", ["command", "name"]),
        (
            TASK + "'name': x\n    # z: y\n    dependsOn:\n    - b\n    na‸me: x",
            ["dependsOn", "name"],
        ),
        (TASK + "command: |\n      name: x\n    ‸", ["command"]),
        ("tasks: {a: {‸, name: x, runsOn: {docker: x}}}", ["name", "runsOn"]),
        ("‸\nservices:\n  tasks:\n", ["services"]),
    ],
)
def test_other_keys(marked: str, beside: list[str]) -> None:
    found, text = at(marked)
    assert sorted(others(text, found)) == beside


def test_references_of_a_broken_text() -> None:
    text = Text(
        'services: # all\n\n  # no:\n  db: {\n  "web":\n    name: [\n  half\n'
        "tasks:\r\n   a:\r\n      command: |\r\n         b: c\r\n   d: x\r\nother:\r\n  e: f\r\n"
    )
    found = [(section, name) for section, name, _ in declared(text)]
    assert found == [("services", "db"), ("services", "web"), ("tasks", "a"), ("tasks", "d")]
    assert all(text.value[slice(*span)] == name for _, name, span in declared(text))


@pytest.mark.parametrize("offset", [-3, 99])
def test_offsets_outside_count_as_the_nearest_end(offset: int) -> None:
    text = Text("tasks:\n  ")
    assert cursor(text, offset) == cursor(text, 0 if offset < 0 else 9)
