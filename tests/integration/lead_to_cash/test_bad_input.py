"""Bad input of an order run: each gets a message with file, line and field, and the rest goes on."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from mainspring.packs.lead_to_cash.errors import OrderFileError
from mainspring.packs.lead_to_cash.orders import COLUMNS, read
from mainspring.runtime import queries
from mainspring.services.tables.parties import customers

NUMBER, SKU, TEXT, QUANTITY, DATE, PRICE, CUSTOMER, COUNTRY = range(8)


def spoilt(world: Any, column: int, value: str, number: str = "8901") -> list[str]:
    row = world.line(number)
    row[column] = value
    return list(row)


@pytest.mark.parametrize(
    ("column", "value", "field", "message"),
    [
        (PRICE, "0", "UnitPrice", "the price 0 is not above zero"),
        (PRICE, "-1.25", "UnitPrice", "the price -1.25 is not above zero"),
        (PRICE, "dear", "UnitPrice", "'dear' is not a number"),
        (QUANTITY, "-3", "Quantity", "the quantity -3 is not above zero, and it is no cancellation"),
        (QUANTITY, "NaN", "Quantity", "'NaN' is not a number"),
        (DATE, "yesterday", "InvoiceDate", "'yesterday' is not a date and time"),
        (NUMBER, " ", "InvoiceNo", "the row leaves it empty"),
        (TEXT, "", "Description", "the row leaves it empty"),
    ],
)
def test_a_bad_row_goes_to_a_person_with_file_line_and_field(
    world: Any, column: int, value: str, field: str, message: str
) -> None:
    file = world.file("bad.csv", [world.line("8900"), spoilt(world, column, value), world.line("8902")])

    book = read([file])

    (problem,) = book.problems
    assert (problem.file, problem.line, problem.field, problem.message) == ("bad.csv", 3, field, message)
    assert [order.number for order in book.orders] == ["8900", "8902"]


def test_bad_rows_wait_for_a_person_and_the_rest_of_the_run_goes_on(world: Any) -> None:
    rows = [world.line("8900"), spoilt(world, PRICE, "0"), spoilt(world, QUANTITY, "-1", "8902")]

    figures = world.run("none", orders=[world.file("bad.csv", rows)]).as_dict()

    assert (figures["ended"], figures["lost"], figures["rows_set_aside"]) == (1, 0, 2)
    with world.house() as house, house.store.read() as tx:
        (case,) = queries.instances(tx, process_id="unreadable_rows")
        (task,) = queries.tasks(tx, instance=case.key)
        problems = queries.variables(tx, case.key)["problems"]
    assert (task.element, case.state) == ("look_at_rows", "active")
    assert [(one["file"], int(one["line"]), one["field"]) for one in problems] == [
        ("bad.csv", 3, "UnitPrice"),
        ("bad.csv", 4, "Quantity"),
    ]
    assert problems[0]["row"]["InvoiceNo"] == "8901"


def test_a_cancellation_without_an_order_goes_to_a_person(world: Any) -> None:
    stranger = spoilt(world, QUANTITY, "-2", "C8999")
    stranger[CUSTOMER] = "79999"  # never bought anything

    figures = world.run("none", orders=[world.file("back.csv", [stranger])]).as_dict()

    assert (figures["cancellations"], figures["rows_set_aside"]) == (1, 0)
    with world.house() as house, house.store.read() as tx:
        (task,) = queries.tasks(tx)
    assert (task.kind, task.element) == ("review", "find_original")
    assert "more come back than were sold" in task.payload["doubts"][0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_chinese_text_is_read_in_every_usual_encoding(world: Any, encoding: str) -> None:
    file = world.file("wording.csv", [spoilt(world, TEXT, "演示铜铰链 40毫米")], encoding=encoding)

    (order,) = read([file]).orders

    assert order.lines[0].text == "演示铜铰链 40毫米"


def test_a_file_in_no_known_encoding_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "strange.csv"
    file.write_bytes(b"InvoiceNo,\xff\xff\xff\n")

    with pytest.raises(OrderFileError, match=r"strange\.csv") as refused:
        read([file])

    assert "neither UTF-8 nor GBK" in str(refused.value)


def test_missing_columns_are_named_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    file.write_text("InvoiceNo,Quantity\n1,2\n")

    with pytest.raises(OrderFileError) as refused:
        read([file])

    assert "short.csv, line 1" in str(refused.value)
    assert all(name in str(refused.value) for name in set(COLUMNS) - {"InvoiceNo", "Quantity"})


def test_a_gzip_file_of_several_members_is_read_to_its_end(world: Any, tmp_path: Path) -> None:
    text = world.file("whole.csv", [world.line("8900"), world.line("8901")]).read_bytes()
    file = tmp_path / "members.csv.gz"
    file.write_bytes(gzip.compress(text[:120]) + gzip.compress(text[120:]))

    assert [order.number for order in read([file]).orders] == ["8900", "8901"]


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(OrderFileError, match=r"nowhere\.csv"):
        read([tmp_path / "nowhere.csv"])


@pytest.mark.parametrize("keep", [10, -9])
def test_a_damaged_gzip_file_is_refused_by_name(world: Any, tmp_path: Path, keep: int) -> None:
    whole = gzip.compress(world.file("whole.csv", [world.line("8900")]).read_bytes())
    file = tmp_path / "half.csv.gz"
    file.write_bytes(whole[:keep])

    with pytest.raises(OrderFileError, match=r"half\.csv\.gz"):
        read([file])


def test_an_order_of_a_blocked_customer_waits_for_a_person(world: Any) -> None:
    world.run("none", orders=[world.file("first.csv", [world.line("8900")])])
    with world.house() as house, house.store.write() as tx:
        blocked = customers.update().where(
            customers.c.tenant_id == tx.tenant, customers.c.customer_id == "70001"
        )
        tx.execute(blocked.values(blocked=True))

    figures = world.run("none", orders=[world.file("second.csv", [world.line("8901")])]).as_dict()

    assert figures["waiting"] == {"person: decide_customer": 1}


def test_the_same_file_given_twice_starts_every_order_once(world: Any) -> None:
    file = world.file("one.csv", [world.line("8900")])
    copy = world.file("copy.csv", [world.line("8900")])

    world.run("none", orders=[file])
    again = world.run("none", orders=[copy]).as_dict()

    assert (again["ended"], again["lost"]) == (1, 0)
    assert len(world.books().orders) == 1
