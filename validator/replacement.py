"""Writing a file all at once: whoever reads it finds the old content or the new one."""

from __future__ import annotations

import contextlib
import os
import tempfile


def replace_file(path: str, data: bytes, before: bytes | None = None) -> bool:
    """Put bytes in the place of a file's content, or make the file.

    If `before` is given and the file has another content by now, nothing is written, and the
    answer is False. Links are followed; mode and, where allowed, owner are kept. Raises OSError
    where the file can't be written; it is then as it was.
    """
    target = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(
        dir=os.path.dirname(target), prefix=".automation-validator-"
    )
    try:
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _like(target, temporary)
        if before is not None:
            with open(target, "rb") as stream:
                if stream.read() != before:
                    return False
        os.replace(temporary, target)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)
    return True


def write_file(path: str, data: bytes) -> None:
    """Replace a regular file, or make one; what is none, such as a pipe, is written to.

    Raises OSError where it can't be written.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as stream:
            stream.write(data)
    else:
        replace_file(path, data)


def _like(target: str, temporary: str) -> None:
    """Give the new file mode and owner of the one that it replaces, or the usual mode."""
    try:
        state = os.stat(target)
    except FileNotFoundError:
        # The mask can only be read by setting it.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        return
    os.chmod(temporary, state.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, state.st_uid, state.st_gid)
