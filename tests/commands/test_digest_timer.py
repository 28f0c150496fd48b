from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from paperstui.commands import digest_timer
from paperstui.commands.digest_timer import own_command, systemd_word
from tests.commands.calling import Caller, process

AWKWARD = """50% "of" 'it' $HOME \\ ; -x `id` ä author:"Ada Li" """.strip()


def units(printed: str) -> dict[str, str]:
    """The files that are printed, by their names."""
    found = re.findall(r"^# (\S+\.(?:service|timer))\n(.*?)(?=^# |\Z)", printed, re.MULTILINE | re.DOTALL)
    return {Path(name).name: text for name, text in found}


def parsed(unit: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit)
    return parser


def cron_line(printed: str) -> str:
    [line] = [line for line in printed.splitlines() if re.match(r"[0-9]+ [0-9]+ \* \* 1-5 ", line)]
    return line


def test_it_prints_a_timer_a_service_and_a_line_for_cron(call: Caller) -> None:
    printed = call.good("digest", "--print-timer").out
    found = units(printed)
    assert set(found) == {"paperstui-digest.service", "paperstui-digest.timer"}
    timer = parsed(found["paperstui-digest.timer"])
    assert timer["Timer"]["OnCalendar"] == "Mon..Fri 07:30"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
    service = parsed(found["paperstui-digest.service"])
    assert service["Service"]["Type"] == "oneshot"
    starts = re.findall("^ExecStart=(.*)$", found["paperstui-digest.service"], re.MULTILINE)
    assert starts == [f"-{sys.executable} -m paperstui refresh", f"{sys.executable} -m paperstui digest --mail"]
    assert cron_line(printed).startswith("30 7 * * 1-5 ")


def test_nothing_is_read_or_written(call: Caller, tmp_path: Path) -> None:
    call.good("digest", "--print-timer")
    assert list((tmp_path / "home").iterdir()) == []


def test_it_carries_what_was_asked_for(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed = call.good("digest", "cat:cs.RO", "-survey", "--name", "robots", "--top", "all", "--print-timer").out
    assert set(units(printed)) == {"paperstui-digest-robots.service", "paperstui-digest-robots.timer"}
    assert 'digest "cat:cs.RO -survey" --name robots --top all --mail\n' in printed
    printed = call.good("digest", "--format", "html", "-o", "news.html", "--print-timer").out
    assert f"digest --format html -o {tmp_path}/news.html\n" in printed


def test_the_settings_that_say_which_library_come_along(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("PAPERSTUI_SMTP_PASSWORD", "secret")
    printed = call.good("digest", "--print-timer").out
    assert f"Environment=XDG_DATA_HOME={tmp_path}/home/data\n" in printed
    assert f"XDG_DATA_HOME={tmp_path}/home/data " in cron_line(printed)
    assert "secret" not in printed


def test_the_script_it_was_started_as_is_named_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "bin with space" / "paperstui"
    script.parent.mkdir()
    script.write_text(f"#!{sys.executable}\nfrom paperstui.cli import main\nraise SystemExit(main())\n", "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert own_command() == [str(script)]
    monkeypatch.chdir(script.parent)
    monkeypatch.setattr(sys, "argv", ["./paperstui"])
    assert own_command() == [str(script)]
    script.chmod(0o600)
    assert own_command() == [sys.executable, "-m", "paperstui"]


def test_a_process_of_its_own_names_the_command_that_runs_it(tmp_path: Path) -> None:
    printed = process("digest", "--print-timer").out
    line = re.search("^ExecStart=(.*digest --mail)$", printed, re.MULTILINE)
    assert line is not None
    words = shlex.split(line[1])
    ended = subprocess.run([*words[:-2], "--version"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ended.stdout.startswith("paperstui ")


def test_cron_and_the_shell_make_of_the_line_what_was_meant(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cron does to a line (crontab(5)), and then what /bin/sh does."""
    script = tmp_path / "paperstui"
    script.write_text(f'#!/bin/sh\nfor word; do echo "[$word]"; done >> {tmp_path}/words\n', "utf-8")
    script.chmod(0o700)
    monkeypatch.setattr(sys, "argv", [str(script)])
    for name in digest_timer.CARRIED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", f"{tmp_path}/50% of 'it'")
    line = cron_line(call.good("digest", AWKWARD, "--name", "x", "--print-timer").out).split(" ", 5)[5]
    assert re.search(r"(?<!\\)%", line) is None
    command = line.replace("\\%", "%")
    subprocess.run(["/bin/sh", "-c", command], check=True, env={"PATH": os.environ["PATH"]})
    said = (tmp_path / "words").read_text("utf-8").splitlines()
    assert said == ["[refresh]", "[digest]", f"[{AWKWARD}]", "[--name]", "[x]", "[--mail]"]


def unquoted(line: str) -> list[str]:
    """The words that systemd makes of a command line (systemd.service(5), systemd.syntax(7))."""
    words = []
    for quoted, plain in re.findall(r'"((?:\\.|[^"\\])*)"|(\S+)', line):
        text = re.sub(r"\\x([0-9a-f]{2})|\\(.)", lambda found: chr(int(found[1], 16)) if found[1] else found[2], quoted)
        words.append((text if quoted else plain).replace("%%", "%").replace("$$", "$"))
    return words


@pytest.mark.parametrize("word", [AWKWARD, "", "plain", "a b", "%h", "$HOME", "a\tb\n", ";", '"', "\\", "é", "-survey"])
def test_systemd_makes_of_a_word_what_was_meant(word: str) -> None:
    line = systemd_word(word)
    assert unquoted(line) == [word]
    assert "\n" not in line
    assert "%" not in line.replace("%%", "")
    assert "$" not in line.replace("$$", "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_has_nothing_against_the_units(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    files = []
    for name, text in units(call.good("digest", AWKWARD, "--print-timer").out).items():
        files.append(tmp_path / name)
        files[-1].write_text(text, "utf-8")
    ended = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert [line for line in ended.stderr.splitlines() if "paperstui-digest" in line] == []
