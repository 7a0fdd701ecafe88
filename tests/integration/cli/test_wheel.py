"""The wheel: it holds the workbench, and runs where neither Node nor make nor this repository is."""

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "src" / "mainspring" / "web" / "static" / "index.html"
PATIENCE = 60  # seconds for the server to come up on a busy machine

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(not BUILT.is_file(), reason="the workbench is not built: run `make workbench` first"),
]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own with the wheel in it; the libraries are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(source),
    ]
    subprocess.run(build, check=True, capture_output=True)
    own = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(own)], check=True)
    packages = next(own.rglob("site-packages"))
    with zipfile.ZipFile(next(folder.glob("mainspring-*.whl"))) as wheel:
        wheel.extractall(packages)
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return next(file for file in (own / "bin" / "python", own / "Scripts" / "python.exe") if file.exists())


@pytest.fixture
def address(python: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server of the wheel as `mainspring up` starts it: its sign-in link and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["-m", "mainspring.cli.main", "up", "--no-browser", "--port", str(port)]
    environment = {
        name: value for name, value in os.environ.items() if name in {"SYSTEMROOT", "HOME", "TMPDIR"}
    }
    environment["PATH"] = str(python.parent)
    server = subprocess.Popen(
        [str(python), *words], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        link = next(
            found[0] for line in server.stdout if (found := re.findall(r"http://\S+/sign-in/\S+", line))
        )
        yield link, f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
        if server.stdout is not None:
            server.stdout.close()


def answered(client: httpx.Client, path: str) -> httpx.Response:
    """The answer, once the server listens."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return client.get(path)
        except httpx.TransportError:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_the_wheel_serves_the_workbench_to_who_follows_the_link(
    address: tuple[str, str], tmp_path: Path
) -> None:
    link, base = address
    with httpx.Client(base_url=base, follow_redirects=True, timeout=PATIENCE) as client:
        page = answered(client, "/").text
        script = re.findall(r'src="(/[^"]+\.js)"', page)[0]
        assert client.get(script).status_code == 200
        assert client.get(link).status_code == 200
        assert client.get("/api/v1/me").json()["id"] == "owner"
    assert (tmp_path / "data" / "mainspring.db").is_file()


def test_the_code_that_runs_is_that_of_the_wheel(python: Path) -> None:
    shown = subprocess.run(
        [str(python), "-c", "import mainspring; print(mainspring.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=python.parent,
    )
    assert Path(shown.stdout.strip()).is_relative_to(python.parents[1])
