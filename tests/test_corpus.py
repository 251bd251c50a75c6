"""Real files: no false positive for accepted files, no false negative for rejected ones."""

import pytest

from tests.corpus import FOLDER, needs_corpus, verdicts
from validator import Severity, check_file

# For each rejected file the line that a person would fix first, and the mistake there, determined
# by hand.
FIRST = {
    "config-Dobeu-Tech-Solutions__dobeucloud.yaml": (2, "wrong-type"),
    "config-Yasser1728__tec-ecosystem.yaml": (1, "other-format"),
    "gitpod-1N3__Sn1per.yaml": (3, "wrong-type"),
    "gitpod-Blaqnificent__saa-prep.yaml": (3, "yaml-syntax"),
    "gitpod-FLI-Golf__FLI-Data-Room.yaml": (16, "unknown-field"),
    "gitpod-HACKLOVE340__HOPEFX-AI-TRADING.yaml": (8, "unknown-field"),
    "gitpod-Jaz-spec__Claude-test.yaml": (4, "unknown-field"),
    "gitpod-Standlt__hw1.yaml": (14, "yaml-syntax"),
    "gitpod-balasus1__manifest-generator.yaml": (1, "unknown-field"),
    "gitpod-jespino__live-ai-pool-app.yaml": (2, "unknown-field"),
    "gitpod-johnrobertwood__AWS-Examples.yaml": (2, "wrong-type"),
    "ona-7ing7ing__aws-bootcamp-cruddur-2026.yaml": (15, "unknown-field"),
    "ona-AutomationSe__travelapplogsfile.yaml": (3, "other-format"),
    "ona-PRAKASH3794__cicd_java_microservices.yaml": (2, "unknown-field"),
    "ona-Web4Jobs__boilerplate-mean-variance-standard-deviation-calculator.yaml": (
        6,
        "invalid-value",
    ),
    "ona-appsefilepro-cell__Private-Claude.yaml": (2, "other-format"),
    "ona-ctyano__athenz-distribution.yaml": (4, "missing-field"),
}


@needs_corpus
def test_every_refused_file_has_an_expectation() -> None:
    assert {name for name, accepted in verdicts().items() if not accepted} == FIRST.keys()
    assert len(verdicts()) == 115


@pytest.mark.parametrize("name", [name for name, accepted in verdicts().items() if accepted])
def test_no_error_on_an_accepted_file(name: str) -> None:
    report = check_file(FOLDER / name)
    assert [each for each in report.findings if each.severity == Severity.ERROR] == []


@needs_corpus
@pytest.mark.parametrize("name", FIRST)
def test_the_first_error_is_where_a_person_would_mend_the_file(name: str) -> None:
    errors = [
        each for each in check_file(FOLDER / name).findings if each.severity == Severity.ERROR
    ]
    assert errors[0].place is not None
    assert (errors[0].place.start.line, errors[0].rule) == FIRST[name]


@needs_corpus
@pytest.mark.parametrize("name", verdicts())
def test_findings_lie_inside_the_text_and_in_order(name: str) -> None:
    report = check_file(FOLDER / name)
    places = [each.place for each in report.findings]
    assert all(place is not None for place in places)
    spans = [(place.start.offset, place.end.offset) for place in places if place is not None]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(report.text.value) for start, end in spans)
