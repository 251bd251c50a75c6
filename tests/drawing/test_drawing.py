"""The picture formats: the content of a document is only ever text in them."""

import json
import re
import subprocess

import jsonschema
import pytest

from tests.drawing.test_diagram import diagram, file_of
from tests.optional import needs_graphviz
from tests.work import lines_run
from validator import drawing, schemas
from validator.drawing.diagram import Diagram

HOSTILE = r"""
services:
  db: {name: "</script><img src=x onerror=alert(1)>", triggeredBy: [manual]}
tasks:
  end: {name: "`x` *y* [a](b)", command: c, triggeredBy: [manual, prebuild]}
  a-: {name: '"]; click x "#35; %% $y$', command: c, dependsOn: [end, db]}
  a_: {name: "日本語 😀 one\ntwo \u202e\e[31m", command: c, dependsOn: [a-, 'go"ne']}
  path: {name: 'C:\N \l {a|b} &lt; ]]>', command: c, dependsOn: [a_, path]}
"""


def test_mermaid() -> None:
    assert drawing.draw(diagram(HOSTILE), "mermaid") == (
        "flowchart LR\n"
        '  s_db(["#60;/script#62;#60;img src#61;x onerror#61;alert(1)#62;<br/>manual"])\n'
        '  t_end["#96;x#96; #42;y#42; #91;a#93;(b)<br/>manual, prebuild"]\n'
        '  t_a_["#34;#93;#59; click x #34;#35;35#59; #37;#37; #36;y#36;<br/>never triggered"]\n'
        '  t_a__2["日本語 😀 one two #92;u#123;202e#125;#92;u#123;1b#125;#91;31m'
        '<br/>never triggered"]\n'
        '  t_path["C:#92;N #92;l #123;a#124;b#125; #38;lt#59; #93;#93;#62;'
        '<br/>never triggered, in a cycle"]\n'
        '  u_go_ne{{"go#34;ne<br/>not found"}}\n'
        "  t_end --> t_a_\n"
        "  s_db --> t_a_\n"
        "  t_a_ --> t_a__2\n"
        "  u_go_ne -.-> t_a__2\n"
        "  t_a__2 --> t_path\n"
        '  t_path -. "cycle" .-> t_path\n'
        "  classDef wrong stroke:#d1242f,stroke-width:2px\n"
        "  class t_path,u_go_ne wrong\n"
        "  linkStyle 3,5 stroke:#d1242f,stroke-width:2px\n"
    )


def test_dot() -> None:
    assert drawing.draw(diagram(HOSTILE), "dot") == (
        "digraph automations {\n"
        "  rankdir=LR\n"
        '  node [fontname="Helvetica"]\n'
        '  s_db [label="</script><img src=x onerror=alert(1)>\\nmanual", shape=oval]\n'
        '  t_end [label="`x` *y* [a](b)\\nmanual, prebuild", shape=box]\n'
        '  t_a_ [label="\\"]; click x \\"#35; %% $y$\\nnever triggered", shape=box]\n'
        '  t_a__2 [label="日本語 😀 one two \\\\u{202e}\\\\u{1b}[31m'
        '\\nnever triggered", shape=box]\n'
        '  t_path [label="C:\\\\N \\\\l {a|b} &amp;lt; ]]>'
        '\\nnever triggered, in a cycle", shape=box, '
        'color="#d1242f", penwidth=2]\n'
        '  u_go_ne [label="go\\"ne\\nnot found", shape=hexagon, style=dashed, '
        'color="#d1242f", penwidth=2]\n'
        "  t_end -> t_a_\n"
        "  s_db -> t_a_\n"
        "  t_a_ -> t_a__2\n"
        '  u_go_ne -> t_a__2 [style=dashed, color="#d1242f", penwidth=2]\n'
        "  t_a__2 -> t_path\n"
        '  t_path -> t_path [label="cycle", fontname="Helvetica", style=dashed, '
        'color="#d1242f", penwidth=2]\n'
        "}\n"
    )


@needs_graphviz
def test_graphviz_reads_it_as_it_is_meant() -> None:
    text = drawing.draw(diagram(HOSTILE), "dot")
    done = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True, check=True)
    shown = done.stdout.decode()
    assert done.stderr == b""
    assert "C:\\N \\l {a|b} &amp;lt; ]]&gt;</text>" in shown
    assert "&quot;]; click x &quot;#35; %% $y$</text>" in shown
    assert shown.count('class="node"') == 6


def test_json_is_as_its_schema_says() -> None:
    text = drawing.draw(diagram(HOSTILE), "json")
    assert text.isascii()
    shown = json.loads(text)
    jsonschema.Draft7Validator(schemas.load("graph-output.schema.json")).validate(shown)
    assert shown["items"][3]["name"] == "日本語 😀 one\ntwo \u202e\x1b[31m"
    assert shown["edges"][3] == {
        "task": "a_",
        "needs": 'go"ne',
        "inCycle": False,
        "unknown": True,
    }
    assert shown["cycles"] == [["path"]]


@pytest.mark.parametrize("format_", ["dot", "json", "mermaid"])
def test_an_empty_file_has_an_empty_picture(format_: str) -> None:
    assert drawing.draw(diagram("tasks:"), format_).count("\n") < 6


def test_an_unknown_format() -> None:
    with pytest.raises(ValueError, match="the formats are dot, "):
        drawing.draw(diagram("tasks:"), "png")


def test_every_item_has_a_word_of_its_own() -> None:
    names = ["a-", "a_", "a__2", "a.", "a._2", "é"]
    tasks = "".join(f"  {name}: {{name: N, command: c}}\n" for name in names)
    text = drawing.draw(diagram(f"tasks:\n{tasks}"), "mermaid")
    words = re.findall(r"^  (\w+)\[", text, re.MULTILINE)
    assert len(set(words)) == len(names)


def large(size: int, *, cyclic: bool) -> Diagram:
    """A graph with this number of tasks, each with up to five dependencies."""
    edges = {
        str(number): [str(number * 7 % max(number, 1) + step) for step in range(min(number, 5))]
        for number in range(size)
    }
    if cyclic:
        edges["0"] = [str(size - 1)]
    return diagram(file_of(edges))


@pytest.mark.parametrize("format_", ["dot", "json", "mermaid"])
@pytest.mark.parametrize("cyclic", [False, True])
def test_work_grows_with_the_graph(format_: str, cyclic: bool) -> None:
    small, twice = large(1_000, cyclic=cyclic), large(2_000, cyclic=cyclic)
    work = lines_run(lambda: drawing.draw(small, format_))
    assert 0 < lines_run(lambda: drawing.draw(twice, format_)) < 2.3 * work
    assert drawing.draw(twice, format_).count("\n") > 2_000
