"""Secrets: their forms, and that no output shows one."""

from __future__ import annotations

import base64
import json
import random
import string

import pytest

from tests.reports import written
from validator import check_object, check_text, output
from validator.configuration.config import Config, Override

LETTERS = string.ascii_letters + string.digits
RULE = "secret-in-file"


def made(length: int, characters: str = LETTERS) -> str:
    """Random characters, the same in each run. No token is in this file, so none is found in it."""
    return "".join(random.Random(length).choices(characters, k=length))


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def web_token(**claims: object) -> str:
    return f"{encoded({'alg': 'HS256'})}.{encoded({'iss': 'shop', **claims})}.{made(43)}"


TOKENS = {
    "GitHub token": ["gh" + "p_" + made(36), "github" + "_pat_" + made(82)],
    "GitLab token": ["gl" + "pat-" + made(20)],
    "AWS access key": ["AK" + "IA" + made(16, string.ascii_uppercase + "234567")],
    "Slack token": ["xox" + "b-123409876512-123409876513-" + made(24)],
    "Slack webhook": ["hooks." + "slack.com/services/T0AB1CD2E/B0AB1CD2E/" + made(24)],
    "Stripe key": ["sk_" + "live_" + made(24)],
    "OpenAI key": ["sk" + "-proj-" + made(40) + "T3Blbk" + "FJ" + made(40)],
    "Anthropic key": ["sk-" + "ant-api03-" + made(95)],
    "Google API key": ["AI" + "za" + made(35)],
    "npm token": ["np" + "m_" + made(36)],
    "PyPI token": ["pypi-" + "AgEIcHlwaS5vcmc" + made(80)],
    "Hugging Face token": ["h" + "f_" + made(34, string.ascii_letters)],
    "SendGrid key": ["S" + "G." + made(22) + "." + made(43)],
    "JSON Web Token": [web_token(user="deployer")],
    "password in a URL": ["https://ci:" + made(16) + "@git.shop.io/tools.git"],
}
ALL = [(name, token) for name, tokens in TOKENS.items() for token in tokens]


def document(command: str) -> str:
    """A document with a script."""
    return json.dumps({"tasks": {"a": {"name": "A", "command": command, "triggeredBy": []}}})


def secrets(command: str) -> list[str]:
    """What is found in a script, as the file's text has it: what it is, and its characters."""
    report = check_text(document(command), config=Config(select=frozenset({RULE})))
    found = []
    for finding in report.findings:
        assert finding.place is not None
        start, end = finding.place.start.offset, finding.place.end.offset
        name = finding.message.split(" is in the file")[0].split(" ", 1)[1]
        found.append(f"{name} {report.text.value[start:end]}")
    return found


@pytest.mark.parametrize(("name", "token"), ALL)
@pytest.mark.parametrize("command", ["export TOKEN={}", "curl -H 'X-Key: {}' x", "a --key={} b"])
def test_forms(name: str, token: str, command: str) -> None:
    (found,) = secrets(command.format(token))
    assert found.startswith(name)
    assert found.removeprefix(name).strip() in token


@pytest.mark.parametrize("token", [token for _, token in ALL])
def test_what_only_begins_like_one(token: str) -> None:
    assert secrets(token[:15]) == []
    assert secrets(f"{token[:6]}{'x' * 60} {token[:6]}-your-key-of-the-project") == []


@pytest.mark.parametrize(
    "claims", [{"sub": "1234567890"}, {"iss": "supabase-demo"}, {"role": "anon"}]
)
def test_web_tokens_of_documentation_and_of_browsers(claims: dict[str, str]) -> None:
    assert secrets(web_token(**claims)) == []
    assert len(secrets(web_token())) == 1


@pytest.mark.parametrize(
    "url",
    [
        "postgres://shop:{}@db:5432/shop",
        "postgres://shop:{}@localhost/shop",
        "postgres://shop:{}@127.0.0.1/shop",
        "http://shop:{}@cache.local",
        "https://shop:{}@example.com",
        "https://shop.io:8080/{}@scope",
        "https://shop:{}",
    ],
)
def test_addresses_of_this_computer_and_of_examples(url: str) -> None:
    assert secrets(url.format(made(12))) == []


def test_a_password_that_is_a_variable_or_known() -> None:
    for password in ("$PASSWORD", "${PASSWORD}", "<password>", "postgres", "changeme1", "short"):
        assert secrets(f"https://ci:{password}@git.shop.io") == []
    assert secrets("https://deployer:deployer@git.shop.io") == []


def test_a_token_is_found_once_though_it_is_a_password_too() -> None:
    token = TOKENS["GitHub token"][0]
    assert secrets(f"git clone https://x-access:{token}@github.com/shop/web") == [
        f"GitHub token {token}"
    ]


def test_secrets_in_comments_keys_and_names() -> None:
    token = TOKENS["Stripe key"][0]
    text = f"# {token}\ntasks:\n  a: {{name: {token}, command: a, triggeredBy: []}}\n"
    found = [each for each in check_text(text).findings if each.rule == RULE]
    assert [each.pointer for each in found] == ["", "/tasks/a/name"]


def test_a_python_object() -> None:
    token = TOKENS["Stripe key"][0]
    report = check_object(
        {"tasks": {"a": {"name": "A", "command": f"x {token}", "triggeredBy": []}}}
    )
    (finding,) = [each for each in report.findings if each.rule == RULE]
    assert finding.pointer == "/tasks/a/command"
    assert token not in finding.message


# One with a mistake on each line that has a secret, so that these lines are shown.
SHOWN = """\
tasks:
  a: {{name: "{0}", command: a, comand: b}}
  b: {{name: B, command: "gp url 3000 {0}"}}
"""


@pytest.mark.parametrize("name", output.FORMATS)
@pytest.mark.parametrize("form", TOKENS)
def test_no_output_shows_a_secret(name: str, form: str) -> None:
    token = TOKENS[form][0]
    secret = token[-30:].removesuffix("@git.shop.io/tools.git")[-8:]
    text = SHOWN.format(token)
    report = check_text(text, path="automations.yaml")
    assert {each.rule for each in report.findings} > {RULE, "unknown-field"}
    assert secret not in written(name, report)


def test_what_is_suppressed_ignored_or_known_is_not_shown_either() -> None:
    token = TOKENS["Stripe key"][0]
    comment = f"# automation-validator: ignore-file[{RULE}]\n"
    for text in (SHOWN.format(token), comment + SHOWN.format(token)):
        report = check_text(text, path="a.yaml")
        others = tuple(each for each in report.findings if each.rule != RULE)
        assert others
        assert token[-8:] not in written("text", report.replace(findings=others))
        assert "********" in written("text", report)


@pytest.mark.parametrize("name", output.FORMATS)
@pytest.mark.parametrize(
    "config",
    [
        Config(ignore=["security"]),
        Config(select=["structure"]),
        Config(overrides=(Override("a.yaml", frozenset([RULE]), {}),)),
    ],
    ids=["ignored", "not selected", "ignored for the path"],
)
def test_no_output_shows_a_secret_if_the_rule_is_off(name: str, config: Config) -> None:
    token = TOKENS["Stripe key"][0]
    report = check_text(SHOWN.format(token), path="a.yaml", config=config)
    found = {each.rule for each in report.findings}
    assert "unknown-field" in found
    assert RULE not in found
    assert token[-8:] not in written(name, report)


@pytest.mark.parametrize("kind", ["automations-file", "workflow-file"])
def test_a_line_that_can_not_be_read_is_shown_without_its_secret(kind: str) -> None:
    token = TOKENS["Stripe key"][0]
    text = f"name: echo {token} - a: b\n"
    for config in (Config(), Config(ignore=[RULE])):
        report = check_text(text, path="a.yaml", kind=kind, config=config)
        found = [each.rule for each in report.findings]
        assert found == [RULE] * (not config.ignore) + ["yaml-syntax"]
        assert "********" in written("text", report)
        assert token[-8:] not in written("text", report)


def test_the_frame_has_stars_of_the_same_width() -> None:
    token = TOKENS["Stripe key"][0]
    report = check_text(document(token), path="a.yaml")
    lines = written("text", report).splitlines()
    assert any("*" * len(token) in line for line in lines)
    assert any("^" * len(token) in line for line in lines)


def test_many_secrets_take_little_time() -> None:
    token = TOKENS["Stripe key"][0]
    many = check_text("# " + f"{token} " * 20_000 + "\ntasks: {}\n")
    assert many.count(many.findings[0].severity) == 20_000
    assert token not in written("text", many.cut())


def test_a_message_that_repeats_a_line_has_stars() -> None:
    token = TOKENS["GitHub token"][0]
    text = f"tasks:\n  a:\n    name: A\n    command: >\n      curl -u {token} x\n      npm ci\n"
    (finding,) = [each for each in check_text(text).findings if each.rule == "script-lines-joined"]
    assert "`curl -u *" in finding.message
    assert token[:8] not in finding.message
