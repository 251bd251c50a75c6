"""The one mistake for which a script can't be parsed."""

from __future__ import annotations

import random
import re
import subprocess
from shutil import which

import pytest

from tests.optional import needs, needs_shellcheck
from validator.finding import Span
from validator.shell.program import program
from validator.shell.shellcheck import Comment, Script, run
from validator.shell.syntax_mistake import SyntaxMistake, others, syntax_mistake

pytestmark = needs_shellcheck

needs_bash = needs("bash", which("bash"))


def mistakes(*scripts: str) -> list[SyntaxMistake | None]:
    found = program()
    assert found is not None
    comments = run(found, [Script(script) for script in scripts])
    return [
        syntax_mistake(script, said or ()) for script, said in zip(scripts, comments, strict=True)
    ]


def bash_parses(script: str) -> bool:
    """Whether bash can parse a script, which it does not run (`-n`)."""
    done = subprocess.run(["bash", "-n"], input=script.encode(), capture_output=True)
    return done.returncode == 0


# What is between «» is the place of the mistake.
CERTAIN = {
    "echo Let«'»s go\n": "this `'` is never closed",
    'npm run «"»dev\n': 'this `"` is never closed',
    "echo «'»start\necho 'x'\n": "this `'` is never closed",
    "echo 'it«'»s'\n": "this `'` ends the string that it is in; another one is never closed",
    "«if» true; then\n  echo a\n": "this `if` is never closed by `fi`",
    "«if» true\n  echo a\nfi\n": "this `if` has no `then`",
    "if a «then» b; fi\n": "add `;` or a line break before `then`",
    "if a; then b; «else» if c; then d; fi\n": (
        "`else if` begins another `if`, which needs its own `fi`; write `elif`"
    ),
    "if a; then\n«fi»\n": "there is no command before `fi`; write `true` to do nothing",
    "npm ci «&&»\n": "a command is missing after `&&`",
    "npm ci «&&» # then && nothing\n\n# end\n": "a command is missing after `&&`",
    "npm ci «|» | cat\n": "a command is missing after `|`",
    "npm ci\n«&&» npm start\n": (
        "a line can't begin with `&&`; put it at the end of the line before"
    ),
    "a & «&&» b\n": "`&&` is unexpected",
    "for i in 1 2; «do»\n  echo\n": "this `do` is never closed by `done`",
    "while a; «do»\ndone\n": "there is no command after `do`; write `true` to do nothing",
    "for i in a b\n«echo» c\ndone\n": "`do` is missing before `echo`",
    "«case» x in\n a) b;;\n": "this `case` is never closed by `esac`",
    "case x in\na)\nb\nc«)»\nd\nesac\n": "`;;` is missing before this case",
    "echo «$(»date\n": "this `$(` is never closed",
    "echo «${»a\n": "this `${` is never closed",
    "a=«(»1 2\n": "this `(` is never closed",
    "«{» echo a }\n": "this `{` is never closed: `}` needs `;` or a line break before it",
    "«(» echo a\n": "this `(` is never closed",
    "echo a«)»\n": "`)` is unexpected: nothing before it needs it",
    "echo a\n«fi»\n": "`fi` is unexpected: nothing before it needs it",
    "echo a «(»b)\n": "`(` is not allowed here; quote or escape it",
    "import os\nprint«(»'a')\n": "`(` after a word begins a function; quote or escape it",
    "echo a «>»\n": "a file name is missing after `>`",
    "if«;» then a; fi\n": "`;` is unexpected here",
}

UNCERTAIN = {
    "cat <<«EOF»\nabc\n": "this here-document is never ended: no line is only `EOF`",
    "cat <<EOF\nabc\n  «EOF»\n": "remove the space before this end of the here-document",
    "if «[»a = b]; then c; fi\n": "add a space after `[`",
    "if [ a«;» then c; fi\n": "`;` is unexpected in this test",
    "{«{» .Parameters.command }}\n": "add a space after `{`",
    "echo `a «&&»`\n": "a command is missing after `&&`",
    "echo «a»\r": "remove the carriage return after `a`",
}


@pytest.mark.parametrize(("marked", "message"), {**CERTAIN, **UNCERTAIN}.items())
def test_one_mistake_is_one_finding_at_its_place(marked: str, message: str) -> None:
    start, end = marked.index("«"), marked.index("»") - 1
    script = marked.replace("«", "").replace("»", "")
    (found,) = mistakes(script)
    assert found is not None
    assert (found.span, found.message) == (Span(start, end), message)
    assert found.certain == (marked in CERTAIN)


@needs_bash
@pytest.mark.parametrize("marked", [*CERTAIN, *UNCERTAIN])
def test_bash_agrees_on_what_is_certain(marked: str) -> None:
    script = marked.replace("«", "").replace("»", "")
    assert bash_parses(script) == (marked in UNCERTAIN)


@pytest.mark.parametrize(
    "script",
    ["", "echo a\n", "ls $1\n", "echo 'it's' done'\n", "cd x\n", "echo {a,b\n", "cat <<E\na\nE\n"],
)
def test_what_can_be_parsed_has_no_mistake(script: str) -> None:
    assert mistakes(script) == [None]


def test_nothing_else_is_said_of_what_cannot_be_parsed() -> None:
    found = program()
    assert found is not None
    scripts = ["ls $1 'a\n", "ls $1\n", "ls $1 `a &&`\n"]
    comments = run(found, [Script(script) for script in scripts])
    assert [[each.code for each in others(said or ())] for said in comments] == [
        [],
        [2086],
        [2086],
    ]


def test_a_disabled_comment_leaves_a_true_message() -> None:
    first, second, third = mistakes(
        "# shellcheck disable=SC1072\necho 'a\n",
        "# shellcheck disable=SC1073\necho 'a\n",
        "# shellcheck disable=all\necho 'a\n",
    )
    assert first is not None
    assert first.message == "this `'` is never closed"
    assert second is not None
    assert second.message == "the script ends here, and is not complete"
    assert third is None


def test_many_operators_take_no_long_time() -> None:
    script = "&&#" * 3_000
    stopped = Comment(1072, "error", "Expected a command.", Span(len(script), len(script)))
    assert syntax_mistake(script, [stopped]) is not None


SAMPLES = [
    'for i in 1 2 3; do\n  echo "$i"\ndone\ncase $a in\n  a) b;;\n  *) c;;\nesac\n',
    'f() {\n  local x="$1"\n  (cd "$x" && ls)\n}\nf "a" | while read -r y; do echo "$y"; done\n',
    "if [[ $a == b ]]; then\n  x=(1 2)\nelif [ -f c ]; then\n  y=$((1+2))\nelse\n  z=`date`\nfi\n",
    "npm ci && npm run build || exit 1\ndocker compose up -d\ncurl -sf 'http://localhost:3000'\n",
    "cat <<EOF\n$a\nEOF\ntrap 'rm -rf \"$x\"' EXIT\n{ a; b; } > c &\nuntil a; do sleep 1; done\n",
]


@needs_bash
def test_what_is_certain_bash_cannot_parse() -> None:
    """Of scripts with one random change; most that bash can't parse are found."""
    chance = random.Random(15)
    scripts: set[str] = set()
    while len(scripts) < 300:
        script = chance.choice(SAMPLES)
        at = chance.randrange(len(script))
        if chance.random() < 0.5:
            marks = [each.start() for each in re.finditer(r"['\"(){}\[\];&|<>$`\\\n]", script)]
            at = chance.choice(marks)
            scripts.add(script[:at] + script[at + 1 :])
        else:
            scripts.add(script[:at] + chance.choice("'\"(){}[];&|<>$`\\!\n") + script[at:])
    ordered = sorted(scripts)
    found = list(zip(ordered, mistakes(*ordered), strict=True))
    certain = [script for script, mistake in found if mistake is not None and mistake.certain]
    assert [script for script in certain if bash_parses(script)] == []
    rejected = sum(not bash_parses(script) for script in ordered)
    assert len(certain) > 0.75 * rejected > 50
    for script, mistake in found:
        if mistake is not None and mistake.certain:
            assert script[slice(*mistake.span)].strip()
