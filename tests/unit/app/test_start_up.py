"""The start-up entry: absolute paths, quoted words, a clear word where there is no systemd."""

import shlex
import sys
from pathlib import Path

import pytest

from mainspring.app import start_up
from mainspring.app.errors import SetUpError


def command_of(text: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    return shlex.split(line.removeprefix("ExecStart=").replace("%%", "%").replace("$$", "$"))


def test_the_service_serves_this_database_from_anywhere() -> None:
    words = command_of(start_up.unit("sqlite:///data/a b %h.db", "127.0.0.1", 8081, system=False))
    assert words[:3] == [sys.executable, "-m", "mainspring.cli.main"]
    assert words[words.index("--database") + 1] == f"sqlite:///{Path('data/a b %h.db').absolute()}"
    assert words[words.index("--port") + 1] == "8081"


def test_a_service_of_the_machine_runs_under_its_account() -> None:
    text = start_up.unit("sqlite:///m.db", "127.0.0.1", 8080, system=True, account="firm")
    assert "User=firm" in text
    assert "WantedBy=multi-user.target" in text


def test_the_entry_is_written_where_systemd_looks_for_it(tmp_path: Path) -> None:
    file = start_up.install("[Unit]\n", tmp_path, system=False, platform="linux")
    assert file == tmp_path / ".config/systemd/user/mainspring.service"
    assert file.read_text("utf-8") == "[Unit]\n"


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_it_says_what_to_use_instead(tmp_path: Path, platform: str) -> None:
    with pytest.raises(SetUpError, match="Linux only") as error:
        start_up.install("", tmp_path, system=False, platform=platform)
    assert "mainspring up" in error.value.mend
