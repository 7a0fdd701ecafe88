"""The OpenAPI document: the workbench's copy is the one that the application gives."""

import json
from pathlib import Path

from fastapi import FastAPI

COPY = Path(__file__).resolve().parents[3] / "ui" / "openapi.json"


def test_the_client_of_the_workbench_is_generated_from_this_interface(application: FastAPI) -> None:
    kept = json.loads(COPY.read_text("utf-8"))
    assert kept == json.loads(json.dumps(application.openapi())), "run `make api` and commit what it wrote"


def test_every_operation_names_its_permission(application: FastAPI) -> None:
    paths = application.openapi()["paths"]
    silent = [
        f"{method} {path}"
        for path, operations in paths.items()
        for method, operation in operations.items()
        if "x-permission" not in operation
    ]
    assert silent == []
