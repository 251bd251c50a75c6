"""The pinned corpora of real files, if they are next to the working copy."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.optional import needs

FOLDER = Path(__file__).parents[2] / "shared" / "corpus"

needs_corpus = needs("the corpus (../shared/corpus)", FOLDER.is_dir())


WORKFLOWS = FOLDER.with_name("corpus-workflows")

needs_workflows = needs("the corpus (../shared/corpus-workflows)", WORKFLOWS.is_dir())


def verdicts(folder: Path = FOLDER) -> dict[str, bool]:
    """Whether the platform accepts each file, by the file's name; empty without the corpus."""
    if not folder.is_dir():
        return {}
    with (folder / "VERDICTS.tsv").open(encoding="utf-8") as stream:
        return {
            name: verdict == "accepted"
            for name, verdict in list(csv.reader(stream, "excel-tab"))[1:]
        }
