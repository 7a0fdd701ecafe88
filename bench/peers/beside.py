"""Other process engines, installed into a throw-away folder and run on the same model.

python -m bench.peers.beside FOLDER

puts SpiffWorkflow 3.2 (Python) and bpmn-engine (Node) there, where they are missing.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from bench import disk
from bench.workloads import for_node, for_spiff

HERE = Path(__file__).parent
SPIFF = ("SpiffWorkflow==3.2.*", "psycopg[binary]")
NODE = "bpmn-engine@25.0.1"


def install(folder: Path) -> None:
    """Install what is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    known = subprocess.run(
        [str(python), "-c", "import SpiffWorkflow, psycopg"], capture_output=True, check=False
    )
    if known.returncode:
        subprocess.run([str(python), "-m", "pip", "-q", "install", *SPIFF], check=True)
    npm = shutil.which("npm")
    if npm and not (folder / "node_modules" / "bpmn-engine").exists():
        subprocess.run([npm, "install", "--silent", "--prefix", str(folder), NODE], check=True)


def spiff_rate(folder: Path | None, xml: str, seconds: float, *, durable: bool | str = False) -> float:
    """Tasks a second of SpiffWorkflow. 0 where it is not installed.

    Durable: one commit a start and a task, in SQLite, or in the PostgreSQL of that address.
    """
    if folder is None or not (folder / "bin" / "python").exists():
        return 0.0
    command = [str(folder / "bin" / "python"), str(HERE / "spiff_engine.py"), str(seconds)]
    return _rate(command, for_spiff(xml), durable=durable)


def node_rate(folder: Path | None, xml: str, seconds: float, *, durable: bool = False) -> float:
    """The same of bpmn-engine; durable: its state written to a file and forced to the disk at each task."""
    node = shutil.which("node")
    if folder is None or node is None or not (folder / "node_modules" / "bpmn-engine").exists():
        return 0.0
    command = [node, str(HERE / "bpmn_engine.mjs"), str(folder.resolve()), str(seconds)]
    return _rate(command, for_node(xml), durable=durable)


def _rate(command: list[str], xml: str, *, durable: bool | str) -> float:
    with disk.folder() as place:
        if durable:
            where = durable if isinstance(durable, str) else str(Path(place).resolve() / "state")
            command = [*command, where]
        answer = subprocess.run(command, input=xml, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise RuntimeError(f"{command[1]} failed: {answer.stderr[-500:]}")
    return float(json.loads(answer.stdout)["tasks_per_second"])


def main() -> None:
    """Install."""
    install(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
