"""Keys, tokens and passwords that are in the file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from validator.finding import Problem, Severity, Span
from validator.model.automations import Document
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.rule import Rule
from validator.tuples import NamedTuple

# In a quoted string, `\n` may stand before it.
_ALONE = r"(?:(?<![\w-])|(?<=\\[nrt]))"
_HOST = r"[\w.-]+"
_OF_URLS = ("://",)
_OF_WEB_TOKENS = ("eyJ",)
_OF_PRIVATE_KEYS = ("PRIVATE KEY-----",)


class _Form(NamedTuple):
    """What a kind of secret looks like: `marks`, one of which it contains, and all of it.

    The group of `pattern`, or all that it matches, is the secret. Numbers of repetitions are
    bounded, or begin where a word does, so that the search takes linear time.
    """

    name: str
    marks: tuple[str, ...]
    pattern: str


_FORMS = (
    _Form(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        _ALONE + r"(?:gh[opusr]_[A-Za-z0-9]{36,251}|github_pat_\w{60,251})",
    ),
    _Form(
        "a GitLab token", ("glpat-", "gldt-", "glrt-"), _ALONE + r"gl(?:pat|dt|rt)-[\w-]{20,200}"
    ),
    _Form("an AWS access key", ("AKIA", "ASIA"), _ALONE + r"A[KS]IA[A-Z2-7]{16}(?![\w-])"),
    _Form(
        "a Slack token",
        ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"),
        _ALONE + r"(?:xox[abprs]|xapp-\d)-(?=[\w-]{0,40}\d{6})[\w-]{20,200}",
    ),
    _Form(
        "a Slack webhook",
        ("hooks.slack.com",),
        r"hooks\.slack\.com/services/(T\w{8,12}/B\w{8,12}/\w{20,30})",
    ),
    _Form("a Stripe key", ("k_live_",), _ALONE + r"[sr]k_live_[A-Za-z0-9]{20,200}"),
    # All keys of OpenAI have this in their middle.
    _Form("an OpenAI key", ("T3BlbkFJ",), _ALONE + r"sk-[\w-]{10,100}?T3BlbkFJ[\w-]{20,100}"),
    _Form("an Anthropic key", ("sk-ant-",), _ALONE + r"sk-ant-[a-z]{3,10}\d\d-[\w-]{80,120}"),
    _Form("a Google API key", ("AIza",), _ALONE + r"AIza[\w-]{35}(?![\w-])"),
    _Form("an npm token", ("npm_",), _ALONE + r"npm_[A-Za-z0-9]{36}(?!\w)"),
    _Form("a PyPI token", ("pypi-AgE",), _ALONE + r"pypi-AgE[\w-]{50,250}"),
    _Form("a Hugging Face token", ("hf_",), _ALONE + r"hf_[A-Za-z]{34}(?!\w)"),
    _Form("a SendGrid key", ("SG.",), _ALONE + r"SG\.[\w-]{22}\.[\w-]{43}(?![\w-])"),
    _Form(
        "a private key",
        _OF_PRIVATE_KEYS,
        # What follows is the key itself; in a quoted string its lines end with `\n`.
        r"-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY-----(?:\\n|\s){1,40}[A-Za-z0-9+/]{20,100}"
        r"(?:(?:\\n|\s){1,40}[A-Za-z0-9+/]{40,100}){0,300}"
        r"(?:[A-Za-z0-9+/=\s\\]{0,200}-----END)?",
    ),
    _Form(
        "a JSON Web Token",
        _OF_WEB_TOKENS,
        r"(?<![\w.-])eyJ[\w-]{10,400}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}",
    ),
    _Form(
        "a password in a URL",
        _OF_URLS,
        r"://[^\s/@:'\"`]{0,100}:([^\s/@:'\"`$<>{}()\[\]*%]{6,100})@(?=[\w-]{1,63}\.[\w.-]{2,200})",
    ),
)

# Addresses are in most files, but few have a password in one.
_MARKS = ("@", *(mark for form in _FORMS if form.marks != _OF_URLS for mark in form.marks))

# What stands for a secret in examples.
_PLACEHOLDER = (
    r"(?i)example|your|change|replace|placeholder|dummy|fake|sample|test|password|passwd|secret"
    r"|token|postgres|x-oauth|x{6}|0{6}|\.{3}|12345678|abcdefg"
)
# A token with fewer different characters is one, such as `ghp_xxxx`.
_LEAST_VARIETY = 10
_LOCAL_HOST = (
    r"127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|(?:.*\.)?example\.[a-z]+"
    r"|.*\.(?:example|internal|invalid|lan|local|localhost|test)"
)


def check(document: Document) -> Iterator[Problem]:
    return problems(document.text, document.root)


def problems(text: str, root: Node) -> Iterator[Problem]:
    """The secrets of a document; `text` is "" if it has none."""
    if not text:
        yield from _in_values(root)
        return
    found = sorted(_secrets(text))
    if not found:
        return
    owners = _owners(root, [span for span, _ in found])
    for span, name in found:
        yield _problem(name, span, owners.get(span, ""))


def _secrets(text: str) -> Iterator[tuple[Span, str]]:
    """The places of secrets in a text, none in another, and what they are."""
    taken: set[int] = set()
    for form in _FORMS:
        if not any(mark in text for mark in form.marks):
            continue
        for found in re.finditer(form.pattern, text):
            span = Span(*found.span(found.re.groups))
            # A token may be the password of a URL.
            if span.start not in taken and _is_secret(found, form):
                taken.add(span.start)
                yield span, form.name


def _is_secret(found: re.Match[str], form: _Form) -> bool:
    value = found[found.re.groups]
    if form.marks == _OF_URLS:
        return _is_password(found, value)
    if form.marks == _OF_WEB_TOKENS:
        return _is_private_token(value)
    if len(set(value)) < _LEAST_VARIETY:
        return False
    return form.marks == _OF_PRIVATE_KEYS or re.search(_PLACEHOLDER, value) is None


def _is_password(found: re.Match[str], value: str) -> bool:
    """Whether what is before the `@` of a URL is a password for another computer."""
    user = found[0].removeprefix("://").partition(":")[0]
    host = re.compile(_HOST).match(found.string, found.end())
    return (
        value != user
        and re.search(_PLACEHOLDER, value) is None
        and host is not None
        and re.fullmatch(_LOCAL_HOST, host[0]) is None
    )


def _is_private_token(token: str) -> bool:
    """Whether a JSON Web Token is none of those in documentation, or that browsers get."""
    import base64
    import binascii
    import json

    payload = token.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return False
    if not isinstance(claims, dict):
        return False
    known = claims.get("sub") == "1234567890" or claims.get("iss") == "supabase-demo"
    return not known and claims.get("role") != "anon"


def _in_values(root: Node) -> Iterator[Problem]:
    """The secrets of a document that has no text, such as a Python object."""
    for path, node in _scalars(root):
        for _, name in sorted(_secrets(node.text)):
            yield _problem(name, node.span, pointer(path))


def _owners(root: Node, spans: list[Span]) -> dict[Span, str]:
    """The JSON pointers of the values that spans are in; `spans` are in their order.

    One in a comment is in none.
    """
    found: dict[Span, str] = {}
    for path, node in _scalars(root):
        index = bisect_left(spans, node.span)
        while index < len(spans) and spans[index].start < node.end:
            found.setdefault(spans[index], pointer(path))
            index += 1
    return found


def _scalars(root: Node) -> Iterator[tuple[Path, Scalar]]:
    """All keys and values that are not lists or mappings; one at an anchor comes once."""
    stack: list[tuple[Path, Node]] = [((), root)]
    seen: set[int] = set()
    while stack:
        path, node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            yield path, node
        elif isinstance(node, Sequence):
            stack += [((*path, index), item) for index, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            for name, (key, value) in node.members.items():
                stack += (((*path, name), key), ((*path, name), value))


def _problem(name: str, span: Span, at: str) -> Problem:
    message = f"{name} is in the file; revoke it, and keep a new one as a secret of the project"
    return Problem("secret-in-file", message, span, at, secret=True)


_EXAMPLE = """\
tasks:
  tools:
    name: Get the tools
    command: git clone https://ci:{0}@git.acme.dev/tools.git
    triggeredBy: [manual]
"""

RULES = (
    Rule(
        name="secret-in-file",
        severity=Severity.WARNING,
        group="security",
        summary="A key, a token or a password is in the file",
        why="Whoever can read the repository, or one of its forks and earlier versions, can use "
        "it. Secrets of the project, of the organization and of the user are variables in the "
        "environment: `$NAME`. What has been in a repository is to be revoked, not only removed. "
        "No output shows the value; an example is suppressed by a comment.",
        bad=_EXAMPLE.format("mK7vQ2xW9pLr"),
        good=_EXAMPLE.format("$GIT_TOKEN"),
        check=check,
        words=_MARKS,
        secret=True,
    ),
)
