"""Files as they are in an earlier commit, by git.

Git is only asked for what is named, by commands that run nothing of the repository: no hook, no
filter, no pager. It finds the repository as usual, by environment variables such as GIT_DIR too.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
from typing import NamedTuple

_SECONDS = 60
_MAX_ANSWER = 20_000_000
"""How much git may write, in bytes, other than the content of a file."""

_FIXED = (
    *("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"),
    *("--no-pager", "--literal-pathspecs"),
)
"""No program that a repository's configuration names, and no repository among the files of one."""

_ENVIRONMENT = {
    # Messages that can be recognized.
    "LC_ALL": "C",
    # What a partial clone lacks is not fetched: neither from a network, nor by a program that the
    # repository's configuration names for it.
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}


class GitError(Exception):
    """Git can't answer; the message says why."""


class _Answer(NamedTuple):
    status: int
    output: bytes
    error: str


class Repository:
    """The repository of a file, whose name is relative to the current folder or absolute.

    Its paths are those that `git` takes: relative to the root, or with `./` to the file's folder.
    """

    def __init__(self, file: str) -> None:
        folder, name = os.path.split(file)
        # A version that was piped in may have the path of a file whose folder was deleted.
        while folder and not os.path.isdir(folder):
            folder, part = os.path.split(folder)
            name = os.path.join(part, name)
        # With a repository in the environment, the current folder says what its paths mean.
        fixed = "GIT_DIR" in os.environ
        self._folder = os.curdir if fixed else folder or os.curdir
        self.path = f"./{file if fixed else name}".replace(os.sep, "/")

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names, such as a branch, a tag or `HEAD~1`.

        Raises GitError if there is none.
        """
        if not revision or revision.startswith("-") or not revision.isprintable():
            what = f"`{revision}` is not a revision" if revision else "no revision is given"
            raise GitError(f"{what}; write one such as git:HEAD~1 or git:main")
        found = self._run("rev-parse", "--verify", f"{revision}^{{commit}}")
        commit = found.output.decode("ascii", "replace").strip()
        # For `^main`, what is not in it, there is a caret before the id.
        if found.status == 0 and re.fullmatch("[0-9a-f]{40,64}", commit):
            return commit
        if found.status and not _is_about_revision(found.error):
            raise GitError(_reason(found))
        shallow = self._run("rev-parse", "--is-shallow-repository").output.strip() == b"true"
        advice = "; the clone is shallow: fetch more of its history" if shallow else ""
        raise GitError(f"`{revision}` is not a revision of this repository{advice}")

    def merge_base(self, one: str, other: str) -> str:
        """The id of the best common ancestor of two commits, given by their ids.

        Raises GitError if there is none.
        """
        found = self._run("merge-base", one, other)
        if found.status == 1 and not found.error:
            raise GitError("the two revisions have no common ancestor here; fetch more history")
        if found.status:
            raise GitError(_reason(found))
        return found.output.decode("ascii", "replace").strip()

    def read(self, commit: str, path: str, max_bytes: int) -> bytes | None:
        """The content of a file at a commit; of one that is too large, one byte more than allowed.

        Links are followed inside the commit. None if it does not exist there, or is not a file.
        Raises GitError if it can't be read, such as where a link leads out of the commit.
        """
        if "\0" in path:
            return None
        # Before git 2.38, there is no -z.
        options, end = (("-z",), "\0") if "\n" in path else ((), "\n")
        found = self._run(
            *("cat-file", "--batch-check", "--follow-symlinks", *options),
            given=f"{commit}:{path}{end}".encode("utf-8", "surrogateescape"),
        )
        if found.status:
            raise GitError(_reason(found))
        words = found.output.splitlines()[0].split() if found.output else []
        if words[:1] == [b"symlink"] and len(words) == 2:
            raise GitError(f"`{path}` leads out of that commit, by a link")
        if len(words) != 3 or words[1] != b"blob" or not words[2].isdigit():
            return None
        content = self._run(
            "cat-file", "blob", words[0].decode("ascii", "replace"), most=max_bytes + 1
        )
        if content.status:
            raise GitError(_reason(content))
        return content.output

    def earlier_path(self, commit: str) -> str | None:
        """The path at a commit of the file, if it was renamed between that commit and the index.

        The index has what HEAD has, and renames that are not committed yet.
        """
        whole = self._run("ls-files", "--full-name", "-z", "--", self.path)
        now = whole.output.rstrip(b"\0")
        if whole.status or not now:
            return None
        found = self._run(
            *("diff-index", "--cached", "-z", "--no-ext-diff", "--no-textconv", "--find-renames"),
            *("--diff-filter=R", "--name-status", commit, "--"),
        )
        parts = found.output.split(b"\0")
        for was, name in zip(parts[1::3], parts[2::3], strict=False):
            if name == now:
                return was.decode("utf-8", "surrogateescape")
        return None

    def _run(self, *arguments: str, given: bytes = b"", most: int = _MAX_ANSWER) -> _Answer:
        """Run git; of an answer longer than `most` bytes, the rest is dropped.

        Raises GitError if it can't be run or takes too long.
        """
        program = _program()
        with tempfile.TemporaryFile() as errors:
            try:
                process = subprocess.Popen(
                    [program, *_FIXED, *arguments],
                    cwd=self._folder,
                    env={**os.environ, **_ENVIRONMENT},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                )
            except OSError as error:
                raise GitError(f"git can't be run: {error.strerror or error}") from error
            late = threading.Timer(_SECONDS, process.kill)
            late.start()
            with process:
                output = _exchange(process, given, most)
                cut = len(output) == most
                if cut:
                    process.kill()
            on_time = late.is_alive()
            late.cancel()
            if not on_time:
                raise GitError("git took too long")
            errors.seek(0)
            error_text = errors.read(2000).decode("utf-8", "replace")
        return _Answer(0 if cut else process.returncode, output, error_text.strip())


def _program() -> str:
    """The path of git. Raises GitError if it is not on PATH."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        file = os.path.join(folder, name)
        # A relative folder on PATH is a part of the repository.
        if os.path.isabs(folder) and os.path.isfile(file) and os.access(file, os.X_OK):
            return file
    raise GitError("git is not installed")


def _exchange(process: subprocess.Popen[bytes], given: bytes, most: int) -> bytes:
    """Give a process its input, which is short, and read up to `most` bytes of its output."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(given)
        process.stdin.close()
    except OSError:
        # It has ended already, and says why on stderr.
        pass
    return process.stdout.read(most)


def _is_about_revision(error: str) -> bool:
    return "Needed a single revision" in error or "unknown revision" in error


def _reason(answer: _Answer) -> str:
    """What git says is wrong, on its first line, and the command that it advises, if any."""
    line, *more = answer.error.split("\n")
    for word in ("fatal: ", "error: "):
        line = line.removeprefix(word)
    advised = next((each.strip() for each in more if each.startswith("\tgit config ")), "")
    advice = f"; if you trust it: `{advised}`" if advised else ""
    return f"git says: {line}{advice}" if line else f"git ended with exit code {answer.status}"
