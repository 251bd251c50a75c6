"""Triggers for different repositories do not overlap."""

import pytest

from tests.rules.test_rules import FIXTURES
from validator import check_text

PROJECTS = (FIXTURES / "overlapping-triggers/good-different-projects.yaml").read_text("utf-8")
CLASS = "environmentClassId: 019d8bf4-3c1f-7e20-8a4b-5d6e7f8091a2"
PART = "      {name}:\n        projectIds:\n          - {entry}\n"
FIRST, SECOND = "019d8bf4-1ded-7317-be2f-555e8fb55ff9", "019d8bf4-2b3c-7a55-9d1e-0c4f6a8e7b21"


def with_repositories(*urls: str) -> str:
    text = PROJECTS
    for old, url in zip((FIRST, SECOND), urls, strict=True):
        part = PART.format(name="projects", entry=old)
        assert part in text
        new = (
            f"      repositories:\n        {CLASS}\n        repositoryUrls:\n"
            f"          repoUrls:\n            - {url}\n"
        )
        text = text.replace(part, new)
    return text


ONE, OTHER = "https://git.acme.dev/shop.git", "https://git.acme.dev/tools"


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ((ONE, OTHER), []),
        ((ONE, ONE), ["overlapping-triggers"]),
    ],
)
def test_different_repositories(urls: tuple[str, str], expected: list[str]) -> None:
    report = check_text(with_repositories(*urls), kind="workflow-file")
    assert [finding.rule for finding in report.findings] == expected
