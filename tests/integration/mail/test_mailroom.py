"""Letters come in over IMAP, each once: into a new case, or into the case of the letter that they answer."""

from typing import Any

import pytest
from sqlalchemy import func, select
from tests.integration.mail.conftest import ANN, OWNER, Received, Server, connected, letter, mailbox
from tests.integration.web.offers import sent

from mainspring.agents.inbox import Inbox
from mainspring.app import post
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.mail import account
from mainspring.app.mail.arrival import Source
from mainspring.app.mail.room import Fetched, Mailroom
from mainspring.app.mail.tables import letter_files, letters, mail_marks
from mainspring.govern import identity
from mainspring.runtime import queries
from mainspring.services.tables.inquiries import documents, inquiries

ORDER = "Please send us 40 pcs of DEMO HINGE."


def rows(house: House, table: Any) -> list[Any]:
    with house.store.read() as tx:
        return list(tx.all(select(table).where(table.c.tenant_id == tx.tenant)))


def kept(house: House) -> list[tuple[str, str]]:
    """(direction, outcome) of every letter in its order."""
    return [(one.direction, one.outcome) for one in sorted(rows(house, letters), key=lambda one: one.letter)]


def test_a_new_letter_starts_a_case_and_is_fetched_once(house: House, server: Server) -> None:
    connected(house, server)
    server.put(letter(ORDER))
    room = Mailroom(house)
    assert room.round() == Fetched(inquiries=1)
    assert room.round() == Fetched()
    server.put(letter(ORDER, number="2"))
    assert room.round() == Fetched(inquiries=1)
    (first, second) = rows(house, inquiries)
    assert (first.channel, first.sender) == ("mail", ANN)
    with house.store.read() as tx:
        assert queries.instances(tx, business_key=second.inquiry_no)[0].process_id == "lead_to_cash"


def test_what_lay_in_the_mailbox_before_is_left_alone_unless_asked_for(house: House, server: Server) -> None:
    server.put(letter(ORDER), days_ago=3)
    connected(house, server)
    assert Mailroom(house).round() == Fetched()
    server.put(letter(ORDER, number="2"))
    server.renumber()
    assert Mailroom(house).round() == Fetched(inquiries=1)
    connected(house, server, old=True)
    server.renumber()
    assert Mailroom(house).round() == Fetched(inquiries=1, others=1)


def test_files_of_a_letter_are_kept_as_they_came(house: House, server: Server) -> None:
    connected(house, server)
    parts = f"--x\r\nContent-Type: text/plain\r\n\r\n{ORDER}\r\n--x\r\nContent-Type: text/csv\r\n"
    parts += "Content-Disposition: attachment; filename=a.csv\r\n\r\nsku,pcs\r\n--x--"
    server.put(letter(parts, Content_Type="multipart/mixed; boundary=x"))
    Mailroom(house).round()
    (file,) = rows(house, letter_files)
    (stored,) = [one for one in rows(house, documents) if one.digest == file.digest]
    assert (file.name, bytes(stored.content).strip()) == ("a.csv", b"sku,pcs")


def test_a_renumbered_folder_is_read_anew_and_doubles_nothing(house: House, server: Server) -> None:
    connected(house, server)
    server.put(letter(ORDER))
    Mailroom(house).round()
    server.renumber()
    server.put(letter(ORDER, number="2"))
    assert Mailroom(house).round() == Fetched(inquiries=1, others=1)
    assert kept(house) == [("in", "inquiry"), ("in", "known"), ("in", "inquiry")]
    assert len(rows(house, inquiries)) == 2


def test_the_answer_to_a_quote_finds_its_case_and_a_persons_answer_goes_back(
    house: House, server: Server, received: Received
) -> None:
    connected(house, server, received)
    quote_no = sent(house, "C-1")
    assert post.Post(house, "").send() == 1
    (out,) = received.letters
    answer = letter("Can you deliver in May?\r\n\r\n> our quote", number="9", In_Reply_To=out["Message-ID"])
    server.put(answer.replace(ANN.encode(), b"C-1@demo.example"))
    assert Mailroom(house).round() == Fetched(replies=1)
    reply = rows(house, letters)[-1]
    with house.store.read() as tx:
        case = queries.instance(tx, reply.instance)
        (task,) = queries.tasks(tx, instance=reply.question)
        asked = queries.variables(tx, reply.question)
        seller = identity.principal(tx, "sales-1")
    assert case.process_id == "waits_for_customer"
    assert (asked["document"], asked["case"]) == (quote_no, str(reply.instance))
    assert asked["question"].strip().endswith("Can you deliver in May?")
    with house.store.write() as tx:
        Inbox(house.runtime, house.gateway).complete(tx, task.key, seller, None, {"answer": "Yes, on 4 May."})
    assert (Mailroom(house).answer(), Mailroom(house).answer()) == (1, 0)
    post.Post(house, "").send()
    back = received.letters[-1]
    assert (back["To"], back["In-Reply-To"]) == ("c-1@demo.example", "<9@buyer.example>")
    assert back.get_content().strip() == "Yes, on 4 May."


def test_a_number_in_the_subject_leads_to_its_case_for_its_customer_alone(
    house: House, server: Server
) -> None:
    connected(house, server)
    quote_no = sent(house, "C-1")
    mine = letter("When?", subject=f"Your {quote_no}").replace(ANN.encode(), b"c-1@demo.example")
    server.put(mine)
    server.put(letter("When?", subject=f"Your {quote_no}", number="2"))
    assert Mailroom(house).round() == Fetched(inquiries=1, replies=1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("Auto-Submitted", "auto-replied"), ("List-Unsubscribe", "<https://news.example>")],
)
def test_what_nobody_wrote_starts_nothing(house: House, server: Server, name: str, value: str) -> None:
    connected(house, server)
    server.put(letter("I am away.", **{name: value}))
    assert Mailroom(house).round() == Fetched(others=1)
    assert kept(house) == [("in", "automatic")]


def test_a_letter_that_cannot_be_taken_in_holds_up_nobody(house: House, server: Server) -> None:
    connected(house, server)
    server.put(letter("x" * 20_000_100))
    server.put(letter(ORDER, number="2"))
    assert Mailroom(house).round() == Fetched(inquiries=1, problems=1)
    (problem,) = [one for one in rows(house, letters) if one.outcome == "problem"]
    assert "MB" in problem.reason


def test_a_wrong_password_is_told_and_nothing_is_used(house: House, server: Server) -> None:
    with pytest.raises(QuestionUnfit, match="does not let us in") as told:
        account.connect(house, mailbox(server, password="not the word"), OWNER)
    assert "not the word" not in str(told.value)
    assert account.standing(house).settings.service == ""


def test_a_mailbox_that_is_gone_is_told_in_its_standing(house: House, server: Server) -> None:
    connected(house, server)
    with house.store.read() as tx:
        settings = account.settings_of(tx)
    account.use(house, settings.model_copy(update={"folder": "Elsewhere"}), OWNER)
    assert Mailroom(house).round() == Fetched()
    assert "folder" in account.standing(house).problem


def test_two_readers_take_each_letter_once(house: House, server: Server) -> None:
    connected(house, server)
    server.put(letter(ORDER))
    with house.store.read() as tx:
        settings = account.settings_of(tx)
    first, second = Mailroom(house), Mailroom(house)
    validity, new = first._new(settings)
    assert second.fetch(settings) == Fetched(inquiries=1)
    source = Source(settings.service, settings.folder, validity, new[0][0])
    assert first._one(source, new[0][1]) is None
    with house.store.read() as tx:
        assert tx.scalar(select(func.count()).select_from(letters)) == 1
        assert tx.scalar(select(mail_marks.c.uid)) == new[0][0]


def test_sending_stands_under_the_ladder_as_an_operation_to_the_outside(
    house: House, server: Server, received: Received
) -> None:
    connected(house, server, received)
    with house.store.read() as tx:
        registered = house.gateway.registry.find("mailbox.send", tx)
    assert registered is not None
    assert (registered.operation.effect, registered.operation.reversible) == ("external", False)
