"""Invariants of fixes for any file: real files and fixtures, with mutations."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.oracle import accepts
from validator import check_text
from validator.editing.composition import apply
from validator.fixer import Fixed, fix_text
from validator.parsing.text import MARKER, decode

FIXTURES = Path(__file__).parents[1] / "fixtures"
PATHS = [FOLDER / name for name in verdicts()] or sorted(FIXTURES.rglob("*.yaml"))
TEXTS = [text for text, problem in (decode(path.read_bytes()) for path in PATHS) if not problem]

# Typos and habits from other formats: replacements of words.
MUTATIONS = [
    ("triggeredBy", "triggers"),
    ("triggeredBy", "triggered_by"),
    ("dependsOn", "depends"),
    ("command:", "comand:"),
    ("command:", "init:"),
    ("name:", "nmae:"),
    ("      ready:", "    ready:"),
    ("      start:", "    start:"),
    ("commands:\n", ""),
    ("postDevcontainerStart", "postDevContainerStart"),
    ("postEnvironmentStart", "post_environment_start"),
    ("manual", "manual\n      - manual"),
    ("\n", "\r\n"),
    ("name: ", "name: 1.0 # "),
    ("tasks:\n  ", "tasks:\n  - "),
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    for old, new in draw(st.lists(st.sampled_from(MUTATIONS), max_size=4)):
        places = text.count(old)
        if places:
            first = draw(st.integers(0, places - 1))
            pieces = text.split(old)
            text = old.join(pieces[: first + 1]) + new + old.join(pieces[first + 1 :])
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text


@settings(max_examples=300, deadline=None)
@given(texts(), st.booleans())
def test_fixing_twice_is_fixing_once(text: str, unsafe: bool) -> None:
    once = fix_text(text, unsafe=unsafe)
    assert fix_text(once.text, unsafe=unsafe).text == once.text
    mark = "\ufeff" * text.startswith("\ufeff")
    assert mark + apply(text.removeprefix("\ufeff"), list(once.edits)) == once.text


@settings(max_examples=200, deadline=None)
@given(texts())
def test_every_character_outside_the_edits_stays(text: str) -> None:
    """A single fix keeps the text before, between and after its edits."""
    report = check_text(text)
    characters = report.text.value
    for finding in report.findings:
        for fix in finding.fixes:
            edits = sorted(fix.edits)
            after = apply(characters, list(edits))
            at = 0
            for edit in edits:
                kept = characters[at : edit.span.start]
                assert after.startswith(kept)
                after = after[len(kept) + len(edit.text) :]
                at = edit.span.end
            assert after == characters[at:]


@st.composite
def commented(draw: st.DrawFn) -> str:
    """A file with mistakes and comments of all kinds, each comment with a unique text."""
    lines = draw(texts()).removeprefix("\ufeff").splitlines(keepends=True)
    for number in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(len(lines) - 1, 0)))
        line = lines[at] if lines else "\n"
        content = line.rstrip("\r\n")
        end = line[len(content) :]
        comment = f"# comment {number}"
        if draw(st.booleans()):
            lines[at : at + 1] = [f"{content} {comment}{end}"]
        else:
            indentation = " " * draw(st.sampled_from([0, 2, 4, 6]))
            if draw(st.booleans()):
                indentation = content[: len(content) - len(content.lstrip())]
            lines[at:at] = [f"{indentation}{comment}{end or chr(10)}"]
    return "".join(lines)


def comments(text: str) -> Counter[str]:
    """The comments of a YAML text: what follows a `#` outside of its tokens."""
    found: list[str] = []
    at = 0
    for token in [*yaml.scan(text), None]:
        start = len(text) if token is None else token.start_mark.index
        found += re.findall(r"(?<!\S)#[^\r\n]*", text[at:start])
        if token is None:
            break
        at = max(at, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            # A comment may follow the header of a block.
            found += re.findall(r"\A[|>]\S*[ \t]+(#[^\r\n]*)", text[start:at])
    # Comments for this program may be removed.
    return Counter(each.rstrip() for each in found if MARKER not in each)


def in_scripts(text: str) -> Counter[str]:
    """The lines of scalars that a shell takes for comments."""
    scalars = (token.value for token in yaml.scan(text) if isinstance(token, yaml.ScalarToken))
    lines = (line.strip() for scalar in scalars for line in scalar.splitlines())
    return Counter(line for line in lines if line.startswith("#"))


def can_be_read(text: str) -> bool:
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return False
    return True


def assert_no_comment_is_lost(text: str, after: str) -> None:
    try:
        before = comments(text)
        scripts = in_scripts(text)
    except yaml.YAMLError:
        reject()
    if not can_be_read(after):
        # One of several syntax errors is fixed: its comments are not known yet.
        assert not can_be_read(text)
        reject()
    # A comment on a script moves into it when the script is merged into another.
    assert not before - (comments(after) + (in_scripts(after) - scripts)), after
    assert not scripts - (in_scripts(after) + comments(after)), after


@settings(max_examples=200, deadline=None)
@given(commented(), st.booleans())
def test_no_comment_is_lost(text: str, unsafe: bool) -> None:
    assert_no_comment_is_lost(text, fix_text(text, unsafe=unsafe).text)


@settings(max_examples=100, deadline=None)
@given(commented())
def test_no_fix_loses_a_comment(text: str) -> None:
    """Each fix individually, as editors offer them."""
    for finding in check_text(text).findings:
        if finding.rule not in ("yaml-syntax", "unused-suppression", "invalid-suppression"):
            for fix in finding.fixes:
                assert_no_comment_is_lost(text, apply(text, list(fix.edits)))


@settings(max_examples=200, deadline=None)
@given(texts())
def test_what_can_be_read_stays_readable(text: str) -> None:
    if can_be_read(text):
        assert can_be_read(fix_text(text, unsafe=True).text)


# Each rejected file in which all mistakes can be fixed. The others are of another format, or have
# misplaced lines that only their authors can correct.
FIXABLE = {
    "config-Dobeu-Tech-Solutions__dobeucloud.yaml",
    "gitpod-1N3__Sn1per.yaml",
    "gitpod-FLI-Golf__FLI-Data-Room.yaml",
    "gitpod-HACKLOVE340__HOPEFX-AI-TRADING.yaml",
    "gitpod-Jaz-spec__Claude-test.yaml",
    "gitpod-balasus1__manifest-generator.yaml",
    "gitpod-jespino__live-ai-pool-app.yaml",
    "gitpod-johnrobertwood__AWS-Examples.yaml",
    "ona-7ing7ing__aws-bootcamp-cruddur-2026.yaml",
    "ona-PRAKASH3794__cicd_java_microservices.yaml",
    "ona-Web4Jobs__boilerplate-mean-variance-standard-deviation-calculator.yaml",
    "ona-ctyano__athenz-distribution.yaml",
}


def fixed(name: str) -> Fixed:
    return fix_text((FOLDER / name).read_bytes().decode(), unsafe=True)


@needs_corpus
@pytest.mark.parametrize("name", sorted(FIXABLE))
def test_the_platform_accepts_a_file_after_its_fixes(name: str) -> None:
    after = fixed(name)
    assert after.count
    assert after.report.ok
    assert accepts("automations-file", yaml.safe_load(after.text))


@pytest.mark.parametrize("name", [name for name, accepted in verdicts().items() if accepted])
def test_an_accepted_file_stays_accepted(name: str) -> None:
    assert accepts("automations-file", yaml.safe_load(fixed(name).text))


@pytest.mark.slow
@settings(max_examples=3_000, deadline=None)
@given(commented(), st.booleans())
def test_no_comment_is_lost_in_many_files(text: str, unsafe: bool) -> None:
    assert_no_comment_is_lost(text, fix_text(text, unsafe=unsafe).text)
