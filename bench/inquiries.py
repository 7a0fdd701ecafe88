"""How well the inquiry clerk reads: accuracy per field on the demo company's inquiries and on PEPPOL orders.

    python bench/inquiries.py                 # tables for the open and the frozen part
    python bench/inquiries.py --part open --show    # and the misses; those of the frozen part are never shown

The frozen third was written and labelled before any parser ran; nobody who works on the parsers looks at it.
"""

import argparse
import csv
import json
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree
from rapidfuzz import fuzz

from mainspring.agents.skills.extract import Customer, CustomerIndex, Line, Understanding, understand
from mainspring.knowledge.documents import DocumentError, read

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "src/mainspring/packs/lead_to_cash/demo"
PEPPOL = ROOT.parent / "shared/data/documents/peppol"
FIELDS = ("kind", "customer", "order_no", "requested_date", "delivery_place", "injection")
LINE_FIELDS = ("line count", "line quantity", "line unit")
NOON = datetime.fromisoformat("2026-01-15T12:00:00+00:00")


@dataclass
class Tally:
    """Outcomes per field: right, wrong (not the truth), abstained (no value where there is one)."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    milliseconds: list[float] = field(default_factory=list)

    def add(self, name: str, outcome: str) -> None:
        """Count one outcome of a field."""
        self.outcomes[name][outcome] += 1


def main() -> None:
    """Run both parts and print the tables."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--show", action="store_true", help="print the misses of the open part")
    options.add_argument("--part", choices=("open", "frozen", "both"), default="both")
    options.add_argument("--only", help="a file of the open part, such as open/003.eml")
    chosen = options.parse_args()
    if (DEMO / "inquiries/truth.jsonl").is_file():
        demo(chosen)
    else:
        sys.stdout.write(f"skipped: {DEMO.relative_to(ROOT)}/inquiries is not there\n")
    if PEPPOL.is_dir():
        peppol()
    else:
        sys.stdout.write("skipped: the PEPPOL orders are not beside the project\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MB")


def demo(chosen: argparse.Namespace) -> None:
    """The labelled inquiries."""
    index = customers()
    parts: dict[str, Tally] = defaultdict(Tally)
    groups: dict[str, Tally] = defaultdict(Tally)
    for truth in truths(chosen.part):
        if chosen.only and truth["file"] != chosen.only:
            continue
        part = "frozen" if truth["frozen"] else "open"
        result, elapsed = run(truth, index)
        kind = Path(truth["file"]).suffix.removeprefix(".")
        misses = []
        for name, outcome, detail in judge(truth, result):
            for tally in (parts[part], groups[f"format {kind}"], groups[f"language {truth['language']}"]):
                tally.add(name, outcome)
            if outcome != "right":
                misses.append(f"   {name}: {outcome}: {detail}")
        for tally in (parts[part], groups[f"format {kind}"]):
            tally.milliseconds.append(elapsed)
        if chosen.show and part == "open" and misses:
            print(truth["file"], f"({truth.get('notes', '')})", *misses, sep="\n")
    print(
        "\nInquiries of the demo company: share right, then right/abstained/wrong; milliseconds to read one"
    )
    table({name: parts[name] for name in ("open", "frozen") if name in parts})
    print()
    table(dict(sorted(groups.items())))


def truths(part: str) -> Iterator[dict[str, Any]]:
    """The labels; those of the frozen part only when asked for."""
    for line in (DEMO / "inquiries/truth.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            truth = json.loads(line)
            if part in {"both", "frozen" if truth["frozen"] else "open"}:
                yield truth


def customers() -> CustomerIndex:
    """The demo company's customers."""
    path = DEMO / "customers.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path.is_file() else []
    return CustomerIndex(
        [Customer(row["customer_id"], row["name"], (row["email"],), row.get("tax_id", "")) for row in rows]
    )


def run(truth: dict[str, Any], index: CustomerIndex) -> tuple[Understanding | None, float]:
    """The understanding of a file (None when it cannot be read) and the milliseconds it took."""
    path = DEMO / "inquiries" / truth["file"]
    start = time.perf_counter()
    try:
        document = read(path.read_bytes(), path.name)
    except DocumentError:
        return None, (time.perf_counter() - start) * 1e3
    result = understand(document, received=datetime.fromisoformat(truth["received"]), customers=index)
    return result, (time.perf_counter() - start) * 1e3


def judge(truth: dict[str, Any], result: Understanding | None) -> Iterator[tuple[str, str, str]]:
    """Outcome of every field: name, "right", "abstained" or "wrong", and what was said for what is true."""
    said = values(result)
    wanted = {
        "kind": truth["kind"],
        "customer": truth["customer_id"],
        "order_no": truth["order_no"],
        "requested_date": truth["requested_date"],
        "delivery_place": truth["delivery_place"],
        "injection": truth["injection"],
    }
    for name in FIELDS:
        mine, true = said[name], wanted[name]
        yield name, outcome(name, mine, true), f"{mine!r} for {true!r}"
    lines = result.lines if result else ()
    yield (
        "line count",
        "right" if len(lines) == len(truth["lines"]) else "wrong",
        f"{len(lines)} for {len(truth['lines'])}",
    )
    for true_line, line in align(truth["lines"], lines):
        quantity = Decimal(true_line["quantity"]) if true_line.get("quantity") is not None else None
        mine_quantity, mine_unit = (line.quantity, line.unit) if line else (None, None)
        detail = (
            f"{mine_quantity} {mine_unit} for {quantity} {true_line.get('unit')} of {true_line['text']!r}"
        )
        detail += f" read as {line.text!r}" if line else " not found"
        yield "line quantity", outcome("quantity", mine_quantity, quantity), detail
        yield "line unit", outcome("unit", mine_unit, true_line.get("unit")), detail


def values(result: Understanding | None) -> dict[str, Any]:
    """The fields as plain values; an unreadable document says nothing."""
    if result is None:
        return dict.fromkeys(FIELDS) | {"injection": False}
    day: date | None = result.requested_date.value
    return {
        "kind": result.kind.value,
        "customer": result.customer.value,
        "order_no": result.order_no.value,
        "requested_date": day.isoformat() if day else None,
        "delivery_place": result.delivery_place.value,
        "injection": result.injection,
    }


def outcome(name: str, mine: Any, true: Any) -> str:
    """A place is right when it is the same text but for spaces and signs, or one holds most of the other."""
    if mine is None:
        return "right" if true is None else "abstained"
    if true is None:
        return "wrong"
    if name in {"order_no", "delivery_place"}:
        one, two = (re.sub(r"\W+", "", str(text)).lower() for text in (mine, true))
        most = min(len(one), len(two)) >= 0.6 * max(len(one), len(two)) and (one in two or two in one)
        same = one == two or (name == "delivery_place" and most)
        return "right" if same else "wrong"
    return "right" if mine == true else "wrong"


def align(
    wanted: list[dict[str, Any]], lines: tuple[Line, ...]
) -> Iterator[tuple[dict[str, Any], Line | None]]:
    """Each true line with the line read for it: in order when counts agree, else by the nearest wording."""
    if len(wanted) == len(lines):
        yield from zip(wanted, lines, strict=True)
        return
    left = list(lines)
    for true in wanted:
        best = max(left, key=lambda line: fuzz.token_set_ratio(line.text, true["text"]), default=None)
        if best is not None and fuzz.token_set_ratio(best.text, true["text"]) < 50:
            best = None
        if best is not None:
            left.remove(best)
        yield true, best


def table(tallies: dict[str, Tally]) -> None:
    """One row per group, one column per field."""
    names = (*FIELDS, *LINE_FIELDS)
    print(f"{'':16}" + "".join(f"{name:>17}" for name in names) + f"{'ms median':>11}{'max':>8}")
    for label, tally in tallies.items():
        cells = []
        for name in names:
            count = tally.outcomes[name]
            total = sum(count.values())
            share = f"{100 * count['right'] / total:.0f}%" if total else "-"
            cells.append(
                f"{share:>6} {count['right']}/{count['abstained']}/{count['wrong']:<3}"[:17].rjust(17)
            )
        times = sorted(tally.milliseconds)
        speed = f"{times[len(times) // 2]:11.1f}{times[-1]:8.0f}" if times else ""
        print(f"{label:16}" + "".join(cells) + speed)


CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"


def peppol() -> None:
    """Every field of every PEPPOL order, read a second time by plain XPath, against the understanding."""
    right = total = orders = 0
    elapsed = []
    for path in sorted(PEPPOL.glob("*.xml")):
        root = etree.parse(path).getroot()
        if etree.QName(root).localname != "Order":
            continue
        orders += 1
        start = time.perf_counter()
        document = read(path.read_bytes(), path.name)
        result = understand(document, received=NOON)
        elapsed.append((time.perf_counter() - start) * 1e3)
        for name, mine, true in order_fields(root, document.data, result):
            total += 1
            right += mine == true
            if mine != true:
                print(f"{path.name}: {name}: {mine!r} for {true!r}")
    print(
        f"\nPEPPOL orders: {orders} orders, {right} of {total} fields right, "
        f"{sum(elapsed) / max(len(elapsed), 1):.1f} ms each"
    )


def order_fields(root: Any, trade: Any, result: Understanding) -> Iterator[tuple[str, Any, Any]]:
    """Name, value read and true value of each field of an order."""

    def first(*paths: str) -> str | None:
        for path in paths:
            element = root.find(path.replace("a:", CAC).replace("c:", CBC))
            if element is not None and element.text:
                return " ".join(element.text.split())
        return None

    party = "/a:Party/{}/c:{}"
    yield "id", result.order_no.value, first("c:ID")
    yield "issue date", trade.issued.isoformat() if trade.issued else None, first("c:IssueDate")
    for role, element, mine in (
        ("buyer", "a:BuyerCustomerParty", trade.buyer),
        ("seller", "a:SellerSupplierParty", trade.seller),
    ):
        named = first(
            *(
                element + party.format(a, b)
                for a, b in (("a:PartyName", "Name"), ("a:PartyLegalEntity", "RegistrationName"))
            )
        )
        yield role, mine.name or None, named
    yield "currency", result.currency.value, first("c:DocumentCurrencyCode")
    period = "a:Delivery/a:RequestedDeliveryPeriod/"
    day = first(f"{period}c:EndDate", f"{period}c:StartDate")
    yield (
        "delivery date",
        result.requested_date.value.isoformat() if result.requested_date.value else None,
        day,
    )
    city = first(
        "a:Delivery/a:DeliveryLocation/a:Address/c:CityName", "a:Delivery/a:DeliveryAddress/c:CityName"
    )
    street = first("a:Delivery/a:DeliveryLocation/a:Address/c:StreetName")
    place = result.delivery_place.value
    yield "delivery city", city if city and city in (place or "") else place if city else None, city
    yield "delivery street", street if street and street in (place or "") else None, street
    items = root.findall(f"{CAC}OrderLine/{CAC}LineItem")
    yield "number of lines", len(result.lines), len(items)
    for item, line in zip(items, result.lines, strict=False):
        quantity = item.find(f"{CBC}Quantity")
        price = item.findtext(f"{CAC}Price/{CBC}PriceAmount")
        index = result.lines.index(line)
        yield "item name", line.text, " ".join((item.findtext(f"{CAC}Item/{CBC}Name") or "").split())
        yield "seller's item", line.code, item.findtext(f"{CAC}Item/{CAC}SellersItemIdentification/{CBC}ID")
        yield "quantity", line.quantity, Decimal(quantity.text) if quantity is not None else None
        yield (
            "unit code",
            trade.lines[index].unit_code,
            quantity.get("unitCode") if quantity is not None else None,
        )
        yield "price", line.price, Decimal(price) if price else None


if __name__ == "__main__":
    main()
