"""Say why a task or a service runs, when it does not, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model.plan import IN_PREBUILDS
from validator.model.run_explanation import Need, OccasionName, RunExplanation
from validator.sentences.sentence import Code, Section, Sentence, listed, phrase, sentence
from validator.sentences.starts import every_start, one_start
from validator.sentences.verbs import CYCLE, agreeing, also, negated, never, verb

_OCCASIONS: dict[OccasionName, str] = {
    "prebuild": "in a prebuild",
    "first-start": "when an environment starts for the first time",
    "resume": "when an environment is resumed",
    "rebuild": "when the dev container is rebuilt",
}

_NO_USER_SECRETS = sentence("In a prebuild there are no user secrets.")
_UNREAD = "Something in the file can't be read"

_PLACES = {
    "devcontainer": "in the dev container, in the workspace folder",
    "machine": "on the machine itself, outside the dev container",
}


def sections(explained: RunExplanation, *, only_direct: bool = False) -> list[Section]:
    """All that is known of the runs of an automation; every section has a sentence.

    `only_direct` says that the explanation leaves out indirect needs and dependents.
    """
    starts = [_capitalized(each) for each in every_start(explained)]
    if explained.never_runs:
        # Where it would run, what it would see and what would be lost says nothing true of it.
        found = [
            Section(f"When it {verb(explained.automation)}", (*starts, *_never_either(explained))),
            Section("What must be there first", tuple(_needs(explained))),
        ]
        return [section for section in found if section.sentences]
    found = [
        Section(f"When it {verb(explained.automation)}", (*starts, *_remarks(explained))),
        Section("What must be there first", tuple(_needs(explained))),
        Section("Where it runs, and what it sees", (_place(explained), *_secrets(explained))),
        Section(
            f"When it {negated(explained.automation)}",
            (*_absences(explained), *_undocumented(explained)),
        ),
        Section("If it fails", tuple(_failure(explained, only_direct=only_direct))),
    ]
    return [section for section in found if section.sentences]


def brief(explained: RunExplanation) -> list[Sentence]:
    """What is easily overlooked: runs for others, the lack of secrets, and when it does not run."""
    automation = explained.automation
    if explained.never_runs:
        return [sentence(f"It {never(automation)}: it {CYCLE}.")]
    itself = any(not each.path for each in explained.starts)
    in_prebuild = any(each.trigger in IN_PREBUILDS for each in explained.starts)
    if not explained.starts:
        runs = list(every_start(explained))
    else:
        runs = [one_start(each) for each in explained.starts if each.path]
    lead = f"It {also(automation) if itself else verb(automation)} "
    found = [sentence(lead, each) for each in runs]
    found += _remarks(explained)
    if in_prebuild:
        found.append(_NO_USER_SECRETS)
    found += _absences(explained)
    if in_prebuild and explained.prebuild_failure is not None:
        found += _prebuild_failure(explained)
    return found


def _capitalized(words: Sentence) -> Sentence:
    return (words[0][:1].upper() + words[0][1:], *words[1:])


def _never_either(explained: RunExplanation) -> Iterator[Sentence]:
    lost = explained.dependents
    if lost:
        verbs = agreeing(lost, "never runs: it depends", "never run: they depend")
        yield sentence(listed(lost), f" also {verbs} on it.")


def _remarks(explained: RunExplanation) -> Iterator[Sentence]:
    if not explained.complete:
        some = explained.starts or explained.by_hand
        known = "more may start it" if some else "it is not known what starts it"
        yield sentence(f"{_UNREAD}, so {known}.")
    in_prebuild = any(each.trigger in IN_PREBUILDS for each in explained.starts)
    service = explained.automation.role == "service"
    if in_prebuild and service and "ready" in explained.automation.commands:
        yield sentence("A prebuild waits for its ", Code("ready"), " before it takes the snapshot.")


def _needs(explained: RunExplanation) -> Iterator[Sentence]:
    direct = [each for each in explained.needs if each.direct]
    if explained.automation.role == "service":
        yield sentence(
            "Nothing: services have no dependencies. A service that must wait for something waits "
            "in its ",
            Code("start"),
            " command.",
        )
        return
    if not direct and not explained.unknown:
        if explained.automation.refused and not explained.complete:
            yield sentence("Something in it can't be read, so it is not known what it needs.")
        else:
            yield sentence("Nothing: it needs no other task or service.")
        return
    for until in dict.fromkeys(map(_until, direct)):
        yield _need(until, [each.reference for each in direct if _until(each) == until])
    if explained.unknown:
        missing = "Not in the file" if explained.complete else "Not in the file, or can't be read"
        yield sentence(f"{missing}: ", listed(explained.unknown), ".")
    indirect = [each.reference for each in explained.needs if not each.direct]
    # Services need nothing.
    needing = [each.reference for each in direct if each.until == "ended"]
    if indirect and len(needing) == 1:
        yield sentence(Code(needing[0]), " in turn needs ", listed(indirect), ".")
    elif indirect:
        yield sentence("These tasks in turn need ", listed(indirect), ".")
    tasks = [each.reference for each in explained.needs if each.until == "ended"]
    if tasks and not explained.never_runs:
        verbs = agreeing(tasks, "runs", "run")
        yield sentence(listed(tasks), f" {verbs} again each time that this task runs.")


def _errors(*, one: bool = True) -> str:
    """From what tasks or services with errors lack, nothing follows: the field may be misspelt."""
    return f"{'has' if one else 'have'} errors, so it is not known"


def _until(need: Need) -> str:
    """What a need must have done; "" if its errors keep that from being known."""
    return "" if need.until == "started" and need.automation.refused else need.until


def _need(until: str, references: Sequence[str]) -> Sentence:
    """What must be true of tasks or services that are needed."""
    names = listed(references)
    one = len(references) == 1
    if until == "ended":
        tasks = "The task " if one else "The tasks "
        return sentence(tasks, names, " must have ended without failing.")
    services = "The service " if one else "The services "
    ready = Code("ready")
    if until == "ready":
        which = ["its ", ready, " command"] if one else ["the ", ready, " command of each"]
        run = ", which is run once a second, has exited with 0."
        return sentence(services, names, " must be ready: ", which, run)
    if not until:
        them, each = ("it", "it") if one else ("they", "each of them")
        has = f" must have been started; {them} {_errors(one=one)} whether {each} has a "
        return sentence(services, names, has, ready, " command.")
    has, counts = ("it has", "it counts") if one else ("they have", "they count")
    no_ready = [f" must have been started; {has} no ", ready, f" command, so {counts}"]
    return sentence(services, names, no_ready, " as ready at once.")


def _place(explained: RunExplanation) -> Sentence:
    if explained.automation.refused and explained.place == "devcontainer":
        return sentence(f"It {_errors()} where it runs.")
    where = f"It runs {_PLACES.get(explained.place, 'in a container of its own')}"
    if explained.image:
        return sentence(where, ", made from the image ", Code(explained.image), ".")
    early = any(each.trigger == "postMachineStart" for each in explained.starts)
    if early and explained.place == "devcontainer":
        return sentence(
            where, "; ", Code("postMachineStart"), " fires before the container is ready."
        )
    return sentence(f"{where}.")


def _secrets(explained: RunExplanation) -> list[Sentence]:
    bare = [each for each in explained.starts if not each.user_secrets]
    if explained.place != "devcontainer":
        missing = [_NO_USER_SECRETS] if bare else []
        return [*missing, sentence("Not documented: which secrets it sees there.")]
    if not bare:
        # A trigger that can't be read may be that of a prebuild, and another may fire in one.
        in_prebuild = next(each.runs for each in explained.occasions if each.name == "prebuild")
        never = explained.complete and in_prebuild is False
        user = "and the user" if never else "and, outside prebuilds, the user"
        return [sentence(f"It sees the secrets of the organization, the project {user}.")]
    shown = "In a prebuild it sees the secrets of the organization and the project, not the user's"
    everywhere = len(bare) == len(explained.starts)
    return [sentence(shown, "." if everywhere else "; elsewhere it sees all of these.")]


def _absences(explained: RunExplanation) -> Iterator[Sentence]:
    if not explained.complete or not explained.starts or explained.never_runs:
        return
    automation = explained.automation
    by_hand = [each for each in explained.starts if each.trigger == "manual"]
    absent = [each.name for each in explained.occasions if each.runs is False]
    # Also what a trigger runs can be started by hand.
    needing = " or something that needs it" if explained.dependents else ""
    if len(absent) == len(explained.occasions):
        yield sentence(f"It {never(automation)} by itself: only when somebody starts it{needing}.")
        return
    where = phrase([_OCCASIONS[each] for each in absent], "or")
    if set(absent) == _OCCASIONS.keys() - {"prebuild"}:
        where = ["in the environments of users"]
        if by_hand:
            where.append(f", only when somebody starts it{needing}")
    if absent:
        yield sentence(f"It {negated(automation)} by itself ", where, ".")


def _undocumented(explained: RunExplanation) -> Iterator[Sentence]:
    if not explained.complete or explained.never_runs:
        return
    automation = explained.automation
    open_ = [_OCCASIONS[each.name] for each in explained.occasions if each.runs is None]
    if open_:
        yield sentence(f"Not documented: whether it {also(automation)} ", phrase(open_, "or"), ".")


def _failure(explained: RunExplanation, *, only_direct: bool) -> Iterator[Sentence]:
    lost = list(explained.dependents)
    if not lost and not explained.complete:
        yield sentence(f"{_UNREAD}, so it is not known what depends on it.")
    elif not lost:
        yield sentence("Nothing depends on it.")
    elif only_direct:
        does, them = ("does", "it") if len(lost) == 1 else ("do", "them")
        yield sentence(listed(lost), f" {does} not run, nor what needs {them}.")
    else:
        verbs = agreeing(lost, "does not run: it depends", "do not run: they depend")
        yield sentence(listed(lost), f" {verbs} on it.")
    yield from _prebuild_failure(explained)


def _prebuild_failure(explained: RunExplanation) -> Iterator[Sentence]:
    if explained.prebuild_failure == "fails":
        yield sentence(
            "A prebuild fails if this task fails or is stopped: it has ",
            Code("prebuildRequiresSuccess"),
            ".",
        )
    elif explained.prebuild_failure == "warns" and explained.automation.refused:
        yield sentence(f"It {_errors()} whether a prebuild fails if it does.")
    elif explained.prebuild_failure == "warns":
        yield sentence(
            "A prebuild only warns if this task fails or is stopped; with ",
            Code("prebuildRequiresSuccess: true"),
            " it would fail.",
        )
    elif any(each.trigger in IN_PREBUILDS for each in explained.starts):
        if explained.automation.role == "service":
            yield sentence("Not documented: whether a prebuild fails if this service does.")
            return
        yield sentence(
            "Not documented: whether a prebuild fails if this task does, because one with ",
            Code("prebuildRequiresSuccess"),
            " then does not run.",
        )
