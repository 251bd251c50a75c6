"""Texts in which one thing is repeated, or long: each of about the requested number of characters.

Twice the length must take at most twice the time and the memory.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Callable

from validator import Limits
from validator.parsing.reader import read

_TASK = "  t{}: {{name: t, command: t, triggeredBy: [manual]}}\n"


def many(piece: Callable[[int], str], size: int, before: str = "", after: str = "") -> str:
    """Numbered pieces, as many as fit."""
    left = max(size - len(before) - len(after), 1)
    count = max(left // len(piece(left // max(len(piece(9)), 1))), 1)
    return before + "".join(map(piece, range(count))) + after


def _half(size: int) -> str:
    return "x" * (size // 2)


def tasks(size: int) -> str:
    return many(_TASK.format, size, "tasks:\n")


def tasks_in_blocks(size: int) -> str:
    item = "  t{}:\n    name: T\n    command: t\n    triggeredBy:\n      - manual\n"
    return many(item.format, size, "tasks:\n")


def chain(size: int) -> str:
    return many(
        lambda n: (
            f"  t{n}: {{name: t, command: t, dependsOn: [t{max(n - 1, 0)}], "
            f"triggeredBy: [manual]}}\n"
        ),
        size,
        "tasks:\n",
    )


def cycle(size: int) -> str:
    return chain(size).replace("dependsOn: [t0]", "dependsOn: [t5]", 1)


def star(size: int) -> str:
    item = "  t{}: {{name: t, command: t, dependsOn: [s], triggeredBy: [prebuild]}}\n"
    before = "services:\n  s: {name: s, commands: {start: s}, triggeredBy: [postMachineStart]}\n"
    return many(item.format, size, f"{before}tasks:\n")


def waiting_for_the_machine(size: int) -> str:
    item = "  t{}: {{name: t, command: t, dependsOn: [s], triggeredBy: [postMachineStart]}}\n"
    before = "services:\n  s: {name: s, commands: {start: s}, triggeredBy: [postMachineStart]}\n"
    return many(item.format, size, f"{before}tasks:\n")


def fan_in(size: int) -> str:
    """One task depends on all others."""
    half = many("  t{}: {{name: t, command: t}}\n".format, size * 4 // 5)
    needs = "".join(f"t{number}, " for number in range(half.count("\n")))
    return (
        f"tasks:\n{half}  z: {{name: z, command: z, triggeredBy: [manual], dependsOn: [{needs}]}}\n"
    )


def markers_on_one_line(size: int) -> str:
    return f"tasks: # {'# automation-validator: ignore[never-triggered] ' * (size // 48)}\n"


def similar_names(size: int) -> str:
    """References and dependencies of two letters: all are similar to each other."""
    chance = random.Random(size)

    def name() -> str:
        return "".join(chance.choices("ab", k=120))

    return many(
        lambda _: f"  {name()}: {{name: t, command: t, dependsOn: [{name()}]}}\n", size, "tasks:\n"
    )


def similar_anchors(size: int) -> str:
    chance = random.Random(size)
    return many(
        lambda n: f"  t{n}: &{''.join(chance.choices('ab', k=120))} {{name: t}}\n",
        size,
        "tasks:\n",
        f"  u: *{'ab' * 60}\n",
    )


def dense(size: int) -> str:
    count = int((size / 2.5) ** 0.5)
    return "tasks:\n" + "".join(
        f"  t{n}: {{name: t, command: t, triggeredBy: [prebuild], "
        f"dependsOn: [{','.join(f't{m}' for m in range(n))}]}}\n"
        for n in range(count)
    )


def dense_without_triggers(size: int) -> str:
    return dense(size).replace(" triggeredBy: [prebuild],", "")


def dense_and_cyclic(size: int) -> str:
    count = int((size / 5) ** 0.5)
    return "tasks:\n" + "".join(
        f"  t{n}: {{name: t, command: t, triggeredBy: [prebuild], "
        f"dependsOn: [{','.join(f't{m}' for m in range(count) if m != n)}]}}\n"
        for n in range(count)
    )


def long_key_and_unknown_fields(size: int) -> str:
    """The pointer of each finding contains the key."""
    return many('"f{}": 1, '.format, size, f'{{"tasks": {{"{_half(size)}": {{', '"z": 1}}}')


def explicit_long_key_and_unknown_triggers(size: int) -> str:
    return many(
        "x{}, ".format,
        size,
        f"tasks:\n  ? {_half(size)}\n  : name: t\n    command: t\n    triggeredBy: [",
        "y]\n",
    )


def long_keys_around_repeated_keys(size: int) -> str:
    keys = "".join(f"{' ' * n}{'x' * 900}{n}:\n" for n in range(min(60, size // 4000)))
    return many(lambda n: f"{' ' * 62}k: {n}\n", size, keys)


def long_key_in_a_list(size: int) -> str:
    return many(
        '"t{}", '.format, size, f'{{"tasks": {{"{_half(size)}": {{"dependsOn": [', '"z"]}}}'
    )


def alias_of_a_script(size: int) -> str:
    before = f"services:\n  a: {{name: a, commands: {{start: &c '{'x & ' * (size // 8)}'}}}}\n"
    return many("  s{}: {{name: s, commands: {{start: *c}}}}\n".format, size, before)


def alias_of_a_name(size: int) -> str:
    before = f"tasks:\n  a: {{name: &c '{_half(size)}', command: a, triggeredBy: [manual]}}\n"
    item = "  t{}: {{name: *c, command: a, triggeredBy: [manual]}}\n"
    return many(item.format, size, before)


def alias_of_a_role(size: int) -> str:
    before = f"services:\n  a: {{name: a, role: &c '{_half(size)}'}}\n"
    return many("  s{}: {{name: s, role: *c}}\n".format, size, before)


def aliases_just_allowed(size: int) -> str:
    """A thousand characters, repeated by aliases up to the limit, in places that are checked."""
    script = "x & " * 250
    before = f"services:\n  a: {{name: &n ' {'x' * 480}', role: &r '{'r' * 500}', commands: "
    item = "  s{}: {{name: *n, role: *r, commands: {{start: *c}}}}\n"
    return many(item.format, min(size, 20_000), f"{before}{{start: &c '{script}'}}}}\n")


def alias_of_blanks(size: int) -> str:
    before = f"tasks:\n  a: {{command: &c '{' ' * (size // 2)}', name: a}}\n"
    return many("  s{}: {{name: s, command: *c}}\n".format, size, before)


def alias_of_a_duration(size: int) -> str:
    before = f"services:\n  a: {{name: a, readinessTimeout: &c '{'1' * (size // 2)}'}}\n"
    return many("  s{}: {{name: s, readinessTimeout: *c}}\n".format, size, before)


def alias_of_base_60(size: int) -> str:
    before = f"services:\n  a: {{name: &c 1{':1' * (size // 4)}}}\n"
    return many("  s{}: {{name: *c}}\n".format, size, before)


def alias_of_a_list(size: int) -> str:
    before = many("x{}, ".format, size // 2, "tasks:\n  a: {name: a, command: a, triggeredBy: &c [")
    return many("  t{}: {{name: s, command: c, triggeredBy: *c}}\n".format, size, f"{before}y]}}\n")


def alias_of_a_task(size: int) -> str:
    before = "tasks:\n  a: &a {name: a, comand: a, triggeredBy: [manual, manual, prebilt]}\n"
    return many("  t{}: *a\n".format, size, before)


def aliases_as_keys(size: int) -> str:
    before = f"x: &k {'k' * (size // 2)}\ntasks:\n"
    return many("  t{}: {{*k : 1}}\n".format, size, before)


def merged_unknown_fields(size: int) -> str:
    fields = many("f{}: 1, ".format, size // 2)
    return many("  t{}: {{<<: *a}}\n".format, size, f"tasks:\n  a: &a {{{fields}}}\n")


def base_60_numbers(size: int) -> str:
    return f"tasks:\n  t:\n    name: 1{':1' * (size // 2)}\n"


def base_60_with_a_fraction(size: int) -> str:
    return f"tasks:\n  t:\n    name: 1{':1' * (size // 2)}.5\n"


def base_60_names(size: int) -> str:
    item = "  t{}: {{name: 1" + ":1" * 180 + ".5, command: 1" + ":1" * 300 + "}}\n"
    return many(item.format, size, "tasks:\n")


def digits(size: int) -> str:
    return f"tasks:\n  t:\n    name: -{'9' * size}\n    command: 1.{'9' * 9}\n"


def hexadecimal(size: int) -> str:
    return f"tasks:\n  t:\n    name: 0x{'f' * size}\n"


def float_digits(size: int) -> str:
    return f"tasks:\n  t:\n    name: 9007199254740993.{'0' * size}1\n"


def long_value(size: int) -> str:
    return f"tasks:\n  t:\n    name: t\n    command: {'x' * size}\n"


def long_unknown_field(size: int) -> str:
    return f"tasks: {{t: {{name: t, command: t, ? {'x' * size} : 1}}}}\n"


def long_unknown_fields(size: int) -> str:
    return many(lambda n: f"    {'comand' * 100}{n}: 1\n", size, "tasks:\n  t:\n    name: t\n")


def long_trigger(size: int) -> str:
    return f"tasks: {{t: {{name: t, command: t, triggeredBy: [{'prebuild' * (size // 8)}]}}}}\n"


def many_lines(size: int) -> str:
    return many("      echo {}\n".format, size, "tasks:\n  t:\n    name: t\n    command: |\n")


def folded_lines(size: int) -> str:
    return many("      echo {}\n\n".format, size, "tasks:\n  t:\n    name: t\n    command: >\n")


def scripts_of_services(size: int) -> str:
    script = "".join(
        f"        docker run -d x{n} \\\n          && sleep {n} &\n" for n in range(50)
    )
    item = "  s{}:\n    name: s\n    commands:\n      start: |\n" + script
    return many(item.format, size, "services:\n")


def long_words(size: int) -> str:
    return f"services: {{s: {{name: s, commands: {{start: '{'docker -x ' * (size // 10)}&'}}}}}}\n"


def misplaced_scripts(size: int) -> str:
    item = "  s{}:\n    name: s\n    start: |\n      a\n    ready: b\n    stop: c\n"
    return many(item.format, size, "services:\n")


def older_list(size: int) -> str:
    item = "  - name: T{}\n    init: |\n      a\n      b\n    command: c\n"
    return many(item.format, size, "tasks:\n")


def older_commands(size: int) -> str:
    item = "  t{}:\n    name: T\n    init: |\n      a\n      b\n    command: c\n"
    return many(item.format, size, "tasks:\n")


def sdk_spelling(size: int) -> str:
    item = "  t{}:\n    name: T\n    command: t\n    triggered_by: [post_machine_start]\n"
    return many(item.format, size, "tasks:\n")


def misspelt_fields(size: int) -> str:
    item = "  t{}:\n    nme: T\n    comand: t\n    trigeredBy: [manul]\n"
    return many(item.format, size, "tasks:\n")


def entries_of_another_type(size: int) -> str:
    before = "tasks:\n  t: {name: t, command: t, triggeredBy: [manual], dependsOn: ["
    return f"{before}{'1,' * (size // 2)}]}}\n"


def repeated_triggers_in_brackets(size: int) -> str:
    before = "tasks:\n  t: {name: t, command: t, triggeredBy: ["
    return f"{before}{'manual,' * (size // 7)}]}}\n"


def missing_names(size: int) -> str:
    return many("  t{}:\n    command: t\n".format, size, "tasks:\n")


def unquoted_numbers(size: int) -> str:
    return many("  t{0}:\n    name: {0}\n    command: yes\n".format, size, "tasks:\n")


def repeated_triggers(size: int) -> str:
    before = "tasks:\n  t:\n    name: t\n    command: t\n    triggeredBy:\n"
    return before + "    - manual\n" * (size // 13)


def repeated_triggers_in_lists(size: int) -> str:
    item = "  t{}: {{name: t, command: t, triggeredBy: [" + "manual," * 990 + "]}}\n"
    return many(item.format, size, "tasks:\n")


def repeated_dependencies(size: int) -> str:
    before = "tasks: {a: {name: a, command: a}, t: {name: t, command: t, dependsOn: ["
    return before + "a," * (size // 2) + "]}}\n"


def dependency_names(size: int) -> str:
    """Each task depends on what is nearly, but not quite, the reference of another."""
    item = "  reference-{0}: {{name: t, command: t, dependsOn: [refrence-{0}]}}\n"
    return many(item.format, size, "tasks:\n")


def long_dependency_names(size: int) -> str:
    name = "abcdefghij" * (size // 20)
    return f"tasks: {{? {name} : {{name: t, command: t, dependsOn: [{name}x]}}}}\n"


def dependency_names_of_some_length(size: int) -> str:
    long = "".join(chr(97 + n * 7 % 26) for n in range(1_000))
    return many(
        lambda n: f"  t{n}{long}: {{name: t, command: t, dependsOn: [u{n}{long}]}}\n",
        size,
        "tasks:\n",
    )


def repeated_keys(size: int) -> str:
    return many("  t: {}\n".format, size, "tasks:\n")


def many_repeated_keys(size: int) -> str:
    keys = many("  t{}: x\n".format, size // 2)
    return f"tasks:\n{keys}{keys}"


def one_line(size: int) -> str:
    item = "t{}: {{nme: t, command: 1, triggeredBy: [manul]}}, "
    return many(item.format, size, "{tasks: {", "}}\n")


def one_line_that_is_not_ascii(size: int) -> str:
    item = "t{}: {{nme: é, command: 1, triggeredBy: [manul, ü]}}, "
    return many(item.format, size, "{tasks: {", "}}\n")


def one_line_of_emoji(size: int) -> str:
    item = "t{}: {{name: '🚀', command: '🚀', dependsOn: [u]}}, "
    return many(item.format, size, "{tasks: {", "}}\n")


def long_comment_on_the_first_line(size: int) -> str:
    return many("  t{}:\n    command: 1\n    nme: t\n".format, size, f"# {_half(size)}\ntasks:\n")


def blank_lines_first(size: int) -> str:
    before = "\n" * (size // 2)
    return many("  t{}:\n    command: 1\n    nme: t\n".format, size, f"{before}tasks:\n")


def long_comments_beside(size: int) -> str:
    return many(
        lambda n: f"  t{n}:\n    nme: t # {'x' * 5000}\n    triggered_by: [manual]\n",
        size,
        "tasks:\n",
    )


def carriage_returns(size: int) -> str:
    return sdk_spelling(size).replace("\n", "\r")


def comments(size: int) -> str:
    return many("# comment {}\n".format, size, tasks(100))


def comments_before_each(size: int) -> str:
    return many("  # comment {0}\n  t{0}: {{nme: x}}\n".format, size, "tasks:\n")


def unknown_rules_in_a_comment(size: int) -> str:
    return many("rule{}, ".format, size, "# automation-validator: ignore[", "x]\ntasks:\n")


def unknown_rules_in_comments(size: int) -> str:
    return many("# automation-validator: ignore[rule{}]\n".format, size, "tasks:\n")


def long_rule_in_a_comment(size: int) -> str:
    return f"# automation-validator: ignore[{'never-triggered' * (size // 15)}]\ntasks:\n"


def unused_suppressions(size: int) -> str:
    item = "  # automation-validator: ignore[wrong-type, unknown-field]\n  t{}: {{name: t}}\n"
    return many(item.format, size, "tasks:\n")


def malformed_suppressions(size: int) -> str:
    return many("# automation-validator: ignore {}\n".format, size, tasks(100))


def suppressions_in_a_script(size: int) -> str:
    line = "      # automation-validator: ignore[wrong-type]\n"
    before = "tasks:\n  t:\n    name: t\n    command: |\n"
    return before + line * (size // len(line))


def long_anchor(size: int) -> str:
    name = "abcdefghij" * (size // 20)
    return f"x: &{name} 1\ny: *{name}x\n"


def many_anchors(size: int) -> str:
    return many("  t{0}: &anchor{0} {{name: t}}\n".format, size, "tasks:\n", "  u: *ancor\n")


def long_tag(size: int) -> str:
    return f"tasks: {{t: {{name: !{'x' * size} t}}}}\n"


def many_tags(size: int) -> str:
    return many("  t{}: !<tag:yaml.org,2002:str> {{name: !!str t}}\n".format, size, "tasks:\n")


def anchored_empty_entries(size: int) -> str:
    return f"{{tasks: {{t: {{name: t, triggeredBy: [{'&a , ' * (size // 5)}]}}}}}}\n"


def empty_values(size: int) -> str:
    return many("  t{}:\n    name:\n    command:\n    dependsOn:\n    -\n".format, size, "tasks:\n")


def empty_items(size: int) -> str:
    return many("  t{}:\n".format, size, "tasks:\n")


def deep_flow(size: int) -> str:
    deep = "{a: " * 60 + "1" + "}" * 60
    return many(f"t{{}}: {deep.replace('{', '{{').replace('}', '}}')},\n".format, size, "{", "}\n")


def escapes(size: int) -> str:
    return 'tasks: {t: {name: "' + "\\u00e9\\\n   " * (size // 11) + '", command: c}}\n'


def json_escapes(size: int) -> str:
    return '{"tasks": {"t": {"name": "' + "\\ud83d" * (size // 6) + '", "command": 1}}}\n'


def json_of_one_line(size: int) -> str:
    item = {"nme": "t", "command": True, "triggeredBy": ["manual", "manual"]}
    count = size // (len(json.dumps(item)) + 12)
    return json.dumps({"tasks": {f"t{number}": item for number in range(count)}})


def json_mistakes(size: int) -> str:
    item = '"t{}": {{\'name\': t, // x\n /* y */ "command": NaN,, "triggeredBy": [manual,],}},'
    return many(item.format, size, '{"tasks": {', "}}\n")


def json_comments(size: int) -> str:
    return '{"tasks": {' + "/* x */ // y\n" * (size // 13) + "}}\n"


def json_open_comments(size: int) -> str:
    return '{"tasks": {' + "/* " * (size // 3) + "}}\n"


def tag_directives(size: int) -> str:
    return many("%TAG !a{0}! tag:x{0}\n".format, size, "", "---\ntasks: {}\n")


def used_tag_directives(size: int) -> str:
    head = "".join(f"%TAG !a{number}! tag:x{number}\n" for number in range(100))
    return f"{head}---\ntasks: [{'!a99!x y, ' * (size // 10)}]\n"


def line_feeds(size: int) -> str:
    feeds = "\n" * size
    return f"tasks:\n  t:\n    nme: t\n{feeds}    comand: c\n"


def both_spellings(size: int) -> str:
    item = "  t{}: {{name: t, command: t, dependsOn: [], depends_on: [], runsOn: {{docker: "
    return many((item + "{{}}, machine: {{}}}}}}\n").format, size, "tasks:\n")


def conflicts_in_a_large_task(size: int) -> str:
    fields = "dependsOn: [], depends_on: [], triggeredBy: [], triggered_by: []"
    return f"tasks: {{t: {{name: t, {fields}, command: '{'x' * size}'}}}}\n"


def unknown_sections(size: int) -> str:
    return many("section{}:\n  a: {{name: t, command: t}}\n".format, size)


def marker_in_a_value(size: int) -> str:
    return f"tasks: {{t: {{name: '{'automation-validator: ' * (size // 22)}', command: 1}}}}\n"


def forged_commands(size: int) -> str:
    return many("  '##[error]{}': {{name: '##vso[x]'}}\n".format, size, "tasks:\n")


def unclosed(size: int) -> str:
    return many('  t{0}: {{name: "t{0}", '.format, size, "tasks:\n")


def dashes(size: int) -> str:
    return "tasks:\n" + "- - - - - - - - a\n" * (size // 18)


def mixed_line_ends(size: int) -> str:
    return many("  t{}:\r    nme: t\n    command: t\r\n".format, size, "tasks:\n")


_ID = "00000000-0000-4000-8000-{:012}"


def _api_task(number: int) -> str:
    return json.dumps(
        {
            "id": _ID.format(number),
            "depends_on": [_ID.format(number + 10**6), _ID.format(max(number - 1, 0))],
            "environmentId": "x",
            "metadata": {"reference": f"t{number}", "triggeredBy": [{"manual": True}]},
            "spec": {"command": "c"},
        }
    )


def api_tasks(size: int) -> str:
    items = many(lambda n: f"{_api_task(n)},\n", size).rstrip(",\n")
    return f'{{"tasks": [{items}]}}'


def api_execution(size: int) -> str:
    def step(number: int) -> str:
        step_id, task = _ID.format(number), _ID.format(10**6 + number)
        return f'{{"id": "{step_id}", "dependsOn": ["{task}"], "task": {{"id": "{task}"}}}},\n'

    def status(number: int) -> str:
        phase = ("RUNNING", "PENDING", "SUCCEEDED")[number % 3]
        return f'{{"id": "{_ID.format(number)}", "phase": "TASK_EXECUTION_PHASE_{phase}"}},\n'

    steps = many(step, size // 2).rstrip(",\n")
    statuses = many(status, size // 2).rstrip(",\n")
    plan = f'"spec": {{"plan": [{{"steps": [{steps}]}}]}}'
    return f'{{"id": "{_ID.format(0)}", {plan}, "status": {{"phase": "X", "steps": [{statuses}]}}}}'


def api_output(size: int) -> str:
    keys = many('"key{}": 1, '.format, size // 4)
    steps = f'[{{"id": "x", "output": {{{keys}"{_half(size)}": 1}}}}]'
    return f'{{"id": "x", "status": {{"steps": {steps}}}}}'


def api_history(size: int) -> str:
    def status(number: int) -> str:
        return f'{{"phase": "TASK_EXECUTION_PHASE_FAILED", "statusVersion": "{10**9 - number}"}},\n'

    return f'{{"statuses": [{many(status, size).rstrip(chr(10) + ",")}]}}'


REPETITIONS: dict[str, Callable[[int], str]] = {
    name: made
    for name, made in list(globals().items())
    if getattr(made, "__module__", "") == __name__ and not name.startswith("_") and name != "many"
}
"""The texts by their names."""


def largest(kind: str, most: int) -> str:
    """The largest text of a kind that is read, with at most this number of characters."""
    text = REPETITIONS[kind](most)
    if _is_read(text):
        return text
    # The largest part of that size that is still read, in 64ths.
    share = bisect_left(range(64), True, key=lambda each: not _is_read(_part(kind, most, each)))
    return _part(kind, most, share - 1)


def _part(kind: str, most: int, share: int) -> str:
    return REPETITIONS[kind](most * share // 64)


def _is_read(text: str) -> bool:
    found = read(text, Limits()).problems
    return not any("values" in each.message or "bytes" in each.message for each in found)
