"""The token is found where huggingface_hub keeps it, and shown nowhere."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from paperstui.sources.credentials import Secret, find_token

TOKEN = "hf_thisIsTheTokenOfATest"  # noqa: S105 - it opens nothing


def _file(path: Path, content: str = TOKEN + "\n", mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    path.chmod(mode)
    return path


def test_the_environment_comes_first(tmp_path: Path) -> None:
    other = _file(tmp_path / "token", "hf_other")
    assert find_token({"HF_TOKEN": f" {TOKEN}\n", "HF_TOKEN_PATH": str(other)}) == (Secret(TOKEN), "")
    assert find_token({"HUGGING_FACE_HUB_TOKEN": TOKEN, "HF_HOME": str(tmp_path)}) == (Secret(TOKEN), "")


def test_then_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = _file(tmp_path / "named")
    assert find_token({"HF_TOKEN_PATH": str(named), "HF_HOME": "/nowhere"})[0] == Secret(TOKEN)
    _file(tmp_path / "home" / "token")
    assert find_token({"HF_HOME": str(tmp_path / "home")})[0] == Secret(TOKEN)
    _file(tmp_path / "cache" / "huggingface" / "token")
    assert find_token({"XDG_CACHE_HOME": str(tmp_path / "cache")})[0] == Secret(TOKEN)
    monkeypatch.setenv("HOME", str(tmp_path))
    _file(tmp_path / ".cache" / "huggingface" / "token")
    assert find_token({})[0] == Secret(TOKEN)


def test_there_may_be_none(tmp_path: Path) -> None:
    nowhere = {"HF_HOME": str(tmp_path / "nowhere")}
    assert find_token(nowhere) == (None, "")
    assert find_token(nowhere | {"HF_TOKEN": ""}) == (None, "")
    assert find_token({"HF_TOKEN_PATH": str(tmp_path)}) == (None, "")
    assert find_token({"HF_TOKEN_PATH": "a\0b"}) == (None, "")
    assert find_token({"HF_HOME": "~nobody-of-that-name/x"}) == (None, "")
    assert find_token({"HF_TOKEN_PATH": str(_file(tmp_path / "empty", " \n"))}) == (None, "")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_not_used(mode: int, tmp_path: Path) -> None:
    token, notice = find_token({"HF_TOKEN_PATH": str(_file(tmp_path / "token", mode=mode))})
    assert token is None
    assert "chmod 600" in notice
    assert TOKEN not in notice


@pytest.mark.parametrize("content", ["two words", "é", "a\nb", "x" * 5_000, "tab\there", "\x1b[2J"])
def test_what_cannot_stand_in_a_header_is_no_token(content: str, tmp_path: Path) -> None:
    token, notice = find_token({"HF_TOKEN_PATH": str(_file(tmp_path / "token", content))})
    assert token is None
    assert notice
    assert content not in notice
    assert find_token({"HF_TOKEN": content})[0] is None


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret(TOKEN)
    for shown in (
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret!r:>40}",
        repr([secret]),
        ascii(secret),
    ):
        assert TOKEN not in shown
        assert "***" in shown
    assert secret.reveal() == TOKEN
    assert secret == Secret(TOKEN)
    assert hash(secret) == hash(Secret(TOKEN))
    assert secret != TOKEN
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)
    assert not hasattr(secret, "__dict__")
