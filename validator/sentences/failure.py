"""Say what is lost when a task or a service fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model import graph
from validator.model.automations import Document
from validator.model.failure import Loss, dependents, loss_in, runnable
from validator.model.plan import IN_PREBUILDS, LIFE, Plan, Step
from validator.sentences.sentence import Code, Section, Sentence, listed, phrase, sentence
from validator.sentences.verbs import CYCLE, never


def sections(
    document: Document, plans: Sequence[Plan], reference: str, *, single: bool
) -> list[Section]:
    """What each of the plans that contain an automation loses when it fails.

    `single` says that only one plan was requested; otherwise they are those of all triggers, and a
    last section is about what is lost in none of them.
    """
    able = runnable(document)
    if reference not in able:
        never_runs = f"It {never(document.by_reference[reference])}: it {CYCLE}."
        title = _title(plans[0]) if single else "In no plan"
        return [Section(title, (sentence(never_runs),))]
    losses = [each for plan in plans if (each := loss_in(plan, reference)) is not None]
    found = [Section(_title(each.plan), tuple(_loss(each, reference))) for each in losses]
    if single:
        absent = sentence(Code(reference), " is not in this plan.")
        return found or [Section(_title(plans[0]), (absent,))]
    rest = able - {step.reference for each in losses for step in each.lost}
    others = [each for each in dependents(document, reference) if each in rest]
    if not losses:
        started = "it, or something that needs it," if others else "it"
        none = sentence(
            f"No trigger runs it: it fails only when somebody starts {started} by hand."
        )
        return [Section("In no plan", (none, *([_lost(others)] if others else [])))]
    return [*found, *([Section("In no plan", (_lost(others),))] if others else [])]


def _title(plan: Plan) -> str:
    for phase in LIFE:
        if phase.trigger == "manual" == plan.trigger:
            return "manual: when somebody starts something"
        if phase.trigger == plan.trigger:
            return f"{phase.trigger}: {phase.when}"
    return f"When {plan.task} is started by hand"


def _loss(loss: Loss, reference: str) -> Iterator[Sentence]:
    lost = [step.reference for step in loss.lost]
    yield _lost(lost) if lost else sentence("Nothing else in this plan waits for it.")
    # What is started by hand is started one by one.
    if loss.plan.trigger != "manual":
        # It is not documented whether a prebuild that fails runs the rest, nor whether what only
        # lost steps need still runs for them.
        needs = {step.reference: step.needs for step in loss.left}
        own = next(step.needs for step in loss.plan.steps if step.reference == reference)
        before = graph.closure(needs, own)
        started = [each.reference for each in loss.left if not each.pulled_in_by]
        may_fail = loss.plan.trigger in IN_PREBUILDS and loss.prebuild != "warns"
        wanted = set() if may_fail else graph.closure(needs, started)
        yield from _named("Runs before it: ", [each for each in needs if each in before])
        left = [each for each in needs if each not in before]
        yield from _named("Still runs: ", [each for each in left if each in wanted])
        yield from _named("Does not wait for it: ", [each for each in left if each not in wanted])
    if loss.plan.trigger in IN_PREBUILDS:
        yield _prebuild(loss, reference)


def _named(before: str, references: Sequence[str]) -> Iterator[Sentence]:
    if references:
        yield sentence(before, listed(references), ".")


def _lost(references: Sequence[str]) -> Sentence:
    """What does not run; all of it, however much it is."""
    names = [Code(reference) for reference in references]
    return sentence("Does not run: ", phrase(names, "and"), ".")


def _prebuild(loss: Loss, reference: str) -> Sentence:
    required = Code("prebuildRequiresSuccess")
    if loss.prebuild == "fails":
        return sentence("The prebuild fails: ", Code(reference), " has ", required, ".")
    if loss.prebuild == "warns":
        return sentence(
            "The prebuild only warns; with ", Code(f"{required}: true"), " it would fail."
        )
    steps = [step for step in loss.lost if step.automation.prebuild_requires_success]
    if steps and _is_task(loss, reference):
        names = [step.reference for step in steps]
        return sentence(
            "Not documented: whether the prebuild fails because ",
            listed(names),
            " with ",
            required,
            f" {'does' if len(names) == 1 else 'do'} not run.",
        )
    return sentence("Not documented: whether the prebuild fails if a service does.")


def _is_task(loss: Loss, reference: str) -> bool:
    found: list[Step] = [step for step in loss.plan.steps if step.reference == reference]
    return found[0].automation.role == "task"
