"""Statements of every form read back exactly what was written, and say what in them breaks their standard."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring.app import bank
from mainspring.services.bank import camt, mt940
from mainspring.services.bank.errors import UnreadableStatement
from mainspring.services.bank.statement import Entry, Statement, marks

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
WORDS = (
    st.text(st.sampled_from("abcXYZ 示例贸易0123&<>"), min_size=1, max_size=30).map(str.strip).filter(bool)
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        day=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        amount=st.decimals(Decimal("-99999.99"), Decimal("99999.99"), places=2).filter(bool),
        currency=st.just("EUR"),
        payer=WORDS.map(lambda text: f"Payer {' '.join(text.split())}"),
        account=st.integers(10**9, 10**12).map(lambda number: f"DE{number}"),
        reference=st.just(""),
        text=WORDS.map(lambda text: f"note {' '.join(text.split())}"),
        bank_reference=st.integers(1, 10**9).map(lambda number: f"B{number}"),
    ),
    min_size=1,
    max_size=8,
)


def told(entries: list[Entry], opening: Decimal) -> Statement:
    closing = opening + sum((one.amount for one in entries), Decimal(0))
    return Statement("DE89", "7", "EUR", opening, closing, tuple(entries))


def as_camt(one: Statement) -> bytes:
    def amount(value: Decimal) -> str:
        sign = "CRDT" if value >= 0 else "DBIT"
        return f'<Amt Ccy="EUR">{abs(value)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'

    def balance(code: str, value: Decimal | None) -> str:
        return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount(value or Decimal(0))}</Bal>"

    def entry(e: Entry) -> str:
        party, account = ("Dbtr", "DbtrAcct") if e.amount >= 0 else ("Cdtr", "CdtrAcct")
        return (
            f"<Ntry>{amount(e.amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{e.day}</Dt></BookgDt>"
            f"<AcctSvcrRef>{e.bank_reference}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties>"
            f"<{party}><Pty><Nm>{escape(e.payer)}</Nm></Pty></{party}>"
            f"<{account}><Id><IBAN>{e.account}</IBAN></Id></{account}></RltdPties>"
            f"<RmtInf><Ustrd>{escape(e.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )

    body = "".join(map(entry, one.entries))
    return (
        f'<Document xmlns="{NAMESPACE}"><BkToCstmrStmt><Stmt><Id>x</Id><ElctrncSeqNb>7</ElctrncSeqNb>'
        f"<Acct><Id><IBAN>DE89</IBAN></Id><Ccy>EUR</Ccy></Acct>{balance('OPBD', one.opening)}"
        f"{balance('CLBD', one.closing)}{body}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def as_csv(one: Statement, *, two_columns: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    money = ["Credit", "Debit"] if two_columns else ["Amount"]
    people = ["Counterparty", "IBAN", "Details", "Transaction id"]
    writer.writerow(["Booking date", *money, "Balance", "Currency", *people])
    held = one.opening or Decimal(0)
    for e in one.entries:
        held += e.amount
        split = [e.amount, ""] if e.amount >= 0 else ["", -e.amount]
        amounts = split if two_columns else [e.amount]
        writer.writerow([e.day, *amounts, held, "EUR", e.payer, e.account, e.text, e.bank_reference])
    return out.getvalue().encode()


@settings(deadline=None)  # imports of the first example count as well
@given(ENTRIES, st.decimals(-1000, 1000, places=2))
def test_a_camt_statement_reads_back_as_it_was_written(entries: list[Entry], opening: Decimal) -> None:
    written = told(entries, opening)
    (found,) = camt.read(as_camt(written))
    assert found == written
    assert found.balanced is True


@settings(deadline=None)  # imports of the first example count as well
@given(ENTRIES, st.decimals(-1000, 1000, places=2), st.booleans())
def test_a_list_of_a_bank_reads_back_as_it_was_written(
    entries: list[Entry],
    opening: Decimal,
    two_columns: bool,  # noqa: FBT001 - drawn by position
) -> None:
    written = told(sorted(entries, key=lambda one: one.day), opening)
    found = bank.read(as_csv(written, two_columns=two_columns), "list.csv").statements[0]
    assert found.entries == written.entries
    assert (found.opening, found.closing, found.balanced) == (written.opening, written.closing, True)


def test_a_pending_entry_of_camt_is_no_money_yet() -> None:
    data = as_camt(told([Entry(date(2026, 1, 5), Decimal(5), "EUR", bank_reference="B1")], Decimal(0)))
    (found,) = camt.read(data.replace(b"<Cd>BOOK</Cd>", b"<Cd>PDNG</Cd>"))
    assert found.entries == ()
    assert found.balanced is False


@pytest.mark.parametrize("data", [b"<a>", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_is_no_camt_statement_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableStatement):
        camt.read(data)


ALIPAY = """支付宝账务明细查询
账号:[demo@shop.example]
起始日期:[2026年01月01日 00:00:00]    终止日期:[2026年01月31日 23:59:59]
交易号,商户订单号,交易创建时间,付款时间,类型,交易对方,商品名称,金额（元）,收/支,交易状态,服务费（元）,备注
2026010522001\t,D-1\t,2026-01-05 10:00:01,2026-01-05,到账,示例客户一,保温杯,100.00,收入,交易成功,0.60,
2026010622001\t,D-2\t,2026-01-06 10:00:01,2026-01-06,到账,示例客户二,雨伞,50.00,收入,交易关闭,0.00,
2026010722001\t,D-3\t,2026-01-07 10:00:01,2026-01-07 10:00:09,退款,示例客户一,保温杯,20.00,支出,交易成功,0.00,
"""
WECHAT = """微信支付账单明细
微信昵称：[演示店铺]
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2026-01-05 09:00:00,商户消费,示例客户三,"雨伞",收入,¥35.50,零钱,已存入零钱,"4200001\t","M-1\t","/"
2026-01-06 09:00:00,提现,/,"/",支出,¥10.00,零钱,提现已到账,"4200002\t","M-2\t","/"
"""


def test_a_bill_of_alipay_counts_what_came_and_went_and_not_what_was_closed() -> None:
    (found,) = bank.read(ALIPAY.encode("gb18030"), "alipay.csv").statements
    assert [(one.amount, one.payer, one.bank_reference, one.fee) for one in found.entries] == [
        (Decimal("100.00"), "示例客户一", "2026010522001", Decimal("0.60")),
        (Decimal("-20.00"), "示例客户一", "2026010722001", Decimal("0.00")),
    ]
    assert (found.account, found.currency) == ("demo@shop.example", "CNY")


def test_a_bill_of_wechat_pay_is_read() -> None:
    (found,) = bank.read(WECHAT.encode("utf-8-sig"), "wechat.csv").statements
    assert [(one.day, one.amount, one.reference) for one in found.entries] == [
        (date(2026, 1, 5), Decimal("35.50"), "M-1"),
        (date(2026, 1, 6), Decimal("-10.00"), "M-2"),
    ]


def test_a_list_without_a_day_or_an_amount_names_its_columns() -> None:
    with pytest.raises(UnreadableStatement, match="no column tells the amount: Booking date, Counterparty"):
        bank.read(b"Booking date,Counterparty,Details\n2026-01-05,Demo,x\n", "list.csv")


def test_a_list_from_new_to_old_is_turned_round_by_its_running_balance() -> None:
    rows = b"Date,Amount,Balance\n2026-01-07,-5.00,15.00\n2026-01-06,10.00,20.00\n"
    (found,) = bank.read(rows, "list.csv", currency="CNY").statements
    assert [one.amount for one in found.entries] == [Decimal("10.00"), Decimal("-5.00")]
    assert (found.opening, found.closing) == (Decimal("10.00"), Decimal("15.00"))


MT940 = """:20:X
:25:1/2
:28C:3/1
:60F:C260105EUR100,00
:61:2601060106{amount}NTRFINV-1//B1
:86:?20SVWZ+x?32Demo
:62F:C260106EUR90,
-"""


def test_a_field_of_mt940_that_breaks_the_standard_is_named_with_its_line() -> None:
    (good,) = mt940.read(MT940.format(amount="D10,"))
    assert (good.balanced, good.all_faults(), good.entries[0].reference) == (True, (), "INV-1")
    (bad,) = mt940.read(MT940.format(amount="X10,"))
    assert bad.all_faults()[0].startswith("line 5: the entry")
    (point,) = mt940.read(MT940.format(amount="D10"))
    assert point.all_faults() == ("line 5: the amount 10 lacks its comma",)


def test_every_shared_mt940_file_adds_up_or_names_what_breaks_the_standard(shared: Path) -> None:
    files = sorted((shared / "data" / "bank" / "mt940").iterdir())
    whole = [file for file in files if b":60" in file.read_bytes() and b":62" in file.read_bytes()]
    assert (len(files), len(whole)) == (30, 14)
    for file in whole:
        for one in bank.read(file.read_bytes(), file.name).statements:
            assert one.balanced or one.all_faults(), file.name
    for file in set(files) - set(whole):
        with pytest.raises(UnreadableStatement, match=r"MT940 demands :\d\d"):
            bank.read(file.read_bytes(), file.name)


@given(ENTRIES)
def test_each_line_is_known_by_a_mark_of_its_own_however_often_it_stands_there(entries: list[Entry]) -> None:
    found = marks("DE89", [*entries, *entries])
    assert len(set(found)) == 2 * len(entries)
    assert found[: len(entries)] == marks("DE89", entries)
