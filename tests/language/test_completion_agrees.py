"""Whatever the platform accepts is offered at its place, and choosing it changes nothing."""

from tests.language.test_outline_agrees import places
from tests.language.test_robust import FIXTURE_TEXTS, REAL_TEXTS
from validator import Severity, check_text
from validator.language.cursor.cursor import cursor
from validator.language.features.completion import complete
from validator.language.snapshot import View
from validator.model.automations import SPELLINGS


def is_sound(text: str) -> bool:
    report = check_text(text)
    return report.kind == "automations-file" and report.worst in (None, Severity.HINT)


VIEWS = [
    View.of(text) for text in FIXTURE_TEXTS + REAL_TEXTS if "!!" not in text and is_sound(text)
]
FREE_TEXT = {"name", "description", "command", "start", "ready", "stop", "image", "environment"}


def is_offered(view: View, offset: int) -> bool:
    """Whether completion offers what is at an offset."""
    here = cursor(view.text, offset)
    if here.kind == "key":
        # References are free; and of two places to run at, one is null.
        return len(here.path) != 1 and here.path[-1:] not in (("runsOn",), ("runs_on",))
    return here.path[-1] not in FREE_TEXT | {"readinessTimeout", "readiness_timeout"}


def test_all_that_is_there_is_offered_there() -> None:
    asked = 0
    for view in VIEWS:
        text = view.text.value
        for offset, kind, _ in places(view.document.root, (), text):
            if kind == "script" or not is_offered(view, offset):
                continue
            here = cursor(view.text, offset)
            found = {each.label: each for each in complete(view, offset)}
            shown = text[:offset] + "‸" + text[offset:]
            # YAML has more words for null, true and false than are offered.
            others = ("", "~", "null", "yes", "no", "on", "off", "true", "false")
            if here.word.lower() in others and here.word not in ("true", "false"):
                continue
            label = here.word if here.word in found else SPELLINGS.get(here.word, "")
            assert label in found, shown
            asked += 1
            if here.word == label:
                assert found[label].span == here.span
                assert found[label].text == text[slice(*here.span)], shown
    assert asked > 500
