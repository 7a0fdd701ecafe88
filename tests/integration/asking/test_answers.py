"""Answers are right: held against the books, read another way; and nobody is told what they may not see."""

from decimal import Decimal

from sqlalchemy import select
from tests.integration.asking.conftest import Asks

from mainspring.app.house import House
from mainspring.app.measures import measured
from mainspring.govern.masking import HIDDEN
from mainspring.services.tables.contact import outbox
from mainspring.services.tables.goods import stock
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import quotes


def test_revenue_by_country_adds_up_to_the_invoices(company: House, asks: Asks) -> None:
    with company.store.read() as tx:
        country = {row.customer_id: row.country for row in tx.all(select(customers))}
        rows = tx.all(select(invoices.c.customer_id, invoices.c.net))
    china = sum((row.net for row in rows if country[row.customer_id] == "CN"), Decimal(0))
    answer = asks("Revenue by country")
    assert next(row[1].text for row in answer.rows if row[0].text == "China") == f"{china:,.2f} EUR"
    assert len(answer.rows) == len({country[row.customer_id] for row in rows})


def test_the_average_quoting_time_by_channel_is_that_of_the_books(company: House, asks: Asks) -> None:
    with company.store.read() as tx:
        sent = {row.document: row.at for row in tx.all(select(outbox).where(outbox.c.kind == "quote"))}
        received = {row.inquiry_no: row for row in tx.all(select(inquiries))}
        made = tx.all(select(quotes))
    spans = [
        (sent[one.quote_no] - received[one.inquiry_no].received_at).total_seconds()
        for one in made
        if one.quote_no in sent and received[one.inquiry_no].channel == "mail"
    ]
    answer = asks("各渠道的平均报价时长")
    hours = sum(spans) / len(spans) / 3600
    assert next(row[1].text for row in answer.rows if row[0].text == "邮件") == f"{hours:.1f} 小时"


def test_a_measure_of_the_log_is_that_of_the_measures(company: House, asks: Asks) -> None:
    figures = measured(company)
    assert f"{figures['penetration']:.1%}" in asks("What is our AI penetration?").sentence
    assert f"{figures['straight_through']:.1%}" in asks("直通率是多少？").sentence


def test_months_follow_each_other_and_add_up(asks: Asks) -> None:
    answer = asks("Revenue by month")
    months = [row[0].text for row in answer.rows]
    assert months == sorted(months)
    whole = sum(Decimal(row[1].text.split()[0].replace(",", "")) for row in answer.rows)
    assert f"{whole:,.2f} EUR" in asks("What is our total revenue?").sentence


def test_a_ranking_names_the_greatest_first(asks: Asks) -> None:
    answer = asks("top 3 customers by turnover")
    values = [Decimal(row[1].text.split()[0].replace(",", "")) for row in answer.rows]
    assert len(values) == 3
    assert values == sorted(values, reverse=True)


def test_stock_is_that_of_the_books(company: House, asks: Asks) -> None:
    with company.store.read() as tx:
        row = tx.all(select(stock).where(stock.c.sku == "HB-1040-ZN"))[0]
    assert f"{row.on_hand - row.reserved:,.0f} pcs free" in asks("What is the stock of HB-1040-ZN?").sentence


def test_a_word_that_is_not_understood_is_named(asks: Asks) -> None:
    answer = asks("Revenue by mood")
    assert answer.unknown == ["mood"]
    assert "“mood”" in answer.sentence
    assert "Revenue by customer" in answer.nearest


def test_two_figures_at_once_are_refused_by_name(asks: Asks) -> None:
    assert "revenue and AI penetration" in asks("revenue AI penetration").sentence


def test_a_figure_is_not_seen_by_what_it_has_not(asks: Asks) -> None:
    assert asks("Revenue by channel").sentence == "I cannot say that: revenue is not seen by channel."


def test_who_may_not_see_measures_is_told_the_rule(asks: Asks) -> None:
    for text in ("Revenue by country", "What did E-000004 cost?", "Where is the bottleneck?"):
        answer = asks(text, "sales-1")
        assert not answer.answered
        assert answer.sentence.startswith("You may not see that")
        assert not answer.rows
        assert not answer.bars


def test_personal_fields_are_hidden_from_who_may_not_see_them(asks: Asks) -> None:
    assert "@" in asks("What is the email of C001?", "sales-1").sentence
    assert asks("What is the email of C001?", "governance").sentence.count("@") == 0


def test_hidden_fields_say_that_there_is_something(asks: Asks) -> None:
    answer = asks("What is the email of C001?", "governance")
    assert not answer.answered or HIDDEN in answer.sentence


def test_a_task_that_asks_for_me_is_proposed_to_be_taken(asks: Asks) -> None:
    offered = asks("What is asked of me here?", "owner", about="task").proposals
    others = asks("What is asked of me here?", "finance-manager-1", about="task").proposals
    assert [one.kind for one in offered] != [one.kind for one in others]


def test_this_means_nothing_where_the_page_shows_nothing(asks: Asks) -> None:
    answer = asks("Why does this case wait?")
    assert not answer.answered
    assert answer.sentence.startswith("Which case do you mean?")


def test_a_reader_of_nothing_sees_no_case(asks: Asks) -> None:
    assert asks("What is late?", "governance").answered
    assert asks("Which confirmations of money wait for me?", "governance").rows == []
