"""The tree of the architecture: levels from the landscape, completed by what is deployed."""

from mainspring.app.architecture import Model, Place, tree
from mainspring.insight.plan import Node

SELL = Model("sell", "Sell", {"read": "Read", "price": "Price", "send": "Send"})
SERVE = Model("serve", "Serve", {"answer": "Answer"})


def named(places: tuple[Place, ...]) -> list[str]:
    """The tree as lines, each with its level and as many dots as it stands deep."""
    deep: list[int] = []
    for place in places:
        deep.append(0 if place.parent is None else deep[place.parent] + 1)
    return [f"{'.' * depth}{place.level} {place.name}" for depth, place in zip(deep, places, strict=True)]


def test_what_a_landscape_does_not_name_of_a_process_stands_where_most_of_it_does() -> None:
    rows = [
        Node(l1="Customers", l3="Sell", l5="Send the quote", process="sell", activity="send"),
        Node(l1="Customers", l3="Sell", l5="Read the mail", process="sell", activity="read"),
    ]
    places, _ = tree(rows, [SELL])
    assert named(places) == [
        "1 Customers",
        ".3 Sell",
        "..5 Read the mail",
        "..5 Price",
        "..5 Send the quote",
    ]
    assert [place.activity for place in places] == [None, None, "read", "price", "send"]
    assert [place.process for place in places] == [None, *["sell"] * 4]


def test_a_process_that_no_row_names_stands_apart_with_its_activities() -> None:
    places, _ = tree([Node(l1="Customers", l2="Offers")], [SERVE])
    assert named(places) == ["1 Customers", ".2 Offers", "0 ", ".3 Serve", "..5 Answer"]


def test_an_activity_that_stands_for_a_whole_process_has_nothing_below_it() -> None:
    places, _ = tree([Node(l3="Service", l5="Answer · 回答", process="serve")], [SERVE])
    assert named(places) == ["3 Service", ".5 Answer · 回答"]
    assert (places[1].process, places[1].activity, places[1].rest) == ("serve", None, {"serve"})


def test_rows_of_a_process_that_somebody_may_not_see_are_left_out() -> None:
    rows = [Node(l1="Customers", l3="Sell", process="sell"), Node(l1="Service", l3="Serve", process="serve")]
    places, _ = tree(rows, [SERVE], hidden={"sell"})
    assert named(places) == ["1 Service", ".3 Serve", "..5 Answer"]


def test_an_activity_that_the_model_does_not_have_keeps_its_place_and_has_no_address() -> None:
    places, _ = tree([Node(l3="Sell", l5="Dream", process="sell", activity="dream")], [SELL])
    assert named(places)[:2] == ["3 Sell", ".5 Dream"]
    assert (places[1].process, places[1].activity) == (None, None)


def test_a_part_of_two_processes_is_of_neither() -> None:
    rows = [Node(l2="Both", process="sell"), Node(l2="Both", process="serve")]
    places, _ = tree(rows, [SELL, SERVE])
    assert places[0].process is None
    assert places[0].rest == {"sell", "serve"}
