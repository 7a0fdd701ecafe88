"""The walk-through of docs/walkthrough.md, really done: from the built wheel to the first digest, with times.

    python -m bench.small_firm walkthrough [--wheel FILE] [--python FILE]

Everything goes through what a firm has: the wheel in an environment of its own, `mainspring up`, the requests
that the workbench sends, and the watched folder. The lists are frozen layouts of tests/data/imports; the
statement of the bank is made up from the receivables among them. `--wheel` takes a wheel that was built
before, `--python` an environment in which it is installed already. Folders are temporary and removed.
"""

import csv
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
LAYOUTS = ROOT / "tests" / "data" / "imports"
LISTS = ("01", "03", "05", "06", "08", "09", "11")
"""Customers, products, prices, stock, suppliers, open orders, receivables: the Chinese ones of the twelve."""
COMPANY = {"name": "示例贸易有限公司", "language": "zh", "currency": "CNY", "logo": ""}
PATIENCE = 900
"""Seconds for anything to come about; a busy machine is slow."""
OWN = {"X-Mainspring": "1"}
HEADINGS = ("交易日期", "摘要", "收入金额", "支出金额", "账户余额", "对方户名", "对方账号", "附言")


class Watch:
    """Times each step and prints it as a row of the table in the docs."""

    def __init__(self) -> None:
        self.whole = 0.0
        print("| step | seen | seconds |\n|---|---|---:|", flush=True)

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time what is done within; what is seen is put into the list."""
        seen: list[str] = []
        begun = time.perf_counter()
        yield seen
        took = time.perf_counter() - begun
        self.whole += took
        print(f"| {name} | {'; '.join(seen)} | {took:.1f} |", flush=True)


def walk(wheel: Path | None, python: Path | None) -> None:
    """Do the whole walk-through and print it."""
    with tempfile.TemporaryDirectory(prefix="firm-") as place:
        folder, watch = Path(place), Watch()
        firm = folder / "firm"
        firm.mkdir()
        _monday(watch, python or _fresh(watch, wheel, folder), firm)
        print(f"\nall: {watch.whole:.0f} s, without reading and typing")


def _fresh(watch: Watch, wheel: Path | None, folder: Path) -> Path:
    """The Python of a new environment with the wheel in it."""
    made = wheel or _built(folder / "wheel")
    with watch.step("pip install mainspring") as seen:
        python = _installed(made, folder / "venv")
        seen.append(f"{made.name}, {made.stat().st_size / 1e6:.1f} MB")
    return python


def _monday(watch: Watch, python: Path, firm: Path) -> None:
    with watch.step("mainspring up") as seen:
        server, link, base = _up(python, firm)
    try:
        with httpx.Client(base_url=base, headers=OWN, timeout=PATIENCE, follow_redirects=True) as owner:
            with watch.step("follow the link") as seen:
                owner.get(link).raise_for_status()
                first = _json(owner.get("/api/v1/company"))["first_run"]
                seen.append(f"signed in as {_json(owner.get('/api/v1/me'))['id']}")
                seen.append("the guide opens" if first else "the guide does not open")
            _guide(watch, owner)
            _lists(watch, owner)
            _money(watch, owner, python, firm, base)
            _digest(watch, owner)
    finally:
        server.terminate()
        server.wait(PATIENCE)
        if server.stdout is not None:
            server.stdout.close()
    with watch.step("mainspring backup") as seen:
        seen.append(_said(python, firm, "backup", "backups/monday.zip").splitlines()[0])
    with watch.step("mainspring restore") as seen:
        said = _said(
            python, firm, "restore", "backups/monday.zip", "--database", "sqlite:///restored/mainspring.db"
        )
        seen.extend(line for line in said.splitlines() if "leaves" in line or "balance" in line)


def _guide(watch: Watch, owner: httpx.Client) -> None:
    with watch.step("guide: company") as seen:
        kept = _json(owner.put("/api/v1/company", json=COMPANY))
        seen.append(f"{kept['company']['name']}, {kept['company']['currency']}")
    with watch.step("guide: people") as seen:
        people = _json(owner.get("/api/v1/people"))["items"]
        me = next(one for one in people if one["id"] == "owner")
        mine = {name: me[name] for name in ("roles", "groups", "department", "active")}
        given = mine | {"name": "示例负责人", "email": "owner@firm.example", "language": "zh"}
        kept = _json(owner.put("/api/v1/people/owner", json=given))
        seen.append(f"{len(people)} people to begin with, the owner's address is {kept['email']}")
    with watch.step("guide: folder") as seen:
        kept = _json(owner.put("/api/v1/folder", json={"folder": "inbox"}))
        seen.append(f"…/{Path(kept['place']).name} is watched")


def _lists(watch: Watch, owner: httpx.Client) -> None:
    for number in LISTS:
        file = next(LAYOUTS.glob(f"{number}_*"))
        with watch.step(f"import {file.name}") as seen:
            with file.open("rb") as opened:
                answer = owner.post("/api/v1/imports", files={"document": (file.name, opened)})
            tried = _json(answer)
            bad = tried["counts"]["problem_rows"]
            run = f"/api/v1/imports/{tried['import_no']}/run"
            done = _json(owner.post(run, json={"leave_out": bad > 0}))
            counts = done["counts"]
            seen.append(f"{done['kind']}, {counts['rows']} rows, {counts['new']} new")
            seen.extend(f"line {one['line']}: {one['message']}" for one in tried["problems"][:2])


def _money(watch: Watch, owner: httpx.Client, python: Path, firm: Path, base: str) -> None:
    with watch.step("put the statement of the bank into the folder") as seen:
        (firm / "data" / "inbox" / "对账单.csv").write_bytes(_statement())
        case = _until(lambda: next(iter(_cases(owner, "bank_statement")), None))
        seen.append(f"case {case['business_key']}")
        calls = f"/api/v1/instances/{case['key']}/calls"
        settled = _until(lambda: _settled(owner, calls))
        seen.append(f"{len(settled)} payments settle invoices without a person")
    with watch.step("finance: whose money is this?") as seen:
        link = re.findall(r"http://\S+(/sign-in/\S+)", _said(python, firm, "people", "link", "finance-1"))[0]
        with httpx.Client(base_url=base, headers=OWN, timeout=PATIENCE, follow_redirects=True) as finance:
            finance.get(link).raise_for_status()
            task = _json(finance.get("/api/v1/lists/tasks"))["items"][0]
            key = task["key"]
            payload = _json(finance.get(f"/api/v1/tasks/{key}"))["payload"]
            seen.append(
                f"asked: {payload['title']['zh']} {payload['seen']['payer']}, {payload['seen']['amount']}"
            )
            finance.post(f"/api/v1/tasks/{key}/claim").raise_for_status()
            answer = {"allocations": [{"invoice_no": "25000003", "amount": payload["seen"]["amount"]}]}
            body = {"outcome": "edited", "answer": answer}
            finance.post(f"/api/v1/tasks/{key}/complete", json=body).raise_for_status()
        _until(lambda: len(_settled(owner, calls)) > len(settled))
        seen.append("answered; the invoice is settled, the payer is known from now on")


def _digest(watch: Watch, owner: httpx.Client) -> None:
    today = date.fromisoformat(_json(owner.get("/api/v1/digest/daily"))["day"])
    first = {"day": (today + timedelta(days=1)).isoformat(), "language": "zh"}
    with watch.step("read the digest of tomorrow morning") as seen:
        made = _json(owner.get("/api/v1/digest/daily", params=first))
        seen.append(made["title"])
        seen.extend(f"{one['title']}: {len(one['rows'])}" for one in made["sections"])
    with watch.step("the digest as PDF") as seen:
        page = owner.get("/api/v1/digest/daily/pdf", params=first).raise_for_status()
        seen.append(f"{len(page.content) / 1000:.0f} kB")


def _built(folder: Path) -> Path:
    if not (ROOT / "src" / "mainspring" / "web" / "static" / "index.html").is_file():
        raise SystemExit("the workbench is not built: run `make workbench` first")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("mainspring-*.whl"))


def _installed(wheel: Path, folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = next(
        file for file in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if file.exists()
    )
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return python


def _environment(python: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"SYSTEMROOT", "HOME", "TMPDIR"}}
    return kept | {"PATH": str(python.parent), "PYTHONUTF8": "1"}


def _up(python: Path, firm: Path) -> tuple[subprocess.Popen[str], str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [str(python), "-m", "mainspring.cli.main", "up", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(
        words, cwd=firm, env=_environment(python), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    said = server.stdout or ()
    link = next(found[0] for line in said if (found := re.findall(r"http://\S+(/sign-in/\S+)", line)))
    base = f"http://127.0.0.1:{port}"
    _until(lambda: _answers(base))
    return server, link, base


def _answers(base: str) -> bool:
    try:
        return httpx.get(base, timeout=PATIENCE).status_code < 500
    except httpx.TransportError:
        return False


def _said(python: Path, firm: Path, *words: str) -> str:
    """What a command prints."""
    command = [str(python), "-m", "mainspring.cli.main", *words]
    done = subprocess.run(
        command, cwd=firm, env=_environment(python), check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def _json(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise SystemExit(f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}")
    return answer.json()


def _until(look: Any) -> Any:
    """What a look finds, once it finds something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > end:
            raise SystemExit("what was waited for did not come about")
        time.sleep(0.2)  # the server is another process; it is asked as a page would
    return found


def _cases(owner: httpx.Client, process: str) -> list[Any]:
    found: list[Any] = _json(owner.get("/api/v1/instances", params={"process_id": process}))["items"]
    return found


def _settled(owner: httpx.Client, calls: str) -> list[Any]:
    found = _json(owner.get(calls))["items"]
    return [one for one in found if one["operation"] == "payments.allocate" and one["outcome"] == "ok"]


def _statement() -> bytes:
    """A bank's list of three payments: two by customers of the receivables, one by somebody else for them."""
    owed = next(LAYOUTS.glob("11_*")).read_bytes().decode("gbk").splitlines()
    rows = [row for row in csv.reader(owed) if len(row) > 7 and row[2].isdigit()]
    first, second, third = rows[1], rows[3], rows[2]
    paid = [
        ("2026-01-05", first[7], first[1], "330000000000000101", f"发票 {first[2]}"),
        ("2026-01-05", second[7], second[1], "330000000000000102", "货款"),
        ("2026-01-06", third[7], "示例代付公司", "330000000000000103", "代付货款"),
    ]
    balance, lines = 100_000.0, []
    for day, amount, payer, account, words in paid:
        balance += float(amount)
        lines.append((day, "转账", amount, "", f"{balance:.2f}", payer, account, words))
    text = "\n".join(",".join(row) for row in (("账号：330000000000000001",), HEADINGS, *lines))
    return (text + "\n").encode("gbk")
