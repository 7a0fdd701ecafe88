"""Runs one fuzz target with atheris (coverage-guided, in a process of its own).

python run.py TARGET FOLDER SECONDS SEED

TARGET is a file with `seeds() -> list[bytes]`, inputs to begin with, and `once(data: bytes) -> None`, which
raises on whatever must not happen. The corpus and an input that broke it are kept in FOLDER. The status is 0
when the time is over and nothing was found. SEED fixes how inputs are made (0: anew each time).
"""

import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import atheris

SLOWEST = 20  # seconds for one input; whatever takes longer counts as a hang
MEMORY = 2048  # megabytes


def main() -> None:
    """Write the seeds, fuzz until the time is over."""
    target, folder, seconds, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    sys.path.insert(0, str(target.parent))
    with atheris.instrument_imports(include=["mainspring"]):
        module = import_module(target.stem)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for data in module.seeds():
        (corpus / sha256(data).hexdigest()).write_bytes(data)
    options = (
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    )
    atheris.Setup([sys.argv[0], *options, str(corpus)], module.once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
