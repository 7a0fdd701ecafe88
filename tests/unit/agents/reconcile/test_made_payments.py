"""Made-up payments, and that no matching of them pays an invoice twice or wrongly."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring.agents.skills.reconcile import Invoice, Reconciler, reconcile
from mainspring.packs.lead_to_cash.world.payments import make_payments, right


def invoices(count: int) -> list[Invoice]:
    return [
        Invoice(
            str(400_000 + 7 * number),
            Decimal(1000 + 377 * number % 91_003) / 100,
            f"C{number % 40}" if number % 9 else "",
            f"Demo Payer {number % 40} Ltd" if number % 9 else "",
            f"DE{number % 40:04}" if number % 9 else "",
            issued=date(2026, 1, 1) + timedelta(days=number % 28),
        )
        for number in range(count)
    ]


def test_the_same_seed_makes_the_same_payments() -> None:
    assert make_payments(invoices(80), 3) == make_payments(invoices(80), 3)
    assert make_payments(invoices(80), 3) != make_payments(invoices(80), 4)


def test_every_oddity_comes_in_about_its_share() -> None:
    made = make_payments(invoices(1500), 1)
    kinds = [truth.made for truth in made.truth.values()]
    shares = {kind: kinds.count(kind) / len(kinds) for kind in set(kinds)}
    wanted = {"partial": 0.10, "merged": 0.10, "fee": 0.05, "equal": 0.05, "nobody": 0.03}
    assert all(abs(shares[kind] - share) < 0.03 for kind, share in wanted.items()), shares
    damaged = [truth for truth in made.truth.values() if truth.reference != "kept"]
    assert 0.10 < len(damaged) / len(kinds) < 0.22


def test_payments_add_up_to_what_their_truth_says() -> None:
    made = make_payments(invoices(300), 5)
    for entry in made.entries:
        parts = made.truth[entry.entry_id].parts
        assert not parts or sum(part.amount for part in parts) == entry.amount


def test_without_twins_no_invoice_is_added() -> None:
    made = make_payments(invoices(200), 2, twins=False)
    assert len(made.invoices) == 200
    assert "equal" not in {truth.made for truth in made.truth.values()}


def test_hardly_any_automatic_assignment_is_wrong_and_most_are_automatic() -> None:
    made = make_payments(invoices(900), 11)
    found = reconcile(made.entries, made.invoices)
    automatic = [each for each in found if each.automatic]
    wrong = [each for each in automatic if not right(each.parts, made.truth[each.entry])]
    assert len(wrong) <= 0.005 * len(automatic)
    assert len(automatic) >= 0.85 * len(found)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(min_value=0, max_value=10_000), count=st.integers(min_value=5, max_value=60))
def test_no_invoice_is_paid_beyond_what_was_open(seed: int, count: int) -> None:
    made = make_payments(invoices(count), seed)
    reconciler = Reconciler(made.invoices)
    found = {each.entry: each for each in map(reconciler.add_entry, made.entries)}
    found |= {each.entry: each for each in reconciler.settle()}
    left = {each.invoice_no: each.amount for each in reconciler.open_invoices}
    paid: dict[str, Decimal] = {}
    for assignment in found.values():
        for part in assignment.parts if assignment.automatic else ():
            paid[part.invoice_no] = paid.get(part.invoice_no, Decimal(0)) + part.amount
    for invoice in made.invoices:
        number = invoice.invoice_no
        assert paid.get(number, Decimal(0)) <= invoice.amount
        if number in left:
            assert paid.get(number, Decimal(0)) + left[number] == invoice.amount
    assert len(found) == len(made.entries)
