"""The language features for AI automations: completion, hover, outline, folding and colours."""

from __future__ import annotations

import re

import pytest

from tests.language.marked import cursor
from tests.language.test_symbols import check_nesting, tree
from validator import check_text
from validator.language.features.completion import complete
from validator.language.features.folding import folds
from validator.language.features.hover import hover
from validator.language.features.semantic_tokens import semantic_tokens
from validator.language.features.symbols import matching, symbols
from validator.language.snapshot import View
from validator.parsing.text import Text

PATH = ".ona/automations/nightly.yaml"
FILE = """\
name: Nightly
triggers:
  - context:
      projects: {}
    time:
      cronExpression: 0 9 * * 1
  - pullRequest:
      events: [PULL_REQUEST_EVENT_OPENED]
      webhookId: 2f9c6b1e-84d7-4a05-b3e8-0d7a5c19f624
    context: {fromTrigger: {}}
action:
  limits: {maxParallel: 1, maxTotal: 10, perExecution: {maxTime: 5400s}}
  steps:
    - task:
        command: |
          npm ci # all
    - agent:
        prompt: |

          Fix what is broken.
          Then stop.
"""

OFFERED = {
    "‸": "name triggers action description report executor agentId codexSettings",
    "name: x\ntriggers:\n  ‸": "manual time pullRequest context",
    "triggers:\n  - ‸": "manual time pullRequest context",
    "triggers:\n  - ‸\n    context: {}\n": "manual time pullRequest",
    "triggers:\n  - ‸\n    time: {}\n": "context",
    "triggers:\n  - manual: {}\n    ‸": "context",
    "triggers:\n  - context:\n      ‸": "projects repositories agent fromTrigger",
    "triggers:\n  - context:\n      projects: {}\n      ‸": "",
    "triggers:\n  - time:\n      ‸": "cronExpression",
    "action:\n  limits:\n    max_total: 1\n    ‸": "maxParallel perExecution",
    "action:\n  steps:\n    - ‸": "task agent pullRequest report",
    "action:\n  steps:\n    - agent: {prompt: x}\n    ‸": "task agent pullRequest report",
    "action:\n  steps:\n  - task:\n      ‸": "command",
    "action:\n  steps:\n    - pullRequest:\n        draft: ‸": "true false",
    "action:\n  steps:\n    - report:\n        outputs:\n          - prompt: x\n            ‸": (
        "key title string integer float boolean acceptanceCriteria"
    ),
    "report:\n  steps:\n    - ‸": "task agent pullRequest report",
}


@pytest.mark.parametrize("marked", OFFERED)
def test_completion(marked: str) -> None:
    view, offset = cursor(marked, path=PATH)
    assert [each.label for each in complete(view, offset)] == OFFERED[marked].split()


def test_completion_of_events_leaves_out_those_that_are_there() -> None:
    marked = FILE.replace("EVENT_OPENED]", "EVENT_OPENED, ‸]")
    view, offset = cursor(marked, path=PATH)
    names = [each.label.removeprefix("PULL_REQUEST_EVENT_") for each in complete(view, offset)]
    assert names[:3] == ["UPDATED", "APPROVED", "MERGED"]
    assert "UNSPECIFIED" not in names


@pytest.mark.parametrize("before", ["triggers:\n  ", "triggers:\n  - "])
def test_a_completed_entry_is_indented_below_its_dash(before: str) -> None:
    view, offset = cursor(f"{before}‸", path=PATH)
    (made,) = (each for each in complete(view, offset) if each.label == "time")
    text = view.text.value[: made.span.start] + made.text + view.text.value[made.span.end :]
    assert text == "triggers:\n  - time:\n      "


def said(word: str) -> str:
    at = FILE.index(word)
    view, offset = cursor(FILE[: at + 1] + "‸" + FILE[at + 1 :], path=PATH)
    found = hover(view, offset)
    assert found is not None
    return found.text.plain


def test_hover_says_a_cron_expression_in_words_and_its_next_runs() -> None:
    first, *runs = filter(None, said("0 9").splitlines())
    assert first == "`0 9 * * 1`: at 09:00 on Monday"
    assert len(runs) == 3
    assert all(re.fullmatch(r"- Mon \d{4}-\d\d-\d\d 09:00 UTC", run) for run in runs)


def test_hover_describes_fields_and_values() -> None:
    assert said("5400s") == "`5400s`: 1 hour 30 minutes"
    assert said("maxParallel").startswith("`maxParallel`: maximum in parallel, required\n")
    assert said("time:").startswith("`time`\n\nStart the automation at certain times.")
    assert said("PULL_REQUEST_EVENT").endswith(": a pull request was opened")


def test_hover_says_nothing_of_an_expression_that_is_not_valid() -> None:
    view, offset = cursor("triggers:\n  - time:\n      cronExpression: 61 ‸* * * *\n", path=PATH)
    assert hover(view, offset) is None


def test_outline() -> None:
    view = View.of(FILE, PATH)
    found = symbols(view)
    check_nesting(found, 0, len(FILE))
    lines = tree(found)
    assert "section name (Nightly)" in lines
    assert "  field time (0 9 * * 1)" in lines
    assert "  field pullRequest" in lines
    assert "    field task (npm ci # all)" in lines
    assert "    field agent (Fix what is broken.)" in lines
    # The search over files is for tasks and services.
    assert matching(view, "") == ()


def test_an_entry_at_an_anchor_is_only_where_it_is_written() -> None:
    text = FILE.replace("  - pullRequest:", "  - &a\n    pullRequest:").replace(
        "action:", "  - *a\naction:"
    )
    view = View.of(text, PATH)
    check_nesting(symbols(view), 0, len(text))
    assert [line for line in tree(symbols(view)) if line.startswith("  field pullRequest")] == [
        "  field pullRequest"
    ]


def test_folding_and_colours() -> None:
    folded = {
        FILE[each.span.start : each.span.end].partition("\n")[0] for each in folds(Text(FILE))
    }
    assert {"triggers:", "action:", "  steps:", "    - agent:", "        prompt: |"} <= folded
    found = {FILE[each.span.start : each.span.end] for each in semantic_tokens(View.of(FILE, PATH))}
    assert {"npm", "# all"} <= found
    assert not any("Fix" in each for each in found)


def test_the_kind_follows_the_path_the_content_and_the_configuration() -> None:
    assert View.of("", PATH).kind == "workflow-file"
    assert View.of(FILE).kind == "workflow-file"
    assert View.of("name: x\n").kind == "automations-file"
    assert View.of("tasks: {a: {name: A, command: a}}\n", PATH).kind == "automations-file"
    assert View.of("name: x\n", kind="workflow-file").kind == "workflow-file"
    # A half typed text is of the same kind.
    assert View.of(FILE + "  - [", previous=seen(View.of(FILE))).kind == "workflow-file"


def seen(view: View) -> View:
    assert view.document is not None
    return view


def test_the_example_has_no_findings() -> None:
    assert check_text(FILE, path=PATH).findings == ()
