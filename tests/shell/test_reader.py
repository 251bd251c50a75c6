"""Shell scripts as lists of commands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.shell.reader import read
from validator.shell.syntax import Command, Compound, Item
from validator.shell.words import MAX_DEPTH


def shown(text: str) -> list[str]:
    """Each command in a line: operators around it, where it is, variables, words, redirections.

    A word that is not literal has a `~` before it.
    """
    script = read(text)
    assert script is not None
    return [_line(command) for command in script.commands]


def _line(command: Command) -> str:
    around: list[str] = []
    outer, part = command.compound, command.part
    while outer is not None:
        around.insert(0, f"{outer.kind}/{part}")
        part, outer = outer.part, outer.compound
    pieces = [command.before, *around, *(f"{each.text}," for each in command.assignments)]
    pieces += ["~" * (not each.literal) + (each.text or "''") for each in command.words]
    pieces += [f"{each.operator} {each.target.text}" for each in command.redirections]
    return " ".join([each for each in [*pieces, command.after] if each])


CASES = {
    # Operators.
    "a; b && c || d | e & f": ["a ;", "; b &&", "&& c ||", "|| d |", "| e &", "& f"],
    "a &&\n\n b |\n# c\n d": ["a &&", "&& b |", "| d"],
    "a |& b": ["a |", "| b"],
    "a;\n\n\nb\n": ["a ;", "; b ;"],
    "a&b": ["a &", "& b"],
    "! a; time -p b": ["a ;", "; b"],
    "": [],
    "# only a comment": [],
    " \n\t\n": [],
    # Words and quotes.
    "a\\\n b\\\nc \\\n  d": ["a bc d"],
    "a 'b c' \"d e\" f\\ g": ["a b c d e f g"],
    "a b'c'\"d\"e": ["a bcde"],
    "a 'it'\"'\"'s'": ["a it's"],
    'a "b\\"c\\n" \\$d': ['a b"c\\n $d'],
    "a $'b\\'c' $\"d\" $'e'": ["a ~b\\'c d e"],
    "a b#c #d": ["a b#c"],
    "a '#b' \"#c\" # d": ["a #b #c"],
    "a ~ ~/b b~": ["a ~~ ~~/b b~"],
    "a *.b [c] [ ] {d,e} {1..3} {} {f}": ["a ~*.b ~[c] [ ] ~{d,e} ~{1..3} {} {f}"],
    "a '*' \"{b,c}\" \\*": ["a * {b,c} *"],
    "a ''": ["a ''"],
    # Expansions.
    'a $b ${c} "$d" $1 $@ $$ $ %': ["a ~$b ~${c} ~$d ~$1 ~$@ ~$$ $ %"],
    "a ${b:-'}'} \"${c:-it's}\" ${d:-${e}} ${#f[@]}": [
        "a ~${b:-'}'} ~${c:-it's} ~${d:-${e}} ~${#f[@]}"
    ],
    "a $((1 << 2)) $(((1+2)*3))": ["a ~$((1 << 2)) ~$(((1+2)*3))"],
    'a "$(b "c d")" e': ['a ~$(b "c d") e', "$(/body b c d"],
    "a $(b; c) `d`": ["a ~$(b; c) ~`d`", "$(/body b ;", "; $(/body c", "`/body d"],
    "a `b \\`c\\``": ["a ~`b \\`c\\``"],
    'a "`b`"': ["a ~`b`", "`/body b"],
    "a $(b $(c))": ["a ~$(b $(c))", "$(/body b ~$(c)", "$(/body $(/body c"],
    "a $(case x in y) b;; esac)": ["a ~$(case x in y) b;; esac)", "$(/body case/body b"],
    "a $( # ) '\n b)": ["a ~$( # ) '\n b)", "$(/body b"],
    "a <(b) >(c)": ["a ~<(b) ~>(c)", "<(/body b", ">(/body c"],
    # Variables.
    "A=1 B='2 3' c d=e": ["A=1, B=2 3, c d=e"],
    "A=1": ["A=1,"],
    "A= b": ["A=, b"],
    "A+=x; B[1]=2": ["A+=x, ;", "; B[1]=2,"],
    "A=$(b)": ["A=$(b),", "$(/body b"],
    "A=(b 'c d' $(e)\n# f\n g) h": ["A=(b 'c d' $(e)\n# f\n g), h", "$(/body e"],
    "declare -a A=(b c)": ["declare -a ~A=(b c)"],
    # Redirections.
    "a >b 2>&1 </dev/null >> c &> d >| e <> f 2>&-": [
        "a > b 2>& 1 < /dev/null >> c &> d >| e <> f 2>& -"
    ],
    ">a b c": ["b c > a"],
    "a 2 >b 3": ["a 2 3 > b"],
    "a2>b": ["a2 > b"],
    "a &>b &": ["a &> b &"],
    "a <<<b": ["a <<< b"],
    "exec {a}>b": ["exec {a}> b"],
    # Here-documents.
    "a <<B c\n$(d\nB\ne": ["a c << B ;", "; e"],
    "a <<'B' && c <<-\"D\"\n'\nB\n\t`\n\tD\ne": ["a << B &&", "&& c <<- D ;", "; e"],
    "a <<B\nc\n B": ["a << B ;"],
    "a $(b <<C\n)\nC\n) d": ["a ~$(b <<C\n)\nC\n) d", "$(/body b << C ;"],
    "a <<B | c\n;;\nB\n": ["a << B |", "| c ;"],
    # Compound commands.
    "if a; then b; elif c; then d; else e; fi": [
        "if/condition a ;",
        "if/body b ;",
        "if/condition c ;",
        "if/body d ;",
        "if/else e ;",
    ],
    "while a\ndo\nb\ndone | c": ["while/condition a ;", "while/body b ;", "| c"],
    "until a; do b; done": ["until/condition a ;", "until/body b ;"],
    "for a in b $(c); do d; done": ["for/head $(/body c", "for/body d ;"],
    "for a\ndo b; done; for c do d; done": ["for/body b ;", "for/body d ;"],
    "for ((i = 0; i < 3; i++)); do a; done": ["for/body a ;"],
    "select a in b; do c; done": ["select/body c ;"],
    "case $a in b|c) d;; (e) f ;& *) ;; esac; g": ["case/body d", "case/body f", "; g"],
    'case a in\n"b c") d\nesac': ["case/body d ;"],
    "{ a; b; }; ( c )": ["{/body a ;", "; {/body b ;", "(/body c"],
    "( (a) )": ["(/body (/body a"],
    "a() { b; }; function c { d; }; function e () ( f )": [
        "function/body {/body b ;",
        "function/body {/body d ;",
        "function/body (/body f",
    ],
    "{ a; } >b 2>&1 & c": ["{/body a ;", "& c"],
    "[[ $a == b* && -n c ]] && d": ["[[ ~$a == ~b* && -n c ]] &&", "&& d"],
    "[[ a =~ ^(b|c)$\n ]]; d": ["[[ a =~ ^(b|c)$ ]] ;", "; d"],
    "((a << 2)) && b": ["~((a << 2)) &&", "&& b"],
    # Words that are reserved elsewhere.
    "a if then { } done": ["a if then { } done"],
    "iffy; done-it; {a": ["iffy ;", "; done-it ;", "; {a"],
    '"if" a': ["if a"],
}


@pytest.mark.parametrize("text", CASES)
def test_commands(text: str) -> None:
    assert shown(text) == CASES[text]


@pytest.mark.parametrize(
    "text",
    [
        *("a 'b", 'a "b', "a `b", "a $(b", "a ${b", "a $((b", "A=(b", "((a)", "[[ a"),
        *("if a; then b", "if a; fi", "while a; done", "{ a", "(a", "case a in b) c", "a() b"),
        *("fi", "a; done", "a)", "}", "a; ;; b", "then a", "esac", "do a"),
        *("a &&", "a |", "&& a", "; a", "a ;; b", "a & ; b", "a >", "a > ; b", "(a) b", "a (b)"),
        *("echo Let's go", "((a); b)", "for a in b; c; done", "case a b) c;; esac"),
    ],
)
def test_what_is_not_complete(text: str) -> None:
    assert read(text) is None


def test_compound_commands() -> None:
    text = "for i in a 'b c'; do x; done >log &\nf() { y; } || case $z in *) ;; esac"
    script = read(text)
    assert script is not None
    assert [
        (each.kind, text[each.start : each.end], [word.text for word in each.words])
        for each in script.compounds
    ] == [
        ("for", "for i in a 'b c'; do x; done >log", ["i", "a", "b c"]),
        ("function", "f() { y; }", ["f"]),
        ("{", "{ y; }", []),
        ("case", "case $z in *) ;; esac", ["$z"]),
    ]
    loop, function, _, case = script.compounds
    assert (loop.before, loop.after, loop.last) == ("", "&", False)
    assert [each.target.text for each in loop.redirections] == ["log"]
    assert (function.before, function.after, function.last) == ("&", "||", False)
    assert (case.before, case.after, case.last) == ("||", "", True)


def test_what_is_last_in_its_list() -> None:
    script = read("a; if b; c; then d; e | f; else g & fi; h $(i; j)\n# k\n")
    assert script is not None
    last = [each.words[0].text for each in script.commands if each.last]
    assert last == ["c", "f", "g", "h", "j"]


def test_negation() -> None:
    script = read("! a; time ! b; ! ! c; d")
    assert script is not None
    assert [each.negated for each in script.commands] == [True, True, False, False]


def names(items: list[Item]) -> list[str]:
    """The first words of commands, the kinds of compound commands."""
    return [
        each.kind if isinstance(each, Compound) else each.words[0].text if each.words else "="
        for each in items
    ]


def test_lists() -> None:
    text = "if a | b; then c $(d; e); elif f; then g; { h; }; else i & fi; A=$(j); k() { l; m; }"
    script = read(text)
    assert script is not None
    assert names(script.items) == ["if", "=", "function"]
    assert [
        (each.kind, [(part, names(items)) for part, items in each.lists])
        for each in script.compounds
    ] == [
        (
            "if",
            [
                *[("condition", ["a", "b"]), ("body", ["c"]), ("condition", ["f"])],
                *[("body", ["g", "{"]), ("else", ["i"])],
            ],
        ),
        ("$(", [("body", ["d", "e"])]),
        ("{", [("body", ["h"])]),
        ("$(", [("body", ["j"])]),
        ("function", [("body", ["{"])]),
        ("{", [("body", ["l", "m"])]),
    ]


# Pieces that mean something to a shell, in any order.
PIECES = st.lists(
    st.sampled_from(
        [
            *("a", "b c", "=", "A=1 ", "1", " ", "\t", "\n", "\\", "\\\n", "#", "'", '"', "`", "$"),
            *("$(", "${", "$((", "((", "))", "(", ")", "{", "}", "{ ", "; }", "<(", "[[ ", " ]]"),
            *(";", ";;", "&", "&&", "|", "||", ">", "2>&1", "<<E\n", "<<-'E'\n", "\nE\n", "<<<"),
            *("if ", "; then ", "; else ", "; fi", "while ", "; do ", "; done", "for i in "),
            *("case a in ", "b) ", "; esac", "f() ", "function ", "! ", "time ", "A=(", "é😀"),
        ]
    )
).map("".join)
SCRIPTS = st.text() | PIECES


@settings(max_examples=500, deadline=None)
@given(SCRIPTS)
def test_offsets_are_in_the_script_and_in_order(text: str) -> None:
    script = read(text)
    if script is None:
        return
    for items in (script.commands, script.compounds):
        starts = [each.start for each in items]
        assert starts == sorted(starts)
    for item in [*script.commands, *script.compounds]:
        assert 0 <= item.start < item.end <= len(text)
        if item.compound is not None:
            assert item.compound.start <= item.start
            assert item.end <= item.compound.end
            assert item.compound in script.compounds
    for command in script.commands:
        words = [*command.assignments, *command.words]
        for word in words:
            source = text[word.start : word.end]
            assert source == word.text or set(source) & set("\\'\"`$([")
        places = [(each.start, each.end) for each in words]
        places += [(each.start, each.end) for each in command.redirections]
        ends = command.start
        for start, end in sorted(places):
            assert ends <= start < end <= command.end
            ends = end


@settings(max_examples=300, deadline=None)
@given(PIECES, st.sampled_from([" ", "\n", "# x\n", "\\\n"]))
def test_space_before_a_script_moves_its_commands(text: str, space: str) -> None:
    script, moved = read(text), read(space + text)
    assert (script is None) == (moved is None)
    if script is not None and moved is not None:
        by = len(space)
        assert [(each.start + by, each.end + by) for each in script.commands] == [
            (each.start, each.end) for each in moved.commands
        ]


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_a_script_in_brackets_has_the_same_commands(text: str) -> None:
    """Those of one that ends with its last line; a here-document ends with the script."""
    script = read(text)
    if script is None or not script.commands or "<<" in text or text.endswith("\\"):
        return
    inner = read(f"( {text}\n)")
    assert inner is not None
    assert [[word.text for word in each.words] for each in inner.commands] == [
        [word.text for word in each.words] for each in script.commands
    ]


LARGE = 1_000_000
LONG = {
    "one word": "a" * LARGE,
    "one line of words": "a " * (LARGE // 2),
    "short lines": "a b\n" * 200_000,
    "blank lines": "\n" * LARGE,
    "spaces": " " * LARGE,
    "digits": "1" * LARGE,
    "quotes": "''" * 200_000,
    "quoted words": "'a b' " * 150_000,
    "an open quote": "a '" + "b\n" * (LARGE // 2),
    "quotes in quotes": '"$(' * 200_000,
    "open substitutions": "$(" * 100_000,
    "open brackets": "(" * LARGE,
    "open subshells": "( " * 200_000,
    "open arithmetic": "((" * 200_000,
    "closed arithmetic": "((" * 200_000 + "))" * 200_000,
    "open braces": "${" * 200_000,
    "open groups": "{ " * 200_000,
    "backquotes": "`a` " * 200_000,
    "escaped backquotes": "`" + "\\`" * 200_000 + "`",
    "backslashes": "\\" * LARGE,
    "continued lines": "a \\\n" * 200_000,
    "comments": "# a\n" * 200_000,
    "functions": "a() { b; }\n" * 50_000,
    "functions of functions": "a() " * 200_000,
    "here-documents": "a <<B\nB\n" * 100_000,
    "open here-documents": "a <<B; " * 100_000 + "\n" + "c\n" * 100_000,
    "here-documents that end together": "a <<B; " * 50_000 + "\n" + "B\n" * 50_000,
    "redirections": ">a " * 200_000,
    "names of arrays": "a[ " * 200_000,
    "arrays": "a=(" * 200_000,
    "tests": "[[ a ]] && " * 50_000 + "a",
    "cases": "case a in " + "b) c;;\n" * 100_000 + "esac",
    "many patterns": "case a in " + "b|" * 200_000 + "c) ;; esac",
    "ifs": "if a; then " * 50_000,
    "branches": "if a; then b; " + "elif a; then b; " * 50_000 + "fi",
    "pipes": "a | " * 200_000 + "a",
    "exclamation marks": "! " * 200_000 + "a",
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_script_is_read_in_time(kind: str) -> None:
    """A quadratic reader would take minutes, and a recursive one would end with an error."""
    started = time.process_time()
    script = read(LONG[kind])
    assert time.process_time() - started < 10
    assert script is None or len(script.commands) <= 200_001


NESTED = {
    "a $(": ")",
    "( ": ")",
    "{ ": "; }",
    'a "$(': ')"',
    "if ": "; then b; fi",
    "a ${a:-": "}",
    "a <(": ")",
}


@pytest.mark.parametrize("opening", NESTED)
def test_nesting_is_bounded(opening: str) -> None:
    def nested(depth: int) -> str:
        return opening * depth + "b" + NESTED[opening] * depth

    assert read(nested(5)) is not None
    assert read(nested(MAX_DEPTH + 1)) is None
    assert read(nested(10_000)) is None


def test_depth_is_of_what_is_open() -> None:
    assert read('a $(b) "$c" ${d} ((e))'.replace(" ((e))", "") + "\n( f )\n" * 1) is not None
    assert read('a "$(b)" ${c} $((d)); ( e )\n' * 1_000) is not None
