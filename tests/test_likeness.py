"""Which names are near, and which of them differ only by a typo."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from validator import likeness, schemas
from validator.likeness import _BESIDE, LONGEST, Likeness, Vocabulary, distance
from validator.model.automations import TRIGGERS

_FILE = "automations-file.schema.json"
ITEM_FIELDS = [
    [
        each
        for each in schemas.at(_FILE, f"/definitions/{item}").value["properties"]
        if "_" not in each
    ]
    for item in ("task", "service")
]
VOCABULARIES = [list(TRIGGERS), *ITEM_FIELDS]

# A typo that makes another word of a name can't be recognized.
OTHER_WORDS = re.compile("^rebuild")


def named(name: str, *known: str) -> Likeness:
    """The matches among names that authors chose."""
    return Vocabulary(known, invented=True).nearest(name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("lock-database", ["unlock-database"]),
        ("unlock-database", ["lock-database"]),
        ("disable-cache", ["enable-cache"]),
        ("enable-cache", ["disable-cache"]),
        ("stop-server", ["start-server"]),
        ("restart-server", ["start-server"]),
        ("preinstall", ["postinstall"]),
        ("install", ["uninstall"]),
        ("load-data", ["unload-data"]),
        ("encode", ["decode"]),
        ("sync-files", ["async-files"]),
        ("interactive-shell", ["noninteractive-shell"]),
        ("rebuild", ["prebuild"]),
        ("rest-api", ["test-api"]),
        ("stage", ["state"]),
        ("db-14", ["db-15"]),
        ("db1", ["db2"]),
        ("node20-setup", ["node22-setup"]),
        ("v1-2", ["v12"]),
        ("build", ["build-x"]),
        ("build-web-x", ["build-web"]),
        ("job-a", ["job-s"]),
        ("web-eu", ["web-ru"]),
        ("ab", ["ac"]),
        ("db", ["dbs"]),
        ("worker", ["corker"]),
    ],
)
def test_another_word_is_no_slip(name: str, known: list[str]) -> None:
    assert not named(name, *known).slip


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("instal", "install"),
        ("instal-deps", "install-deps"),
        ("databsae", "database"),
        ("Build", "build"),
        ("build_web", "build-web"),
        ("builds", "build"),
        ("dependancies", "dependencies"),
        ("datbase-13", "database-13"),
        ("migrtae-database", "migrate-database"),
    ],
)
def test_a_slip_is_found(name: str, meant: str) -> None:
    assert named(name, "other", meant, "test") == Likeness((meant,), slip=True)


@pytest.mark.parametrize(
    ("name", "known", "names"),
    [
        ("db-14", ["db-13", "db-15", "db-24x"], ("db-13", "db-15")),
        ("buil", ["build", "built"], ("build", "built")),
        ("BUILD", ["build", "Build"], ("build", "Build")),
        ("db-14", [f"db-1{digit}" for digit in "35"] * 3, ("db-13", "db-15", "db-13")),
    ],
)
def test_names_as_near_as_each_other(name: str, known: list[str], names: tuple[str, ...]) -> None:
    assert named(name, *known) == Likeness(names)


def test_a_near_rival_makes_it_doubtful() -> None:
    """Two typos in a long name are accepted, but not if three lead to another name."""
    assert named("isntall-dependencie", "install-dependencies").slip
    assert not named("isntall-dependencie", "install-dependencies", "install-dependenc").slip


@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("preEnvironmentStart", "postEnvironmentStart"),
        ("postEnvironmentStop", "postEnvironmentStart"),
        ("rebuild", "prebuild"),
        ("Prebuild", "prebuild"),
        ("post-environment-start", "postEnvironmentStart"),
    ],
)
def test_triggers(name: str, only: str) -> None:
    found = Vocabulary(TRIGGERS).nearest(name)
    assert found.only == only
    assert found.slip == (only.lower() == name.lower().replace("-", ""))


def test_what_all_names_begin_with_is_no_likeness() -> None:
    phases = Vocabulary(["SERVICE_PHASE_RUNNING", "SERVICE_PHASE_STOPPED"])
    assert phases.nearest("running") == Likeness(("SERVICE_PHASE_RUNNING",), slip=True)
    assert phases.nearest("SERVICE_PHASE_RUNING").slip
    assert phases.nearest("SERVICE_PHASE_UNKNOWN") == Likeness()


def test_nothing_is_near() -> None:
    assert named("zebra", "build", "install") == Likeness()
    assert named("zebra") == Likeness()
    assert named("build", "build") == Likeness()
    assert named("a" * (LONGEST + 1), "a" * LONGEST) == Likeness()


def test_an_excepted_name_is_not_found() -> None:
    known = Vocabulary(["build", "bulid"], invented=True)
    assert known.nearest("biuld", but="bulid").only == "build"


def test_names_are_looked_for_as_long_as_it_takes_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A repeated look-up counts once."""
    monkeypatch.setattr(likeness, "_MOST_COMPARED", 2 * 4 * 12)
    names = Vocabulary(["abc", "abcd", "other"])
    wanted = ["abcc", "abcc", "abce", "abcf", "abcc"]
    found = [bool(names.nearest(name).names) for name in wanted]
    assert found == [True, True, True, False, True]


def test_of_too_many_names_none_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_MOST_COMPARED", 2 * 4 * 12)
    two, three = ["abcc", "abce", "abcc"], ["abcc", "abce", "abcf"]
    assert Vocabulary(["abc", "abcd", "other"], two).nearest("abcc").names
    assert not Vocabulary(["abc", "abcd", "other"], three).nearest("abcc").names


def slips(name: str) -> set[str]:
    """All single typos of a name: a letter missing, doubled, swapped, or of an adjacent key."""
    found: set[str] = set()
    for at, letter in enumerate(name):
        before, after = name[:at], name[at + 1 :]
        found |= {before + after, before + letter + letter + after}
        found.add(before + after[:1] + letter + after[1:])
        for beside in (pair[1] for pair in _BESIDE if pair[0] == letter.lower() and pair.isalpha()):
            found |= {before + beside + after, before + beside + letter + after}
    return found - {name}


@pytest.mark.parametrize("known", VOCABULARIES, ids=" ".join)
def test_every_slip_in_a_word_of_ours_is_found(known: list[str]) -> None:
    for meant in known:
        for name in slips(meant):
            rivals = [each for each in known if each != meant and distance(name, each, 1)]
            if len(meant) < 6 or name in known or rivals or OTHER_WORDS.match(name):
                continue
            assert Vocabulary(known).nearest(name) == Likeness((meant,), slip=True), name


WORDS = st.sampled_from(["build", "web", "database", "migrate", "install", "environment", "cache"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map("-".join)
OPPOSITES = st.sampled_from(
    [
        *(("pre", "post"), ("start-", "stop-"), ("start-", "restart-"), ("un", ""), ("dis", "en")),
        *(("de", ""), ("in", "out"), ("in", ""), ("non", ""), ("add-", "remove-")),
        *(("up-", "down-"), ("on-", "off-"), ("open-", "close-"), ("enable-", "disable-")),
        *(("before-", "after-"), ("min-", "max-"), ("dev-", "prod-"), ("test-", "stage-")),
        *(("re", "pre"), ("", "re")),
    ]
)


@given(name=NAMES, pair=OPPOSITES, turned=st.booleans(), end=st.booleans())
def test_no_fix_for_an_opposite(name: str, pair: tuple[str, str], turned: bool, end: bool) -> None:
    one, other = reversed(pair) if turned else pair
    if end and "-" in one + other:
        assert not named(f"{name}-{one.strip('-')}", f"{name}-{other.strip('-')}").slip
    assert not named(one + name, other + name).slip


@given(name=NAMES, one=st.integers(0, 300), other=st.integers(0, 300), dash=st.booleans())
def test_no_fix_for_another_number(name: str, one: int, other: int, dash: bool) -> None:
    assume(one != other)
    between = "-" if dash else ""
    assert not named(f"{name}{between}{one}", f"{name}{between}{other}").slip
    assert not named(name, f"{name}{between}{other}").slip


@given(data=st.data(), name=NAMES)
def test_no_fix_between_two_that_are_as_near(data: st.DataObject, name: str) -> None:
    """Two names that are one typo away from what is written."""
    near = st.sampled_from(sorted(slips(name)))
    one, other = data.draw(near), data.draw(near)
    assume(len({one, other, name}) == 3)
    separators = {each for each in (one, other) if each.replace("-", "") == name.replace("-", "")}
    assert not named(name, one, other).slip or len(separators) == 1


TEXTS = st.text("abcstdrfe-_1", max_size=12)


@given(one=TEXTS, other=TEXTS)
def test_a_distance_is_the_same_both_ways_and_within_its_bound(one: str, other: str) -> None:
    whole = distance(one, other, len(one) + len(other))
    assert whole is not None
    assert distance(other, one, whole) == whole
    assert (whole == 0) == (one == other)
    assert whole == 0 or distance(one, other, whole - 1) is None
