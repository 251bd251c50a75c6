"""The entry point of the command, before anything of the package is used."""

import pytest

import validator
from validator.cli import INTERNAL
from validator.cli.entry import run


def test_another_package_in_the_place_of_this_one_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(validator, "__all__", ["validate"])
    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == INTERNAL == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Error: another package that is named `validator` too is installed")
    assert shown.err.count("\n") == 1
