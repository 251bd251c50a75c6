"""Write a file atomically: readers see either the old content or the new one."""

from __future__ import annotations

import errno
import os
import tempfile

_KEPT = ("user.", "system.posix_acl_", "security.")
_OF_THE_CONTENT = ("security.ima", "security.evm")
"""Checksums that the system makes of a file, which are wrong for other content."""


def replace_file(path: str, data: bytes, before: bytes | None = None) -> bool:
    """Replace a file's content with bytes, or create the file.

    If `before` is given and the file's content is not that any more, nothing is written, and the
    result is False. Links are followed; mode, owner, group, and attributes such as access control
    lists are kept. Raises OSError if the file can't be written, or its attributes can't be kept;
    it is then unchanged.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and os.stat(target).st_nlink > 1:
        # Only writing in place would reach its other names, and that could be interrupted.
        raise OSError(errno.EMLINK, "its other names (hard links) would keep the old text")
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
        _put(temporary, target)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)
    return True


def _put(temporary: str, target: str) -> None:
    """Replace one file with another."""
    try:
        os.replace(temporary, target)
    except OSError as error:
        if error.errno in (errno.EBUSY, errno.EXDEV):
            message = "it is a mount point, so it can't be replaced"
            raise OSError(error.errno, message) from error
        raise


def write_file(path: str, data: bytes) -> None:
    """Replace a regular file, or create one; anything else, such as a pipe, is written to.

    Raises OSError if it can't be written.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as stream:
            stream.write(data)
    else:
        replace_file(path, data)


def _like(target: str, temporary: str) -> None:
    """Give the new file the attributes of the one that it replaces, or the default mode."""
    try:
        state = os.stat(target)
    except FileNotFoundError:
        # The mask can only be read by setting it.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        return
    _keep_owner(state, temporary)
    _keep_attributes(target, temporary)
    # A change of the owner or of the access list also changes the mode.
    os.chmod(temporary, state.st_mode & 0o7777)


def _keep_owner(state: os.stat_result, temporary: str) -> None:
    made = os.stat(temporary)
    if not hasattr(os, "chown") or (state.st_uid, state.st_gid) == (made.st_uid, made.st_gid):
        return
    try:
        os.chown(temporary, state.st_uid, state.st_gid)
    except PermissionError as error:
        raise PermissionError(error.errno, "its owner or group could not be kept") from error


def _keep_attributes(target: str, temporary: str) -> None:
    """Give the new file the extended attributes of the old one, and no others.

    These are user attributes, access control lists and security labels. A new file may have some of
    its own: a folder's default access list would let others read what they could not before.
    """
    old, new = _attributes(target), _attributes(temporary)
    try:
        for name in new.keys() - old.keys():
            os.removexattr(temporary, name)
        for name, value in old.items():
            if new.get(name) != value:
                os.setxattr(temporary, name, value)
    except OSError as error:
        raise OSError(error.errno, "its attributes or access list could not be kept") from error


def _attributes(path: str) -> dict[str, bytes]:
    """The extended attributes that belong to a file, not to its content or its file system."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        names = os.listxattr(path)
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return {}
        raise
    return {
        name: os.getxattr(path, name)
        for name in names
        if name.startswith(_KEPT) and name not in _OF_THE_CONTENT
    }
