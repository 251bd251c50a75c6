"""The page about a file, as a document: its content, and that nothing can be injected."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.checkout import ROOT
from tests.command import SNAPSHOTS, run
from tests.drawing.test_diagram import file_of
from tests.drawing.test_drawing import HOSTILE
from tests.expected_output import assert_snapshot
from tests.work import lines_run
from validator import Config, check_text, read_document
from validator.drawing.page.page import page

BROKEN = (ROOT / "fixtures/broken/.ona/automations.yaml").read_text(encoding="utf-8")


def page_of(text: str, path: str = "x.yaml") -> str:
    return page(read_document(text), check_text(text, path=path, kind="automations-file"))


class Tags(HTMLParser):
    """Collects the elements of a page with their attributes, and its text outside code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_what_a_document_holds_is_text_in_it() -> None:
    tags = Tags(page_of(HOSTILE, path='<b>"x".yaml'))
    names = [name for name, _ in tags.found]
    assert names.count("script") == 1
    assert not {"img", "b", "iframe", "object", "embed", "link", "base"} & set(names)
    for _, attributes in tags.found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert (attributes.get("href") or "#").startswith("#")
        assert "src" not in attributes
    text = "".join(tags.texts)
    assert "</script><img src=x onerror=alert(1)>" in text
    assert '<b>"x".yaml' in text
    assert "日本語 😀 one two \\u{202e}\\u{1b}[31m" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)


def test_the_whole_page() -> None:
    path = "fixtures/graph/automations.yaml"
    text = page_of((ROOT / path).read_text(encoding="utf-8"), path=path)
    # Style and script are separate files.
    shown = re.sub(r"<(style|script)>.*?</\1>|sha256-[^']*", r"<\1>", text, flags=re.DOTALL)
    assert_snapshot(shown, SNAPSHOTS / "graph-page.html")


def test_only_its_own_style_and_script_are_allowed() -> None:
    text = page_of(BROKEN)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    allowed = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert allowed.pop("default-src") == "'none'"
    assert allowed.pop("base-uri") == allowed.pop("form-action") == "'none'"
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        contents = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(contents) == 1
        digest = base64.b64encode(hashlib.sha256(contents[0].encode()).digest()).decode()
        assert allowed.pop(directive) == f"'sha256-{digest}'"
    assert allowed == {}


def test_it_is_whole_without_its_script() -> None:
    text = "".join(Tags(page_of(BROKEN)).texts)
    for expected in (
        "4 tasks, 1 service and 4 dependencies · 6 errors, 1 warning",
        "docker compose up -d postgres",
        "A file with errors has no plan",
        "no task or service has the reference ",
        "line 21, column 17",
    ):
        assert expected in text


def test_findings_belong_to_their_items() -> None:
    text = page_of(BROKEN)
    articles = dict(re.findall(r'<article id="item-(\d)".*?</h3>(.*?)</article>', text, re.DOTALL))
    rule = r'</span> <a href="#rule-[a-z-]+"><code>([a-z-]+)</code></a> <span class="note">line'
    rules = {number: re.findall(rule, article) for number, article in articles.items()}
    assert rules == {
        "0": ["start-detaches", "unknown-field", "trigger-not-allowed"],
        "1": ["unknown-field"],
        "2": ["unknown-dependency", "invalid-value"],
        "3": ["dependency-cycle"],
        "4": ["dependency-cycle"],
        "5": [],
    }


def test_a_plan_is_whole_without_the_script() -> None:
    path = ROOT / "fixtures/plan/automations.yaml"
    text = "".join(Tags(page_of(path.read_text(encoding="utf-8"))).texts)
    assert "The dev container has started, the first time or rebuilt." in text
    assert "During a prebuild; without user secrets." in text
    assert "pulled in by migrate" in text


def test_a_cycle_is_in_a_plan_where_it_is_no_error() -> None:
    text = (
        "tasks:\n"
        "  a: {name: A, command: a, dependsOn: [b], triggeredBy: [manual]}\n"
        "  b: {name: B, command: b, dependsOn: [a]}\n"
    )
    report = check_text(text, config=Config(ignore=frozenset({"dependency-cycle"})))
    shown = "".join(Tags(page(read_document(text), report)).texts)
    assert "Never: in a dependency cycle, or waiting for one" in shown


def test_each_rule_is_explained_once_and_links_to_it_or_to_its_address() -> None:
    text = page_of(BROKEN)
    links = re.findall(r'href="#(rule-[a-z-]+)"', text)
    articles = re.findall(r'<article id="(rule-[a-z-]+)"', text)
    assert sorted(set(links)) == articles
    assert "rule-dependency-cycle" in articles
    explained = next(
        each for each in text.split("<article ") if each.startswith('id="rule-dependency-cycle"')
    )
    assert "Wrong" in explained

    report = check_text("tasks: {a: {name: A, command: a}}")
    (finding,) = report.findings
    named = report.replace(findings=(finding._replace(rule="shellcheck", code="SC2086"),))
    shown = page(None, named)
    assert '<a href="https://www.shellcheck.net/wiki/SC2086"><code>SC2086</code></a>' in shown
    assert "#rule-" not in shown.replace('startsWith("#rule-")', "")


def test_a_file_that_can_not_be_read_has_a_page_with_its_findings() -> None:
    text = "".join(Tags(page_of("tasks: [")).texts)
    assert "0 tasks, 0 services and 0 dependencies · 1 error" in text
    assert "yaml-syntax" in text


def test_a_clean_file_has_no_findings() -> None:
    text = page_of("tasks: {a: {name: A, command: c, triggeredBy: [manual]}}")
    assert "<p>No findings.</p>" in text
    assert "no findings</p>" in text


def test_the_command_writes_it() -> None:
    done = run("graph", "--format", "html", "fixtures/broken")
    assert done.returncode == 1
    assert done.stdout.startswith(b"<!doctype html>\n")
    unreadable = run("graph", "--format", "html", "-", stdin=b"tasks: [")
    assert unreadable.returncode == 1
    assert b"yaml-syntax" in unreadable.stdout


def test_it_does_without_the_graph_where_that_is_too_large() -> None:
    text = page_of(file_of({str(number): [] for number in range(1001)}))
    assert "1,001 items and 0 dependencies are too many for this picture" in text
    assert text.count('<article id="item-') == 1001


def test_it_shows_the_most_severe_of_very_many_findings() -> None:
    entries = ", ".join(["1"] * 2_000)
    item = "  a: {name: A, command: a, triggeredBy: [manual, manual], dependsOn: [%s]}\n"
    text = page_of(f"tasks:\n{item % entries}")
    assert "2,000 errors, 1 warning" in text
    # In the list of all, and at their item.
    assert text.count('<div class="finding">') == 2 * 1_001
    assert "1,001 more findings are not shown" in text
    assert "duplicate-trigger" not in text


def test_an_item_is_explained() -> None:
    text = page_of((ROOT / "fixtures/plan/explained.yaml").read_text(encoding="utf-8"))
    assert text.count('<div class="why">') == 8
    fetch = text.split('<article id="item-3"')[1].split("</article>")[0]
    assert (
        "<h4>If it fails</h4><p><code>load</code> does not run, nor what needs it.</p>"
        "<p>Not documented: whether a prebuild fails if this task does, because one with "
        "<code>prebuildRequiresSuccess</code> then does not run.</p></div>"
    ) in fetch
    index = text.split('<article id="item-5"')[1].split("</article>")[0]
    assert "<p>The task <code>load</code> must have ended without failing.</p>" in index


def test_what_is_not_there_or_in_a_large_file_is_not_explained() -> None:
    missing = page_of("tasks:\n  a: {name: A, command: x, dependsOn: [missing]}\n")
    assert missing.count('<article id="item-') == 2
    assert missing.count('<div class="why">') == 1
    assert "Not in the file: <code>missing</code>." in missing
    large = page_of(file_of({str(number): [] for number in range(1001)}))
    assert '<div class="why">' not in large


def test_of_what_can_not_be_read_no_conclusions_are_drawn() -> None:
    text = page_of(
        "tasks:\n"
        "  a: {name: A, command: x, triggers: [prebuild]}\n"
        "  b: {name: B, command: x, depends: [a], triggeredBy: [manual]}\n"
        "  c: {name: C, command: x, dependsOn: [d]}\n"
        "  d: 5\n"
    )
    a, b = (text.split(f'<article id="item-{each}"')[1].split("</article>")[0] for each in (0, 1))
    unread = "Something in the file can&#x27;t be read, so"
    assert f"<h4>When it runs</h4><p>{unread} it is not known what starts it.</p>" in a
    assert "<p>Something in it can&#x27;t be read, so it is not known what it needs.</p>" in b
    assert f"<p>{unread} more may start it.</p>" in b
    assert "<p>Not in the file, or can&#x27;t be read: <code>d</code>.</p>" in text
    for shown in (a, b):
        assert f"<p>{unread} it is not known what depends on it.</p>" in shown
        assert "the project and, outside prebuilds, the user.</p>" in shown


def test_what_never_runs_does_not_run_when_started_by_hand_either() -> None:
    text = page_of("tasks:\n  a: {name: A, command: x, dependsOn: [a]}\n")
    article = text.split('<article id="item-0"')[1].split("</article>")[0]
    assert '<dt>Triggers</dt><dd class="own">none</dd>' in article
    assert "<p>Never: it is in a dependency cycle, or needs something that is.</p>" in article
    assert "by hand" not in article


def test_what_never_runs_is_not_lost() -> None:
    text = page_of("tasks:\n  a: {name: A, command: x, dependsOn: [a], triggeredBy: [manual]}\n")
    assert text.count('<div class="why never">') == 1
    assert "If it fails" not in text


@pytest.mark.parametrize("cyclic", [False, True])
def test_work_grows_with_the_file(cyclic: bool) -> None:
    def work(size: int) -> int:
        edges = {str(n): [str(n * step // 7) for step in range(1, 6) if n] for n in range(size)}
        if cyclic:
            edges["0"] = [str(size - 1)]
        text = file_of(edges)
        document, report = read_document(text), check_text(text)
        assert len(page(document, report)) < 10_000 * size
        return lines_run(lambda: page(document, report))

    assert 0 < work(2_000) < 2.3 * work(1_000)
