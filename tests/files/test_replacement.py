"""Files are replaced atomically, or remain unchanged."""

import errno
import os
import shutil
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.optional import needs_posix, needs_root
from validator.files.replacement import replace_file, write_file


@needs_posix
def test_a_file_is_replaced_with_its_mode_and_link(tmp_path: Path) -> None:
    path = tmp_path / "real.yaml"
    path.write_bytes(b"before")
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert replace_file(str(link), b"after", b"before")
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_a_file_that_has_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("newer")
    assert not replace_file(str(path), b"mine", b"older")
    assert path.read_text() == "newer"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("failing", ["fsync", "replace", "chmod"])
def test_when_writing_fails_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(str(path), b"after", b"before")
    assert path.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    path = tmp_path / "new"
    write_file(str(path), b"content")
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


@needs_posix
def test_what_is_no_regular_file_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(str(path), b"content")
        assert os.read(reader, 100) == b"content"
    finally:
        os.close(reader)
    assert list(tmp_path.iterdir()) == [path]


NOBODY = 65534


@needs_posix
def test_a_file_with_other_names_is_left_alone(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text("before")
    os.link(path, other)
    with pytest.raises(OSError, match=r"other names \(hard links\)"):
        replace_file(str(path), b"after", b"before")
    assert (path.read_text(), other.read_text()) == ("before", "before")
    assert path.samefile(other)


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_file_that_can_not_be_replaced_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")

    def busy(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(OSError, match="is a mount point"):
        replace_file(str(path), b"after", b"before")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file over which another one is mounted, as with `docker run -v FILE:FILE`."""
    source, path = tmp_path / "source.yaml", tmp_path / "folder" / "a.yaml"
    path.parent.mkdir()
    source.write_text("before")
    path.write_text("")
    mount = ["mount", "--bind", str(source), str(path)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("files can't be mounted here")
    yield path
    subprocess.run(["umount", path], check=True)


@needs_root
def test_a_mounted_file_is_left_alone(mounted: Path) -> None:
    with pytest.raises(OSError, match="is a mount point"):
        replace_file(str(mounted), b"after", b"before")
    assert mounted.read_text() == "before"
    assert list(mounted.parent.iterdir()) == [mounted]


@needs_root
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")
    os.chown(path, NOBODY, NOBODY)
    path.chmod(0o6750)
    assert replace_file(str(path), b"after", b"before")
    state = path.stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (NOBODY, NOBODY, 0o6750)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that others can reach: those made by pytest are private to its user."""
    with TemporaryDirectory() as name:
        yield Path(name)


# Another user runs this; the modules that it needs are imported first.
AS_NOBODY = """
import os, sys
from validator.files.replacement import replace_file
os.setgid(65534)
os.setuid(65534)
try:
    replace_file(sys.argv[1], b"after", b"before")
except OSError as error:
    print(error.strerror)
"""


@needs_root
@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o755, "Permission denied"), (0o777, "its owner or group could not be kept")],
    ids=["folder-of-another", "file-of-another"],
)
def test_the_file_of_another_user_is_left_alone(home: Path, mode: int, said: str) -> None:
    home.chmod(mode)
    path = home / "a.yaml"
    path.write_text("before")
    path.chmod(0o666)
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, path], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{said}\n", "")
    assert path.read_text() == "before"
    assert list(home.iterdir()) == [path]


def attribute(path: Path, name: str, value: bytes) -> None:
    """Give a file an extended attribute, or skip the test if that is not supported."""
    try:
        os.setxattr(path, name, value)
    except (AttributeError, OSError):
        pytest.skip(f"no attributes such as {name} here")


@needs_posix
def test_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")
    attribute(path, "user.checked", b"yes")
    assert replace_file(str(path), b"after", b"before")
    assert os.getxattr(path, "user.checked") == b"yes"


@needs_posix
def test_attributes_that_can_not_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")
    attribute(path, "user.checked", b"yes")

    def forbidden(*_arguments: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", forbidden)
    with pytest.raises(OSError, match="attributes or access list could not be kept"):
        replace_file(str(path), b"after", b"before")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@needs_root
def test_a_security_label_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")
    attribute(path, "security.checked", b"label")
    assert replace_file(str(path), b"after", b"before")
    assert os.getxattr(path, "security.checked") == b"label"


def access_list(mask: int) -> bytes:
    """An access control list by which another user may read and write, within a mask."""
    nobody = 0xFFFFFFFF
    entries = [
        (1, 6, nobody),
        (2, 6, 1234),
        (4, 4, nobody),
        (0x10, mask, nobody),
        (0x20, 0, nobody),
    ]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)


ACCESS = "system.posix_acl_access"


@needs_posix
def test_an_access_list_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")
    attribute(path, ACCESS, access_list(6))
    mode = path.stat().st_mode
    assert replace_file(str(path), b"after", b"before")
    assert os.getxattr(path, ACCESS) == access_list(6)
    assert path.stat().st_mode == mode


@needs_posix
def test_nobody_gets_access_by_the_folder_s_list(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")
    path.chmod(0o640)
    attribute(tmp_path, "system.posix_acl_default", access_list(6))
    (tmp_path / "new").write_text("")
    assert ACCESS in os.listxattr(tmp_path / "new")
    assert replace_file(str(path), b"after", b"before")
    assert ACCESS not in os.listxattr(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
