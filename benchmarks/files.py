"""The files that are checked."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schema/automations-file.schema.json"

CLEAN = """\
services:
  database:
    name: PostgreSQL
    description: The database of the development environment, with its data in the workspace
    commands:
      start: docker compose up postgres
      ready: pg_isready -h localhost -p 5432
      stop: docker compose stop postgres
    triggeredBy: [postEnvironmentStart]

tasks:
  install:
    name: Install dependencies
    command: npm ci
    triggeredBy: [prebuild, postDevcontainerStart]
  migrate:
    name: Migrate the database
    description: Brings the tables up to date
    command: npm run migrate
    dependsOn: [install, database]
    triggeredBy: [postDevcontainerStart]
  seed:
    name: Seed the database
    command: |
      npm run seed -- --users 100
      npm run seed -- --orders 1000
    dependsOn: [migrate]
    triggeredBy: [manual]
  warm-up:
    name: Warm up the editor
    command: ./scripts/warm-up.sh
    triggeredBy: [beforeSnapshot]
"""
"""A file of 1 kB without findings."""

REJECTED = CLEAN.replace("command: npm ci", "comand: npm ci")
"""The same with a misspelt field."""

SMALL = """\
services: {}

tasks:
  set-up-git-prompt:
    name: Set up the Git prompt
    description: Shows the branch, and uncommitted changes, in the prompts of a shell
    command: export GIT_PS1_SHOWDIRTYSTATE=not-empty-is-on
    triggeredBy:
      - postDevcontainerStart
"""
"""A file of 266 bytes without findings, as small as many real ones."""

WORKFLOW = """\
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
"""
"""A workflow of GitHub Actions, for a linter that supports nothing else."""


def corpus() -> list[bytes]:
    """The files of the pinned corpus, or if it is missing, those of the rules' fixtures."""
    folder = Path(os.environ.get("CORPUS", ROOT.parent / "shared/corpus"))
    paths = sorted(folder.glob("*.y*ml")) or sorted((ROOT / "fixtures/rules").glob("*/*.yaml"))
    return [path.read_bytes() for path in paths]


def write(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file at a known path of automations files; returns its path."""
    path = folder / name / ".ona/automations.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)
