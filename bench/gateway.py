"""What the gateway adds to a call, what the policies and the ladder cost, and how fast evidence is sealed.

    python bench/gateway.py [--calls N] [--leaves N]

The operations do nothing, so what is measured is the pipeline itself: identify, authorise (Cedar), ladder
(DMN), budget, limits, metering and the row of the record, written at the commit of a batch of 64 calls. One
line commits every call by itself on SQLite with synchronous=FULL; a bare fsync stands beside it.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from mainspring import dmn
from mainspring.base import merkle
from mainspring.gateway import Caller, Gateway
from mainspring.gateway.budget import Budget, set_budget
from mainspring.govern import evidence, tiles
from mainspring.govern.approvals import Approvals
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import default_policies, default_text
from mainspring.govern.principal import Principal
from mainspring.govern.record import record
from mainspring.govern.resources import operation
from mainspring.govern.tables import approval_steps
from mainspring.services.operation import Operation
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator, utc_now

BATCH = 64


class Line(BaseModel):
    """A line of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sku: str
    quantity: Decimal
    unit_price: Decimal


class Document(BaseModel):
    """An input of usual size: an order of some lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    customer_id: str
    number: int
    lines: tuple[Line, ...]


class Done(BaseModel):
    """An output."""

    number: int


def _operations() -> tuple[Operation, ...]:
    def handler(_: object, document: Document) -> Done:
        return Done(number=document.number)

    title = {"en": "Bench", "zh": "基准"}
    return (
        Operation("bench.read", title, "read", Document, Done, handler),
        Operation("bench.write", title, "write", Document, Done, handler),
        Operation("bench.scan", title, "write", Document, Done, handler, cost=Decimal("0.01")),
    )


def _gateway(store: Store) -> tuple[Gateway, Caller]:
    keys = KeyGenerator(utc_now, store.node())
    gateway = Gateway(
        _operations(),
        policies=default_policies({"clerk": ["bench.*"]}),
        ladder=Ladder(dmn.load(default_text("authority_ladder.dmn").encode())),
        approvals=Approvals(keys=keys),
        clock=utc_now,
        keys=keys,
    )
    caller = Caller(
        Principal("agent", "clerk"),
        process_id="lead_to_cash",
        instance=1,
        process_instance=1,
        element="order",
        element_key=2,
        job=3,
        confidence=Decimal("0.97"),
    )
    return gateway, caller


def _document(number: int, lines: int) -> Document:
    line = Line(sku="M8x40-ZN", quantity=Decimal(12), unit_price=Decimal("0.42"))
    return Document(customer_id="C-0001", number=number, lines=(line,) * lines)


def _show(what: str, micros: list[float], note: str = "") -> None:
    ordered = sorted(micros)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(f"{what:<44}{statistics.median(ordered):>10.1f}{p95:>10.1f}  {note}")


def _batched(
    store: Store, gateway: Gateway, caller: Caller, name: str, count: int, lines: int
) -> list[float]:
    """Microseconds of each call, with its share of writing the record of its batch."""
    micros: list[float] = []
    for start in range(0, count, BATCH):
        documents = [_document(start + each, lines) for each in range(BATCH)]
        with store.write() as tx:
            took = _timed(lambda n: gateway.call(tx, caller, name, documents[n]), BATCH)  # noqa: B023 - used at once
            (flushed,) = _timed(lambda _: tx.flush(), 1)
        micros += [each + flushed / BATCH for each in took]
    return micros


def _durable(store: Store, gateway: Gateway, caller: Caller, count: int) -> list[float]:
    micros = []
    for number in range(count):
        document = _document(number, 3)
        before = time.perf_counter()
        gateway.perform(store, caller, "bench.write", document)
        micros.append((time.perf_counter() - before) * 1e6)
    return micros


def _fsyncs(folder: Path, count: int) -> list[float]:
    micros = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(count):
            file.write(b"x" * 4096)
            before = time.perf_counter()
            os.fsync(file.fileno())
            micros.append((time.perf_counter() - before) * 1e6)
    return micros


def _timed(act: Callable[[int], object], count: int) -> list[float]:
    micros = []
    for number in range(count):
        before = time.perf_counter()
        act(number)
        micros.append((time.perf_counter() - before) * 1e6)
    return micros


def pipeline(folder: Path, calls: int) -> None:
    """The cost of a call and of its parts."""
    store = open_store(f"sqlite:///{folder / 'bench.db'}", "bench")
    gateway, caller = _gateway(store)
    print(f"{'microseconds a call':<44}{'p50':>10}{'p95':>10}")
    handler = _operations()[1].handler
    documents = [_document(number, 3) for number in range(calls)]
    _show("the handler, called directly", _timed(lambda n: handler(None, documents[n]), calls))  # type: ignore[arg-type]  # it looks at no context
    with store.write() as tx:
        set_budget(tx, Budget("company", "company", f"{utc_now():%Y-%m}", Decimal(10**6)))
    for name, lines in (("bench.read", 3), ("bench.write", 3), ("bench.write", 25), ("bench.scan", 3)):
        note = "priced, with one budget" if name == "bench.scan" else ""
        took = _batched(store, gateway, caller, name, calls, lines)
        _show(f"{name}, {lines} lines, through the gateway", took, note)
    _show("bench.write, committed by itself", _durable(store, gateway, caller, min(calls, 2000)))
    _show("a bare fsync of 4 kB", _fsyncs(folder, 500))
    _parts(calls)
    store.close()


def _parts(calls: int) -> None:
    policies = default_policies({"clerk": ["bench.*"]})
    clerk = Principal("agent", "clerk")
    target = operation("bench.write", "write", reversible=True)
    people = [Principal("person", f"p{n}", frozenset({"worker"})) for n in range(min(calls, 2000))]
    _show("Cedar, asked anew", _timed(lambda n: policies.decide(people[n], "call", target), len(people)))
    _show("Cedar, a decision that is kept", _timed(lambda _: policies.decide(clerk, "call", target), calls))
    ladder = Ladder(dmn.load(default_text("authority_ladder.dmn").encode()))

    def ask(amount: int) -> object:
        return ladder.requirement(
            "bench.pay",
            "money",
            Decimal(amount),
            reversible=False,
            confidence=Decimal("0.9"),
            actor_kind="agent",
        )

    _show("the ladder, another amount each time", _timed(ask, min(calls, 2000)))
    _show("the ladder, an answer that is kept", _timed(lambda _: ask(1), calls))


def proofs(folder: Path, leaves: int) -> None:
    """Sealing from the record, and proofs in a tree of many leaves."""
    store = open_store(f"sqlite:///{folder / 'evidence.db'}", "bench")
    at = datetime(2026, 11, 21, tzinfo=UTC)
    few = min(leaves, 50_000)
    with store.write() as tx:
        for number in range(few):
            row = {
                "approval": number,
                "at": at,
                "step": "requested",
                "actor_kind": "agent",
                "actor_id": "clerk",
                "instance": number // 20,
                "operation": "bench.pay",
                "digest": "0" * 64,
                "note": "",
            }
            record(tx).add(approval_steps, row)
    begun = time.perf_counter()
    checkpoint = Sealer(store, Signer(bytes(32))).seal(now=at)
    rate = few / (time.perf_counter() - begun)
    print(f"\n{few:,} rows read from the record and sealed: {rate:,.0f} leaves a second")
    if checkpoint is not None:
        with store.read() as tx:
            took = _timed(lambda n: evidence.prove(tx, [n * 37 % few + 1], checkpoint), 300)
        _show(f"a row and its proof in a tree of {few:,}", took)
    store.close()
    _large(folder, leaves)


def _large(folder: Path, leaves: int) -> None:
    """The tree alone, from hashes made up for it."""
    store = open_store(f"sqlite:///{folder / 'tree.db'}", "bench")
    begun = time.perf_counter()
    step = 65_536
    for start in range(0, leaves, step):
        numbers = range(start, min(start + step, leaves))
        hashes = [merkle.leaf_hash(number.to_bytes(8)) for number in numbers]
        with store.write() as tx:
            tiles.append(tx, start, hashes)
    print(f"{leaves:,} hashes put into tiles: {leaves / (time.perf_counter() - begun):,.0f} a second")
    with store.read() as tx:
        root = tiles.Tree(tx).root(leaves)
        sizes = []

        def prove(number: int) -> None:
            index = number * 999_983 % leaves
            tree = tiles.Tree(tx)
            path = merkle.inclusion_proof(index, leaves, tree.subtree)
            sizes.append(32 * len(path))
            if not merkle.verify_inclusion(tree.leaf(index), index, leaves, path, root):
                raise SystemExit("a proof does not verify")

        _show(f"a proof in a tree of {leaves:,}", _timed(prove, 200), f"{max(sizes)} bytes at most")
    store.close()


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--calls", type=int, default=6400)
    arguments.add_argument("--leaves", type=int, default=1_000_000)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pipeline(Path(folder), given.calls)
        proofs(Path(folder), given.leaves)


if __name__ == "__main__":
    main()
