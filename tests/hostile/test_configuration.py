"""Configuration files designed to do harm: an error with its place, quickly."""

import time
from pathlib import Path

import pytest

from validator import ConfigError, load_config

BOMBS = {
    "a key of 100 parts": (".".join(["a"] * 100) + " = 1", "1:127: nested deeper than 64"),
    "a key of 2 MB": ("a." * 1_000_000 + "a = 1", " larger than 1,000,000 bytes"),
    "a key of 900 kB": ("a." * 450_000 + "a = 1", "1:1: keys have too many parts"),
    "many long keys": (
        "".join(f"{'a.' * 990}a{number} = 1\n" for number in range(490)),
        "1:1: keys have too many parts",
    ),
    "a deep list": ("a = " + "[" * 300 + "]" * 300, "1:68: nested deeper than 64"),
    "a deeper list": ("a = " + "[" * 400_000, " nested too deep"),
    "deep tables": ("a = " + "{b = " * 100_000, " nested too deep"),
    "a large number": ("a = 1\nb = " + "1" * 5_000, "2:5: a number has too many digits"),
    "many large numbers": (
        "a = [" + f"{'1' * 3_999}, " * 240 + "1" * 5_000 + "]",
        "1:960246: a number has too many digits",
    ),
    "a large limit": ("limits.max-bytes = 0x" + "f" * 5_000, "1:20: `max-bytes` must be"),
    "many settings": ("".join(f"a{n} = 1\n" for n in range(90_000)), "5000:9: "),
    "many names": (f"ignore = [{'1, ' * 300_000}]", "1:11: `ignore` takes names of rules"),
    "a long name": (f'ignore = ["{"a" * 900_000}"]', "1:11: unknown rule `aaa"),
    "a long setting": (f"{'a' * 900_000} = 1", " this key, together with"),
    "quotes": ('"' + '\\"' * 490_000, "1:980002: not valid TOML: unterminated"),
}


@pytest.mark.parametrize(("text", "message"), BOMBS.values(), ids=BOMBS)
def test_what_is_made_to_hurt_is_an_error_soon(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "automation-validator.toml"
    path.write_text(text)
    started = time.process_time()
    with pytest.raises(ConfigError) as caught:
        load_config(str(path))
    assert time.process_time() - started < 5
    assert str(caught.value).startswith(f"{path}:{message}")
    assert len(str(caught.value)) < len(str(path)) + 500
