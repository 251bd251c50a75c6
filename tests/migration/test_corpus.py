"""Real older files: what they become is accepted, and contains all that they contain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests import oracle
from tests.corpus import FOLDER as NEWER
from tests.migration.found_again import missing_scripts
from tests.optional import needs
from validator import Severity, check_text
from validator.migration.migration import migrate_text

FOLDER = NEWER.parent / "corpus-classic"
FILES = sorted(FOLDER.glob("*.yml")) if FOLDER.is_dir() else []

needs_corpus = needs("the corpus (../shared/corpus-classic)", FILES)


@needs_corpus
def test_there_are_as_many_files_as_there_should_be() -> None:
    assert len(FILES) == 40


# A file without tasks sets up nothing, and so does what it becomes. Scripts stay as they are, also
# where they use what is gone, and ports that were public are opened to everyone.
EXPECTED = {"empty-document", "classic-command", "port-open-to-everyone", "waits-by-polling"}


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_migrated(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    migration = migrate_text(text, path=".gitpod.yml")
    assert migration.ok
    assert not [each for each in migration.findings if each.severity is Severity.ERROR]
    report = check_text(migration.file, path=".ona/config.yaml")
    assert {each.rule for each in report.findings} <= EXPECTED
    assert oracle.accepts("automations-file", yaml.safe_load(migration.file))
    assert missing_scripts(yaml.safe_load(text), migration) == []
    for comment in re.findall(r"(?m)(?:^|\s)#[ \t]*(.*?)[ \t\r]*$", text):
        assert comment in migration.file + migration.devcontainer
    assert [each.rule for each in migrate_text(migration.file).findings] == ["not-an-older-file"]
