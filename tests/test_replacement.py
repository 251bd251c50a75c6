"""Files are replaced all at once, or stay as they are."""

import os
import stat
from pathlib import Path

import pytest

from tests.optional import needs_posix
from validator.replacement import replace_file, write_file


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
