from tests.reports import TEXT, report
from validator import check_file
from validator.fingerprint import fingerprints


def test_lines_that_move_and_indentation_change_nothing() -> None:
    before = fingerprints(report())
    assert len(set(before)) == len(before) == 1
    assert fingerprints(report("# a comment\n\n" + TEXT)) == before
    assert fingerprints(report(TEXT.replace("\n", "\r\n").replace("    ", "      "))) == before
    assert fingerprints(report(path="elsewhere/b.yaml")) == before


def test_another_rule_place_or_content_is_another_finding() -> None:
    texts = [
        TEXT,
        TEXT.replace("comand", "commnd"),
        TEXT.replace("build:", "make:"),
        TEXT.replace("comand: make", "command: 1"),
    ]
    found = [fingerprints(report(text))[0] for text in texts]
    assert len(set(found)) == len(texts)


def test_equal_findings_are_told_apart_by_their_number() -> None:
    found = report("tasks:\n  a: {}\n  a: {}\n  a: {}\n")
    repeated = [each.pointer for each in found.findings if each.rule == "duplicate-key"]
    assert len(repeated) == 2
    assert len(set(repeated)) == 1
    assert len(set(fingerprints(found))) == len(found.findings)


def test_a_file_without_a_text_has_one_too() -> None:
    assert len(fingerprints(check_file("missing.yaml"))) == 1
