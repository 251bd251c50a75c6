from typing import Any

import pytest

from validator import Edit, Finding, Report, Severity, Span, check_text, fixer
from validator.editing.composition import apply
from validator.finding import Fix
from validator.fixer import fix_text


def test_apply_in_any_order() -> None:
    edits = [Edit(Span(4, 5), "Y"), Edit(Span(0, 1), ""), Edit(Span(2, 2), "+")]
    assert apply("a b c", edits) == " +b Y"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])


def test_more_findings_than_are_shown_are_fixed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    item = "  t{}: {{name: T, command: t, triggered_by: [manual]}}\n"
    text = "tasks:\n" + "".join(item.format(number) for number in range(3_000))
    checks: list[str] = []
    real = check_text

    def counted(text: str, **options: Any) -> Report:
        checks.append(text)
        return real(text, **options)

    monkeypatch.setattr(fixer, "check_text", counted)
    fixed = fix_text(text)
    assert fixed.text == text.replace("triggered_by", "triggeredBy")
    assert (fixed.count, fixed.report.findings, len(checks)) == (3_000, (), 2)


def test_what_goes_with_another_fix_is_counted() -> None:
    """Two findings suggest removing an entry: the number fixed is the number announced."""
    item = "  build: {name: B, command: make, triggeredBy: [manual], dependsOn: ["
    fixed = fix_text(f"tasks:\n{item}build, build]}}\n")
    assert (fixed.text, fixed.count) == (f"tasks:\n{item}]}}\n", 3)


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

    monkeypatch.setattr(fixer, "check_text", spoiled)
    fixed = fix_text(text)
    assert fixed.count == 499
    assert "t77: {name: T, command: t, triggered_by" in fixed.text
    assert fixed.text.count("triggered_by") == 1


def test_the_fix_to_make_without_asking() -> None:
    """A safe one first; none of several unsafe ones, since only the author knows which is meant."""
    safe, one, other = Fix("safe", ()), Fix("one", (), safe=False), Fix("other", (), safe=False)
    finding = Finding("yaml-syntax", Severity.ERROR, "", None)
    for fixes, asked, unasked in (
        ((), None, None),
        ((one,), one, None),
        ((one, other), None, None),
        ((one, safe, other), safe, safe),
    ):
        assert finding._replace(fixes=fixes).fix(unsafe=True) == asked
        assert finding._replace(fixes=fixes).fix() == unasked
