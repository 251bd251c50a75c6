import os
import stat
from pathlib import Path
from typing import Any

import pytest

from validator import Edit, Finding, Report, Severity, Span, check_text, fixing
from validator.fixing import apply, fix_text, replace_file


def test_apply_in_any_order() -> None:
    edits = [Edit(Span(4, 5), "Y"), Edit(Span(0, 1), ""), Edit(Span(2, 2), "+")]
    assert apply("a b c", edits) == " +b Y"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])


def test_a_file_is_replaced_with_its_mode_encoding_and_link(tmp_path: Path) -> None:
    path = tmp_path / "real.yaml"
    before = "\ufeffa: é\r\n".encode("utf-16-le")
    path.write_bytes(before)
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert replace_file(str(link), "a: 日\r\n", before)
    assert path.read_bytes() == "\ufeffa: 日\r\n".encode("utf-16-le")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_a_file_that_has_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("newer")
    assert not replace_file(str(path), "mine", b"older")
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
        replace_file(str(path), "after", b"before")
    assert path.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_more_findings_than_are_shown_are_fixed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    item = "  t{}: {{name: T, command: t, triggered_by: [manual]}}\n"
    text = "tasks:\n" + "".join(item.format(number) for number in range(3_000))
    checks: list[str] = []
    real = check_text

    def counted(text: str, **options: Any) -> Report:
        checks.append(text)
        return real(text, **options)

    monkeypatch.setattr(fixing, "check_text", counted)
    fixed = fix_text(text)
    assert fixed.text == text.replace("triggered_by", "triggeredBy")
    assert (fixed.count, fixed.report.findings, len(checks)) == (3_000, (), 2)


def test_the_fix_that_spoils_a_text_is_found_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    item = "  t{}: {{name: T, command: t, triggered_by: [manual]}}\n"
    text = "tasks:\n" + "".join(item.format(number) for number in range(500))
    real = check_text

    def spoiled(text: str, **options: Any) -> Report:
        report = real(text, **options)
        if "t77: {name: T, command: t, triggeredBy" not in text:
            return report
        crash = Finding("yaml-syntax", Severity.ERROR, "spoiled", None)
        return report.replace(findings=(crash, *report.findings))

    monkeypatch.setattr(fixing, "check_text", spoiled)
    fixed = fix_text(text)
    assert fixed.count == 499
    assert "t77: {name: T, command: t, triggered_by" in fixed.text
    assert fixed.text.count("triggered_by") == 1
