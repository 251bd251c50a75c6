"""Fill the Homebrew formula for a release, and print it.

$ python -m scripts.homebrew dist/automation_validator-1.2.0.tar.gz \
      https://HOST/OWNER/automation-validator
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Mapping
from importlib.metadata import metadata
from pathlib import Path

TEMPLATE = Path(__file__).parents[1] / "packaging/homebrew/automation-validator.rb"
_LONGEST = 80
"""What Homebrew accepts as a description, with the name."""


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its values. Raises KeyError for a value that is not given."""
    text = re.sub(r"@([A-Z0-9]+)@", lambda found: values[found[1]], template)
    return text.removeprefix(template.splitlines(keepends=True)[0])


def formula(sdist: Path, repository: str) -> str:
    """The formula for a source distribution, which the release of its version contains.

    Raises ValueError if the file's name has no version.
    """
    found = re.fullmatch(r"automation_validator-(\d+\.\d+\.\d+)\.tar\.gz", sdist.name)
    if found is None:
        raise ValueError(f"{sdist.name} is not a source distribution of automation-validator")
    return fill(
        TEMPLATE.read_text(encoding="utf-8"),
        {
            "DESCRIPTION": description(metadata("automation-validator")["Summary"]),
            "HOMEPAGE": repository,
            "URL": f"{repository}/releases/download/v{found[1]}/{sdist.name}",
            "SHA256": hashlib.sha256(sdist.read_bytes()).hexdigest(),
        },
    )


def description(summary: str) -> str:
    """A summary as Homebrew wants it: short, without an end."""
    return summary.partition(":")[0].rstrip(".")[:_LONGEST]


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.homebrew", description=__doc__)
    parser.add_argument("sdist", type=Path, help="the source distribution")
    parser.add_argument("repository", help="address of the repository")
    given = parser.parse_args(arguments)
    sys.stdout.write(formula(given.sdist, given.repository))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
