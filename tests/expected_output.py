"""Expected output in files: compared by tests, updated by `pytest --update-snapshots`."""

from __future__ import annotations

from pathlib import Path

updating = False
"""Whether snapshots are written; set by the option."""


def assert_snapshot(shown: str | bytes, path: Path) -> None:
    """Assert that `shown` is the content of the file, or empty if there is no file."""
    data = shown.encode() if isinstance(shown, str) else shown
    if updating and data:
        path.write_bytes(data)
    elif updating:
        path.unlink(missing_ok=True)
    expected = path.read_bytes() if path.exists() else b""
    # As strings, for readable failures.
    assert data.decode(errors="backslashreplace") == expected.decode(errors="backslashreplace")
