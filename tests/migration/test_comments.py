"""The comments of an older file stay with what they are about."""

from __future__ import annotations

import pytest

from validator.migration.attached_comments import Comments
from validator.migration.migration import migrate_text
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Sequence

TEXT = """\
# head

# above a
a: # beside a
  # above the first entry
  - b: 1 # beside b
    # above c
    c: "# none"
    # after c
  # above the second entry
  - d: |  # beside d
      # none
      text
  # after the second entry
# above e
e: [x, # beside x
    y]
# end
"""


def test_each_comment_is_about_one_thing() -> None:
    root = reader.read(TEXT, Limits()).root
    assert isinstance(root, Mapping)
    comments = Comments(TEXT, root)
    (a, entries), (e, flow) = root.members["a"], root.members["e"]
    assert isinstance(entries, Sequence)
    assert isinstance(flow, Sequence)
    first, second = entries.items
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    (b, _), (c, _), (d, _) = first.members["b"], first.members["c"], second.members["d"]
    assert comments.above(a) == ["# head", "# above a"]
    assert comments.beside(a) == ["# beside a"]
    assert comments.above_entry(first) == ["# above the first entry"]
    assert comments.about(b) == ["# beside b"]
    assert comments.about(c) == ["# above c", "# after c"]
    assert comments.about_entry(second) == ["# above the second entry", "# after the second entry"]
    assert comments.about(d) == ["# beside d"]
    assert comments.about(e) == ["# above e"]
    assert comments.about_entry(flow.items[0]) == ["# beside x"]
    assert comments.rest() == ["# end"]
    assert comments.rest() == []


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("# a\ntasks:\n- init: make\n", "# a\ntasks:\n  make:\n"),
        ("# a\n\n# b\ntasks:\n- init: make\n", "# a\n\n# b\ntasks:\n  make:\n"),
        ("# a\n\nimage: x\ntasks:\n- init: make\n", "# a\n\ntasks:\n  make:\n"),
        ("# About this file.\nimage: x\ntasks:\n- init: make\n", "# About this file.\n\ntasks:\n"),
        ("tasks:\n# a\n- init: make\n", "tasks:\n  # a\n  make:\n"),
        ("tasks:\n- # a\n  init: make\n", "tasks:\n  # a\n  make:\n"),
        ("tasks:\n- init: make # a\n", "    # a\n    command: make\n"),
        ("tasks:\n- name: Nn # a\n  init: make\n", "  # a\n  nn:\n    name: Nn\n"),
        ("tasks:\n- init: make\n  # a\n", "      - postDevcontainerStart\n    # a\n"),
        ("tasks:\n- init: make\n# a\n", "      - postDevcontainerStart\n\n# a\n"),
        ("tasks:\n  - init: make\n  # a\n", "      - postDevcontainerStart\n\n  # a\n"),
        (
            "tasks:\n- init: make\n  env:\n    # a\n    B: c # d\n",
            "      # a\n      export B=c  # d\n      make\n",
        ),
        ("tasks:\n- before: cd a # b\n  init: make\n", "    # b\n    command: |\n      cd a\n"),
        (
            "tasks:\n- command: npm start # a\n",
            "    commands:\n      # a\n      start: npm start\n",
        ),
    ],
)
def test_comments_in_the_automations_file(older: str, newer: str) -> None:
    assert newer in migrate_text(older).file


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("# a\nimage: x\n", '  // a\n  "image": "x"\n'),
        ("image: x # a\n", '  // a\n  "image": "x"\n'),
        ("image:\n  # a\n  file: x\n", '  // a\n  "build": {\n'),
        ("image: x\n# a\nports:\n- port: 1\n", '  // a\n  "forwardPorts": [1]\n'),
        ("image: x\nports:\n# a\n- port: 1 # b\n", '    // a\n    // b\n    "1": {}\n'),
        ("image: x\nports:\n  - port: 1\n  # a\n", '  "portsAttributes": {\n    // a\n  }\n'),
        (
            "image: x\nvscode:\n  extensions:\n    # a\n    - b.c # d\n    # - e.f\n",
            '        // a\n        // d\n        "b.c"\n        // - e.f\n',
        ),
    ],
)
def test_comments_in_the_devcontainer_file(older: str, newer: str) -> None:
    assert newer in migrate_text(older).devcontainer


def test_a_field_that_is_not_migrated_is_shown_as_it_is_written() -> None:
    older = (
        "# above\n"
        "github: # beside\n"
        "  prebuilds:\n"
        "    # inside\n"
        "\n"
        "    master:   true # at the end\n"
        "tasks:\n- init: make\n"
    )
    newer = (
        "# above\n"
        "# not migrated: github: # beside\n"
        "#   prebuilds:\n"
        "#     # inside\n"
        "#\n"
        "#     master:   true # at the end\n"
    )
    assert migrate_text(older).file.endswith("\n" + newer)
