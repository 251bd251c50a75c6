"""Write to the summary of a GitHub Actions job what a change does to the plans of its files.

$ python scripts/plan_summary.py COMMAND FINDINGS.json

COMMAND is the path of `automation-validator`, and FINDINGS.json contains findings as JSON. Of their
automations files, those that differ from the revision in the environment variable `PLAN_DIFF` are
compared with it, and so are deleted ones below one of the lines of `PATHS`. If the lines of `ARGS`,
the arguments of `check`, say which configuration counts, it counts here too. The summary goes to
the file `GITHUB_STEP_SUMMARY`, else to standard output. The exit code is 2, with a message on
standard error, if the repository or the revision can't be used. It imports only the standard
library.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

MOST = 900_000
"""The longest summary in bytes: GitHub shows none of more than a megabyte."""

KNOWN_PATHS = (
    ".ona/config.yaml",
    ".ona/config.yml",
    ".ona/automations.yaml",
    ".ona/automations.yml",
    ".gitpod/automations.yaml",
    ".gitpod/automations.yml",
)
"""As in `validator.kinds`: what a deleted file was can only be said by its path."""


class Unusable(Exception):
    """The repository or the revision can't be used; the message says why."""


class _Changed(NamedTuple):
    """The files of a repository that differ, and those that are gone, by absolute paths.

    Each file that is gone is with its new path, None if it is deleted.
    """

    root: str
    present: frozenset[str]
    gone: tuple[tuple[str, str | None], ...]


def sections(
    findings: Mapping[str, Any],
    revision: str,
    paths: Iterable[str],
    plan: Sequence[str],
) -> Iterator[str]:
    """What the change does to each file that it changes, as Markdown.

    `plan` is the command that says so, with its options on the configuration.

    Raises Unusable if nothing, or not the revision, can be compared with.
    """
    if revision.startswith("-"):
        raise Unusable(f"{revision} is not a revision")
    files = [
        each["path"]
        for each in findings["files"]
        if each["kind"] == "automations-file" and each["path"] and os.path.isfile(each["path"])
    ]
    repositories = [_changed(root, revision) for root in _roots(files)]
    names = {name for file in files for name in _names(file)}
    for file in files:
        if any(not each.present.isdisjoint(_names(file)) for each in repositories):
            yield _plan(plan, file, f"git:{revision}", name=file)
    searched = [os.path.realpath(path) for path in paths]
    for repository in repositories:
        for was, now in repository.gone:
            # A file that has its new name is compared above, if it still is an automations file.
            if now not in names and any(_is_below(was, folder) for folder in searched):
                old = f"git:{revision}:{os.path.relpath(was, repository.root)}"
                shown = os.path.relpath(was)
                yield _plan(plan, "-", old, "--stdin-filename", shown, name=shown)


def summary(found: Iterable[str]) -> str:
    """The sections below one another, as far as GitHub shows them."""
    made, size, left = [], 0, 0
    for section in found:
        size += len(section.encode())
        if size > MOST:
            left += 1
        else:
            made.append(section)
    if left:
        made.append(f"And {left:,} more {'file' if left == 1 else 'files'}.\n")
    return "\n".join(made) or "### Plans of automation files\n\nNo automations file has changed.\n"


def _names(file: str) -> tuple[str, str]:
    """The absolute paths of a file: that of a link, and that of what it leads to."""
    folder, name = os.path.split(file)
    return os.path.join(os.path.realpath(folder), name), os.path.realpath(file)


def _roots(files: Iterable[str]) -> list[str]:
    """The repositories of the current folder and of files, without submodules.

    A submodule has revisions of its own: one of the same name is another one, if it exists.
    Raises Unusable if there is none, or git refuses one, such as that of another user.
    """
    folders = dict.fromkeys([os.curdir, *(os.path.dirname(file) or os.curdir for file in files)])
    options = ("rev-parse", "--show-toplevel", "--show-superproject-working-tree")
    found: dict[str, None] = {}
    for folder in folders:
        done = _run(folder, *options)
        error = done.stderr.decode("utf-8", "replace").strip()
        # A folder that is in no repository has no old versions either.
        if done.returncode and "not a git repository" not in error:
            raise Unusable(error)
        lines = done.stdout.decode("utf-8", "surrogateescape").splitlines()
        if len(lines) == 1:
            found[os.path.realpath(lines[0])] = None
    if not found:
        raise Unusable("there is no git repository here (submodules are not compared)")
    return [*found]


def _changed(root: str, revision: str) -> _Changed:
    options = ("--no-ext-diff", "--no-textconv", "--find-renames", "--name-status", "-z")
    output = _git(root, "diff", *options, "--end-of-options", revision, "--")
    # Git also compares with a file or a tree, and what is between two commits.
    commit = ("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if output is None or ("..." not in revision and _git(root, *commit) is None):
        raise Unusable(
            f"{revision} is not a revision of {os.path.relpath(root)}; "
            "is it fetched (`fetch-depth` of actions/checkout)?"
        )
    parts = iter(output.split("\0"))
    present: set[str] = set()
    gone: list[tuple[str, str | None]] = []
    for status in filter(None, parts):
        path = next(parts)
        # A renamed file has its old path first.
        new = next(parts) if status[0] in "RC" else path
        now = None if status[0] == "D" else os.path.join(root, new)
        if now is not None:
            present.add(now)
        if status[0] in "DR" and f"/{path}".endswith(tuple(f"/{known}" for known in KNOWN_PATHS)):
            gone.append((os.path.join(root, path), now))
    return _Changed(root, frozenset(present), tuple(gone))


def _run(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git. Raises Unusable if it is not installed."""
    try:
        return subprocess.run(
            ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments],
            cwd=folder,
            # Messages that can be recognized.
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Unusable(f"git can't be run: {error.strerror}") from error


def _git(folder: str, *arguments: str) -> str | None:
    """What git answers; None if it can't."""
    done = _run(folder, *arguments)
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def _plan(plan: Sequence[str], file: str, old: str, *options: str, name: str) -> str:
    """The section of a file, which is `-` if it is gone.

    Raises Unusable if the command fails.
    """
    done = subprocess.run(
        [*plan, "--format=markdown", f"--diff={old}", *options, "--", file],
        input=b"",
        capture_output=True,
        check=False,
    )
    if done.returncode > 2:
        raise Unusable(done.stderr.decode("utf-8", "replace").strip())
    if done.returncode and not done.stdout:
        shown = "".join(f"&#{ord(each)};" if not each.isalnum() else each for each in name)
        # Such as a link that led to no file, or out of the repository.
        unread = "it can't be read at that revision"
        why = unread if done.returncode > 1 else "this version or the old one has errors"
        return f"### Plan of <code>{shown}</code>\n\nNot compared: {why}.\n"
    return done.stdout.decode("utf-8", "replace")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def configuration(arguments: Sequence[str]) -> list[str]:
    """Those of the arguments of `check` that say which configuration counts."""
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument("--config")
    parser.add_argument("--isolated", action="store_true")
    found, _ = parser.parse_known_args(arguments)
    options = [] if found.config is None else [f"--config={found.config}"]
    return [*options, "--isolated"] if found.isolated else options


def _lines(variable: str) -> list[str]:
    """The lines of an environment variable that are not empty."""
    return [line for line in os.environ.get(variable, "").split("\n") if line]


def main(command: str, path: str) -> int:
    """Append to the summary of the step; returns the exit code."""
    with open(path, encoding="utf-8") as stream:
        findings = json.load(stream)
    plan = [command, "plan", *configuration(_lines("ARGS"))]
    try:
        text = summary(sections(findings, os.environ["PLAN_DIFF"], _lines("PATHS"), plan))
    except Unusable as error:
        print(f"plan-diff: {error}", file=sys.stderr)
        return 2
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with open(target, "a", encoding="utf-8") as stream:
            stream.write(f"{text}\n")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
