"""Documents designed to use up time or memory, each with the rule that must be reported.

`none` means that there are no findings.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from tests.hostile.repetitions import largest

LARGEST = 5_000_000 - 1_000
"""Bytes: just below the maximum size that is read."""


def laughs() -> str:
    """A billion laughs: nine levels of lists, each containing the previous one nine times."""
    levels = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)]
    return "a0: &a0 [lol]\n" + "".join(levels)


def laughs_in_mappings() -> str:
    """The same with mappings, in places where the schema checks values."""
    levels = [
        f"  t{n}: &t{n} {{{','.join(f'k{m}: *t{n - 1}' for m in range(9))}}}\n"
        for n in range(1, 10)
    ]
    return "tasks:\n  t0: &t0 {name: a, command: b}\n" + "".join(levels)


def merges() -> str:
    """Merge keys that double the members of a mapping twenty times."""
    levels = [f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]\n  k{n}: 1\n" for n in range(1, 2_000)]
    return "m0: &m0 {k0: 1}\n" + "".join(levels)


def merges_of_many_members() -> str:
    """A wide mapping merged into thousands of others."""
    wide = "".join(f"  k{n}: 1\n" for n in range(20_000))
    return f"w: &w\n{wide}" + "".join(f"m{n}:\n  <<: *w\n" for n in range(20_000))


def merges_of_unknown_fields() -> str:
    """Four hundred unknown fields in each of sixty tasks, through a merge key."""
    fields = ", ".join(f"k{n}: x" for n in range(400))
    items = "".join(f"  b{n}: {{<<: *a}}\n" for n in range(60))
    return f"tasks:\n  a: &a {{{fields}}}\n{items}"


def recursive_alias() -> str:
    return "tasks: &all\n  again: *all\n"


def recursive_merge() -> str:
    return "tasks: &all\n  <<: *all\n"


def flow_levels() -> str:
    return "[" * 100_000


def flow_mappings() -> str:
    return "{a: " * 100_000


def block_levels() -> str:
    """A hundred thousand dashes on one line: each opens a list in a list."""
    return "- " * 100_000


def block_mappings() -> str:
    return "".join(f"{' ' * n}a:\n" for n in range(3_000))


def question_marks() -> str:
    """Keys that are mappings whose keys are mappings."""
    return "? " * 100_000


def large_scalar() -> str:
    return "tasks:\n  t:\n    name: t\n    command: |\n" + "      " + "x" * 100_000_000


def scalar_just_allowed() -> str:
    return "tasks:\n  t:\n    name: t\n    command: " + "x" * (LARGEST - 100)


def long_line() -> str:
    return "# " + "x" * 50_000_000


def line_just_allowed() -> str:
    return f"tasks: {{t: {{name: t, commnd: '{'x' * (LARGEST - 100)}'}}}}"


def million_keys() -> str:
    return "".join(f"{n:x}:\n" for n in range(700_000))


def million_keys_on_one_line() -> str:
    return "{" + ",".join(f"a{n:x}" for n in range(650_000)) + "}"


def million_repeated_keys() -> str:
    return "tasks:\n" + " a:\n" * 990_000


def million_entries() -> str:
    return "tasks: [" + "a," * 1_600_000 + "]"


def many_documents() -> str:
    return "---\ntasks:\n" * 10_000


def unknown_fields() -> str:
    return "tasks:\n  t:\n    name: t\n    command: t\n" + "".join(
        f"    f{n:x}: 1\n" for n in range(95_000)
    )


def nearly_known_fields() -> str:
    """Names that are nearly, but not quite, those of fields."""
    return "tasks:\n  t:\n    name: t\n    command: t\n" + "".join(
        f"    triggeredBi{n:x}: 1\n" for n in range(95_000)
    )


def odd_references() -> str:
    return "tasks:\n" + "".join(f"  {n}: {{name: a, command: b}}\n" for n in range(32_000))


def missing_fields() -> str:
    return "tasks:\n" + "".join(f"  t{n:x}: {{}}\n" for n in range(95_000))


def wrong_types() -> str:
    return "tasks:\n" + "".join(f"  t{n:x}: 1\n" for n in range(95_000))


def unknown_triggers() -> str:
    entries = ",".join(f"prebuilt{n:x}" for n in range(190_000))
    return f"tasks:\n  t: {{name: t, command: t, triggeredBy: [{entries}]}}"


def unknown_dependencies() -> str:
    entries = ",".join(f"u{n:x}" for n in range(190_000))
    return f"tasks:\n  t: {{name: t, command: t, triggeredBy: [manual], dependsOn: [{entries}]}}"


def long_pointers() -> str:
    """A key of 1,000 characters, in the JSON pointers of 190,000 mistakes."""
    return f"tasks:\n  {'k' * 1_000}: {{name: t, command: t, dependsOn: [{'u,' * 190_000}]}}\n"


def repeated_dependencies() -> str:
    return (
        "tasks:\n  a: {name: a, command: a, triggeredBy: [manual]}\n  t: {name: t, command: t, "
        f"triggeredBy: [manual], dependsOn: [{'a,' * 190_000}]}}"
    )


def _tasks(needs: dict[int, list[int]]) -> str:
    return "tasks:\n" + "".join(
        f"  t{n}: {{name: t, command: t, triggeredBy: [manual], "
        f"dependsOn: [{','.join(f't{m}' for m in below)}]}}\n"
        for n, below in needs.items()
    )


def complete_graph() -> str:
    """Every task depends on all earlier ones."""
    return _tasks({n: list(range(n)) for n in range(600)})


def wide_redundant_dependencies() -> str:
    """A task that depends on 15,000 others, all of which another dependency also needs."""
    names = ",".join(f"t{n:x}" for n in range(15_000))
    tasks = "".join(f"  t{n:x}: {{name: t, command: t}}\n" for n in range(15_000))
    return (
        f"tasks:\n{tasks}  a: {{name: a, command: a, dependsOn: [{names}]}}\n"
        f"  b: {{name: b, command: b, dependsOn: [a,{names}]}}\n"
    )


def complete_cyclic_graph() -> str:
    """Every task depends on all others."""
    needs: dict[int, list[int]] = {n: [] for n in range(430)}
    for one, other in combinations(needs, 2):
        needs[one].append(other)
        needs[other].append(one)
    return _tasks(needs)


def long_chain() -> str:
    return _tasks({n: [n - 1] if n else [] for n in range(14_000)})


def long_cycle() -> str:
    return _tasks({n: [(n - 1) % 14_000] for n in range(14_000)})


def many_cycles() -> str:
    return _tasks({n: [n ^ 1] for n in range(14_000)})


def suppressions() -> str:
    return "tasks:\n" + "# automation-validator: ignore[never-triggered]\n" * 100_000


def shell_lines() -> str:
    body = "        sleep 1 &\n" * 250_000
    return f"services:\n  s:\n    name: s\n    commands:\n      start: |\n{body}"


def heredocs() -> str:
    body = "".join(f"        cat <<E{n}\n" for n in range(200_000))
    return f"services:\n  s:\n    name: s\n    commands:\n      start: |\n{body}"


def continued_line() -> str:
    body = "        docker \\\n" * 250_000
    return f"services:\n  s:\n    name: s\n    commands:\n      start: |\n{body}"


def quotes_never_closed() -> str:
    return 'services: {s: {name: s, commands: {start: "' + "'\\\"" * 1_600_000


def anchors() -> str:
    return "tasks:\n" + "".join(f"  t{n:x}: &a{n:x} {{name: a}}\n" for n in range(48_000))


def aliases() -> str:
    return "tasks:\n  t: &t {name: a, command: b, triggeredBy: [manual]}\n" + "".join(
        f"  u{n:x}: *t\n" for n in range(30_000)
    )


def carriage_returns() -> str:
    return "tasks:\r" + "\r" * (LARGEST - 100) + "x"


def colons() -> str:
    return ":" * (LARGEST - 100) + " x: y: z"


def spaces() -> str:
    return "tasks:\n" + " " * (LARGEST - 100) + "\t x"


def comments() -> str:
    return "#\n" * (LARGEST // 2)


def base_60() -> str:
    """Digits and colons: YAML 1.1 reads numbers in base 60."""
    return "tasks:\n  t:\n    name: " + ":59" * 1_500_000


def digits() -> str:
    return "tasks:\n  t:\n    name: " + "9" * (LARGEST - 100)


def underscores() -> str:
    return "tasks:\n  t:\n    name: 1" + "_" * (LARGEST - 100) + "x"


def braces() -> str:
    return "tasks:\n  t:\n    name: " + "{{" * 30 + "a" + "}}" * 30


def templates() -> str:
    return "tasks:\n" + "".join(f"  t{n:x}: {{{{ a }}}}\n" for n in range(95_000))


def tags() -> str:
    return "tasks:\n" + "".join(f"  t{n:x}: !x{n:x} 1\n" for n in range(95_000))


def escapes() -> str:
    return 'tasks: {t: {name: "' + "\\u00e9" * 800_000 + '", command: c}}'


def durations() -> str:
    return "services:\n  s:\n    name: s\n    readinessTimeout: " + "1" * 4_000_000 + "s"


SEEN = {
    "long_key_and_unknown_fields": "too-large",
    "explicit_long_key_and_unknown_triggers": "too-large",
    "alias_of_a_script": "alias-expansion",
    "alias_of_a_role": "alias-expansion",
    "aliases_just_allowed": "invalid-value",
    "alias_of_base_60": "alias-expansion",
    "base_60_numbers": "wrong-type",
    "base_60_with_a_fraction": "wrong-type",
    "base_60_names": "wrong-type",
    "unknown_rules_in_a_comment": "invalid-suppression",
    "sdk_spelling": "noncanonical-spelling",
    "misspelt_fields": "unknown-field",
    "entries_of_another_type": "wrong-type",
    "repeated_triggers_in_brackets": "duplicate-trigger",
    "misplaced_scripts": "unknown-field",
    "one_line_that_is_not_ascii": "unknown-field",
    "similar_names": "unknown-dependency",
    "tag_directives": "too-large",
}
"""Texts of `repetitions` that once took minutes or gigabytes, each with the expected rule."""


def _as_large_as_is_read(kind: str) -> Callable[[], str]:
    def bomb() -> str:
        return largest(kind, LARGEST)

    bomb.__name__ = kind
    return bomb


BOMBS: dict[Callable[[], str], str] = {
    laughs: "alias-expansion",
    laughs_in_mappings: "alias-expansion",
    merges: "alias-expansion",
    merges_of_many_members: "alias-expansion",
    merges_of_unknown_fields: "unknown-field",
    recursive_alias: "recursive-alias",
    recursive_merge: "recursive-alias",
    flow_levels: "too-deep",
    flow_mappings: "too-deep",
    block_levels: "too-deep",
    block_mappings: "too-deep",
    question_marks: "too-deep",
    large_scalar: "too-large",
    scalar_just_allowed: "never-triggered",
    long_line: "too-large",
    line_just_allowed: "unknown-field",
    million_keys: "too-large",
    million_keys_on_one_line: "too-large",
    million_repeated_keys: "duplicate-key",
    million_entries: "too-large",
    many_documents: "multiple-documents",
    unknown_fields: "unknown-field",
    nearly_known_fields: "unknown-field",
    odd_references: "invalid-reference",
    missing_fields: "missing-field",
    wrong_types: "wrong-type",
    unknown_triggers: "invalid-value",
    unknown_dependencies: "unknown-dependency",
    long_pointers: "too-large",
    repeated_dependencies: "duplicate-dependency",
    complete_graph: "redundant-dependency",
    wide_redundant_dependencies: "redundant-dependency",
    complete_cyclic_graph: "dependency-cycle",
    long_chain: "none",
    long_cycle: "dependency-cycle",
    many_cycles: "dependency-cycle",
    suppressions: "unused-suppression",
    shell_lines: "start-detaches",
    heredocs: "never-triggered",
    continued_line: "never-triggered",
    quotes_never_closed: "yaml-syntax",
    anchors: "missing-field",
    aliases: "alias-expansion",
    carriage_returns: "yaml-syntax",
    colons: "yaml-syntax",
    spaces: "yaml-syntax",
    comments: "empty-document",
    base_60: "missing-field",
    digits: "wrong-type",
    underscores: "missing-field",
    braces: "yaml-syntax",
    templates: "yaml-syntax",
    tags: "unsupported-tag",
    escapes: "never-triggered",
    durations: "invalid-duration",
    **{_as_large_as_is_read(kind): rule for kind, rule in SEEN.items()},
}
"""Each document with the expected rule; `none` if there are no findings."""
