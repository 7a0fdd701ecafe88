"""Two versions of a text compared: located, complete, and what matters first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring.agents.skills.compare import compare, edits
from mainspring.base.bilingual import told
from mainspring.knowledge.documents import Document, Place, Problem, read
from mainspring.knowledge.documents.document import Block

AGREEMENT = """SUPPLY AGREEMENT

1. Payment
The Buyer shall pay within 30 days
of the invoice date. Interest is 5% per year.

2. Delivery
Goods are delivered DAP to the Buyer's site by truck.

3. Liability
The Supplier shall not be liable for indirect damages.

Item\tQty\tPrice
Bolt M8\t100\t0.12
Nut M8\t100\t0.05
"""

_words = st.lists(
    st.sampled_from(["the", "Buyer", "shall", "pay", "30", "days", "不", "得", "5%", ".", "\n", "  "]),
    max_size=25,
)
wordings = _words.map(" ".join) | st.text(max_size=60)
texts = st.lists(
    st.sampled_from(
        [
            "1. The buyer pays.",
            "2. The seller delivers the goods to the site.",
            "第三条 乙方应当在三十日内付款。",
            "",
            "plain words",
        ]
    )
    | st.text(max_size=30),
    max_size=8,
).map("\n".join)


@given(wordings, wordings)
def test_both_wordings_can_be_put_together_from_the_edits(old: str, new: str) -> None:
    runs = edits(old, new)
    assert ("".join(run.old for run in runs), "".join(run.new for run in runs)) == (old, new)


@given(wordings, wordings)
def test_every_edit_stands_where_it_says(old: str, new: str) -> None:
    for run in edits(old, new):
        assert old[run.old_start :].startswith(run.old)
        assert new[run.new_start :].startswith(run.new)


@given(wordings)
def test_a_wording_does_not_differ_from_itself(text: str) -> None:
    assert all(run.same for run in edits(text, text))


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare(text, text).same


@settings(max_examples=60)
@given(texts, texts)
def test_every_clause_is_told_of_once_or_is_the_same(old: str, new: str) -> None:
    found = compare(old, new)
    gone = [one.old.index for one in found.changes if one.old]
    come = [one.new.index for one in found.changes if one.new]
    assert len(gone) == len(set(gone)) <= found.clauses_old
    assert len(come) == len(set(come)) <= found.clauses_new
    assert found.clauses_old - len(gone) == found.clauses_new - len(come)


@settings(max_examples=60)
@given(texts, texts)
def test_what_one_way_adds_the_other_way_removes(old: str, new: str) -> None:
    there = [one.kind for one in compare(old, new).changes]
    back = [one.kind for one in compare(new, old).changes]
    assert there.count("added") - there.count("removed") == back.count("removed") - back.count("added")


def test_lines_broken_elsewhere_are_no_difference() -> None:
    again = AGREEMENT.replace("30 days\nof the", "30\ndays of   the")
    assert compare(AGREEMENT, again).same


def test_a_changed_term_is_told_with_its_clause_its_line_and_why_it_matters() -> None:
    (change,) = compare(AGREEMENT, AGREEMENT.replace("30 days", "60 days")).changes
    assert (change.kind, change.clause.number, str(change.clause.place)) == ("changed", "1.", "line 3")
    assert change.matters == ("figure 30 → 60 · 数字 30 → 60",)
    assert [(run.old.strip(), run.new.strip()) for run in change.edits if not run.same] == [("30", "60")]


def test_a_negation_taken_out_is_told_before_mere_wording() -> None:
    other = AGREEMENT.replace("shall not be", "shall be").replace("by truck", "by lorry")
    first, second = compare(AGREEMENT, other).evidence
    assert "negation removed: not" in first
    assert "'truck' is now 'lorry'" in second


def test_a_duty_turned_into_a_choice_is_told_in_chinese_too() -> None:
    (change,) = compare("第一条 甲方应当在三十日内付款。", "第一条 甲方可以在六十日内付款。").changes
    assert {told(each, "en") for each in change.matters} == {
        "figure 三十 → 六十",
        "duty or choice removed: 应当",
        "duty or choice added: 可以",
    }


def test_a_moved_clause_is_one_change_with_what_differs_in_it() -> None:
    first, second, *rest = AGREEMENT.split("\n\n")[1:]
    moved = "\n\n".join(["SUPPLY AGREEMENT", second, first.replace("30", "45"), *rest])
    changes = compare(AGREEMENT, moved).changes
    (change,) = [one for one in changes if one.kind == "moved"]
    assert change.old
    assert change.old.number in {"1.", "2."}
    assert len(changes) == 1 or all(one.kind == "changed" for one in changes if one is not change)


def test_a_paragraph_that_moved_and_nothing_else_is_the_only_change() -> None:
    parts = ["alpha beta gamma delta", "one two three four", "red green blue black"]
    (change,) = compare("\n\n".join(parts), "\n\n".join([parts[1], parts[2], parts[0]])).changes
    assert (change.kind, change.clause.text, change.matters) == ("moved", parts[0], ())


def test_a_cell_of_a_table_is_told_with_its_row_and_column() -> None:
    (change,) = compare(AGREEMENT, AGREEMENT.replace("0.12", "0.14")).changes
    assert change.clause.name == "row 'Bolt M8'"
    assert change.cells == (("Price", "0.12", "0.14"),)


def test_a_row_keeps_being_itself_though_all_its_other_cells_changed() -> None:
    (change,) = compare(AGREEMENT, AGREEMENT.replace("100\t0.05", "7\t9.99")).changes
    assert [cell.column for cell in change.cells] == ["Qty", "Price"]


def test_a_column_that_was_put_in_is_told_for_each_row() -> None:
    new = AGREEMENT.replace("Qty\t", "Unit\tQty\t").replace("100\t", "pcs\t100\t")
    changes = compare(AGREEMENT, new).changes
    rows = [one for one in changes if one.clause.columns]
    assert [cell for one in rows for cell in one.cells] == [("Unit", "", "pcs")] * 2


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "a b"), ("a b", ""), ("\n\n", " ")])
def test_empty_versions_are_compared_like_any(old: str, new: str) -> None:
    assert len(compare(old, new).changes) == (old.strip() != new.strip())


def test_documents_are_compared_with_the_places_they_stand_at() -> None:
    old = Document("a.pdf", "pdf", (Block("1. Pay in 30 days", Place(page=2)),))
    new = Document("b.pdf", "pdf", (Block("1. Pay in 10 days", Place(page=3)),))
    (change,) = compare(old, new).changes
    assert change.old
    assert (change.old.place.page, change.clause.place.page) == (2, 3)


def test_a_spreadsheet_is_compared_with_a_mail_of_the_same_rows() -> None:
    sheet = read(b"Item,Qty\nBolt,5\nNut,6\n", "old.csv")
    (change,) = compare(sheet, "Item\tQty\nBolt\t5\nNut\t7\n").changes
    assert change.cells == (("Qty", "6", "7"),)


def test_a_document_that_could_not_be_read_whole_is_never_compared_surely() -> None:
    part = Document("a.pdf", "pdf", (), problems=(Problem("pages", "only the first 100 were read"),))
    found = compare(part, part)
    assert found.confidence < 1.0
    assert "only the first 100 were read" in found.evidence[0]
