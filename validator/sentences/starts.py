"""Say what starts a task or a service, and through whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model.run_explanation import RunExplanation, Start
from validator.sentences.sentence import Code, Sentence, listed, sentence
from validator.sentences.verbs import CYCLE, agreeing

_WHEN = {
    "prebuild": "during a prebuild",
    "beforeSnapshot": "in a prebuild, once all of its tasks are complete, before the snapshot",
    "postMachineStart": "after the machine has started, before the dev container is ready",
    "postEnvironmentStart": "every time the environment has started or resumed",
    "postDevcontainerStart": (
        "after the dev container has started, at the first start and after a rebuild"
    ),
}


def every_start(explained: RunExplanation) -> Iterator[Sentence]:
    """When an automation runs, as sentences without their subject and verb."""
    if explained.never_runs:
        yield sentence(f"never: it {CYCLE}.")
        return
    for start in explained.starts:
        yield one_start(start)
    if not explained.starts and explained.complete:
        by_hand = "only when somebody starts it from the command line"
        if not explained.by_hand:
            yield sentence(f"{by_hand}: no trigger starts it.")
            return
        needing = listed(explained.by_hand)
        yield sentence(
            f"{by_hand}, or something that needs it: ", needing, ". No trigger starts any of them."
        )
    elif explained.by_hand:
        when = "from the command line, when somebody starts something that needs it: "
        yield sentence(when, listed(explained.by_hand), ".")


def one_start(start: Start) -> Sentence:
    """When a trigger fires, and how this leads to the automation, as such a sentence."""
    if start.trigger == "manual":
        return _manual_start(start)
    fired = sentence(_WHEN[start.trigger], [" (", Code(start.trigger), ")"], _because(start.path))
    others = [each for each in start.needed_by if each not in start.path[-1:]]
    if not others:
        return sentence(fired, ".")
    return sentence(fired, ". ", listed(others), agreeing(others, " needs it", " need it"), " too.")


def _manual_start(start: Start) -> Sentence:
    trigger = [" (", Code(start.trigger), ")"]
    needed_by = listed(start.needed_by)
    by_hand = " with a button or from the command line"
    if not start.path:
        fired = sentence("when somebody starts it", by_hand, trigger)
        if not needed_by:
            return sentence(fired, ".")
        return sentence(fired, ", or something that needs it: ", needed_by, ".")
    if len(start.path) == 1:
        return sentence(
            "when somebody starts something that needs it", trigger, ": ", needed_by, "."
        )
    # There may be others: only one shortest path is known.
    such = ["when somebody starts something that needs it, such as ", Code(start.path[0])]
    return sentence(such, trigger, ": ", _because(start.path)[1:], ".")


def _because(path: Sequence[str]) -> list[str]:
    """How a trigger leads to an automation that it does not start itself."""
    if not path:
        return []
    first, last, between = path[0], path[-1], len(path) - 2
    because = [", because ", Code(last), " needs it"]
    if len(path) > 1:
        because += [", and ", Code(first), " needs ", Code(last)]
    if between == 1:
        because += [" through ", Code(path[1])]
    elif between > 1:
        because.append(f" through {between:,} others")
    return because
