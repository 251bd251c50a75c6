"""The old version of a file for `plan --diff`: another file, or the file in an earlier commit."""

from __future__ import annotations

import os
from typing import NamedTuple

from validator.cli import source_file
from validator.cli.errors import InputError
from validator.cli.messages import say
from validator.cli.mistakes import usage_error
from validator.cli.reports import STDIN
from validator.configuration.config import Config
from validator.engine import check_text
from validator.files.git import GitError, Repository
from validator.report import Report

_GIT = "git:"


class Version(NamedTuple):
    """One version of a file: its bytes, and its report under the name that people know it by."""

    data: bytes
    report: Report
    config: Config

    @property
    def name(self) -> str:
        """What the version is called in messages."""
        return self.report.path or STDIN


def read(
    old: str,
    new: Version,
    *,
    stdin: bool,
    config_path: str | None,
    isolated: bool,
    color: str | None,
) -> Version:
    """The old version of a file whose new one was read; `stdin` says whether from standard input.

    `color` is the value of --color, None without it.
    Ends the run as wrong usage if `old` names nothing that exists.
    """
    if not old.startswith(_GIT):
        if old == "-" and stdin:
            raise usage_error("only one of OLD and FILE can be standard input.")
        if old != "-" and not os.path.lexists(old) and _is_commit(old, new):
            raise InputError(f"{old}: there is no such file; for this revision, write git:{old}")
        data, report, config = source_file.read(
            old, None, config_path=config_path, isolated=isolated, color=color
        )
        return Version(data, report, config)
    revision, path = _parts(old.removeprefix(_GIT))
    if path is None and stdin and new.name == STDIN:
        raise usage_error(
            "standard input has no path in the repository; write git:REV:PATH, or --stdin-filename."
        )
    try:
        return _committed(revision, path, new)
    except GitError as error:
        raise InputError(f"{old}: {error}") from error


def _is_commit(old: str, new: Version) -> bool:
    """Whether a path that does not exist names a commit of the repository of the new version."""
    revision, _ = _parts(old)
    try:
        _commit(revision, Repository(new.name))
    except GitError:
        return False
    return True


def _parts(text: str) -> tuple[str, str | None]:
    """The revision and the path of `REV` or `REV:PATH`; a colon in braces belongs to REV."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if character == ":" and depth <= 0:
            return text[:at], text[at + 1 :]
    return text, None


def _committed(revision: str, path: str | None, new: Version) -> Version:
    """The version in a commit. Raises GitError if that does not exist."""
    file = new.name
    repository = Repository(file)
    commit = _commit(revision, repository)
    shown = path or file
    most = new.config.limits.max_bytes
    data = repository.read(commit, path or repository.path, most)
    if data is None and path:
        raise GitError(f"there is no file `{path}` at that revision")
    if data is None:
        earlier = repository.earlier_path(commit)
        data = None if earlier is None else repository.read(commit, earlier, most)
        if earlier is not None and data is not None:
            shown = earlier
            say(f"{file} was {earlier} at {_said(revision)}.")
    name = f"{_GIT}{revision}:{shown}"
    if data is None:
        say(f"{file} does not exist at {_said(revision)}; it is compared with an empty file.")
        data = b""
        name = f"{_GIT}{revision}"
    report = check_text(data, path=shown, config=new.config)
    # Nothing fixes a file in a commit.
    findings = tuple(each._replace(fixes=()) for each in report.findings)
    return Version(data, report.replace(path=name, findings=findings), new.config)


def _commit(revision: str, repository: Repository) -> str:
    """The id of the commit that is meant: with `A...B` the merge base, with `A...` that of HEAD."""
    two = _two(revision)
    if two is None:
        return repository.commit(revision)
    one, other = map(repository.commit, two)
    return repository.merge_base(one, other)


def _two(revision: str) -> tuple[str, str] | None:
    """The revisions whose merge base is meant, if one is."""
    one, dots, other = revision.partition("...")
    return (one or "HEAD", other or "HEAD") if dots else None


def _said(revision: str) -> str:
    """A revision in a sentence."""
    two = _two(revision)
    return revision if two is None else f"the merge base of {two[0]} and {two[1]}"
