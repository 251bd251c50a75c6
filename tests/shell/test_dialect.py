"""Which shell reads a script."""

import pytest

from validator.shell.dialect import Dialect, dialect


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("npm ci\n", "bash"),
        ("", "bash"),
        ("#!\nnpm ci\n", "bash"),
        ("#!/bin/bash\n", "bash"),
        ("#!/bin/bash -eu\n", "bash"),
        ("#! /usr/bin/env bash\r\n", "bash"),
        ("#!/usr/bin/env -S bash -e\n", "bash"),
        ("#!/usr/bin/env -i A=1 sh\n", "sh"),
        ("#!/bin/sh", "sh"),
        ("#!/bin/ash\n", "dash"),
        ("#!/bin/mksh\n", "ksh"),
        ("#!/bin/zsh\n", None),
        ("#!/usr/bin/env python3\n", None),
        ("#!/usr/bin/env\n", "bash"),
        ("\n#!/bin/sh\n", "bash"),
        (" #!/bin/sh\n", "bash"),
        ("# !/bin/sh\n", "bash"),
    ],
)
def test_the_first_line_names_the_shell(script: str, expected: Dialect | None) -> None:
    assert dialect(script) == expected


def test_without_such_a_line_it_is_the_default() -> None:
    assert dialect("npm ci\n", "sh") == "sh"
    assert dialect("#!/bin/bash\n", "sh") == "bash"
