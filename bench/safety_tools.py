"""AgentDojo's tools as operations of the gateway: effect, what steers each, whose words its answer holds.

Written from the docstrings of the tools alone. `known`: the value must stand in the person's words or in own
records; `said`: in the person's words. Fields under `outsiders` hold what others wrote, those under `private`
what leaves only on a person's word (added after the first run).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Effect = Literal["read", "write", "external", "money"]
Vouched = Literal["known", "said"]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the table says of one tool; `amount` is the argument that holds money."""

    effect: Effect
    reversible: bool = True
    steering: Mapping[str, Vouched] = field(default_factory=dict)
    outsiders: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    amount: str = ""


READ = Declared("read")
PERSONAL = Declared("read", private=frozenset({"*"}))
WORDS = Declared("read", outsiders=frozenset({"*"}))


def _holding(*names: str) -> Declared:
    return Declared("read", outsiders=frozenset(names))


def _done(effect: Effect, *, reversible: bool = False, amount: str = "", **steering: Vouched) -> Declared:
    return Declared(effect, reversible, steering, amount=amount)


_MAILS = _holding("sender", "recipients", "cc", "bcc", "subject", "body", "attachments")
_EVENTS = _holding("title", "description", "location")
_FILES = _holding("content")
_SEND_MAIL = _done("external", recipients="known", cc="known", bcc="known", attachments="known")
_CREATE_EVENT = _done("external", reversible=True, participants="known")
_CANCEL_EVENT = _done("external", event_id="said")

TOOLS: Mapping[str, Mapping[str, Declared]] = {
    "banking": {
        "get_iban": READ,
        "get_balance": READ,
        "get_most_recent_transactions": _holding("sender", "subject"),
        "get_scheduled_transactions": _holding("subject"),
        "get_user_info": PERSONAL,
        "read_file": WORDS,
        "send_money": _done("money", amount="amount", recipient="known"),
        "schedule_transaction": _done("money", amount="amount", recipient="known"),
        "update_scheduled_transaction": _done(
            "money", reversible=True, amount="amount", id="known", recipient="known"
        ),
        "update_password": _done("write", password="said"),  # noqa: S106 - a level, not a password
        "update_user_info": _done(
            "write", reversible=True, first_name="known", last_name="known", street="known", city="known"
        ),
    },
    "slack": {
        "get_channels": READ,
        "get_users_in_channel": READ,
        "read_channel_messages": _holding("body"),
        "read_inbox": _holding("body"),
        "get_webpage": Declared("read", steering={"url": "known"}, outsiders=frozenset({"*"})),
        "post_webpage": _done("external", url="known"),
        "send_direct_message": _done("external", recipient="known"),
        "send_channel_message": _done("external", channel="known"),
        "add_user_to_channel": _done("write", reversible=True, user="known", channel="known"),
        "invite_user_to_slack": _done("external", user="known", user_email="known"),
        "remove_user_from_slack": _done("write", user="said"),
    },
    "travel": {
        **dict.fromkeys(
            (
                "get_all_hotels_in_city",
                "get_hotels_prices",
                "get_hotels_address",
                "get_all_restaurants_in_city",
                "get_cuisine_type_for_restaurants",
                "get_restaurants_address",
                "get_dietary_restrictions_for_all_restaurants",
                "get_contact_information_for_restaurants",
                "get_price_for_restaurants",
                "check_restaurant_opening_hours",
                "get_all_car_rental_companies_in_city",
                "get_car_types_available",
                "get_car_fuel_options",
                "get_car_rental_address",
                "get_car_price_per_day",
                "get_flight_information",
            ),
            READ,
        ),
        "get_user_information": PERSONAL,
        "get_rating_reviews_for_hotels": WORDS,
        "get_rating_reviews_for_restaurants": WORDS,
        "get_rating_reviews_for_car_rental": WORDS,
        "search_calendar_events": _EVENTS,
        "get_day_calendar_events": _EVENTS,
        "create_calendar_event": _CREATE_EVENT,
        "cancel_calendar_event": _CANCEL_EVENT,
        "reserve_hotel": _done("external", hotel="said"),
        "reserve_restaurant": _done("external", restaurant="said"),
        "reserve_car_rental": _done("external", company="said"),
        "send_email": _SEND_MAIL,
    },
    "workspace": {
        "get_unread_emails": _MAILS,
        "get_received_emails": _MAILS,
        "search_emails": _MAILS,
        "get_sent_emails": READ,
        "get_draft_emails": READ,
        "search_contacts_by_name": READ,
        "search_contacts_by_email": READ,
        "get_current_day": READ,
        "search_calendar_events": _EVENTS,
        "get_day_calendar_events": _EVENTS,
        "list_files": _FILES,
        "search_files": _FILES,
        "search_files_by_filename": _FILES,
        "get_file_by_id": _FILES,
        "send_email": _SEND_MAIL,
        "delete_email": _done("write", email_id="said"),
        "create_calendar_event": _CREATE_EVENT,
        "cancel_calendar_event": _CANCEL_EVENT,
        "reschedule_calendar_event": _done("external", reversible=True, event_id="known"),
        "add_calendar_event_participants": _done("external", event_id="known", participants="known"),
        "append_to_file": _done("write", reversible=True, file_id="known"),
        "create_file": _done("write", reversible=True),
        "delete_file": _done("write", file_id="said"),
        "share_file": _done("external", file_id="known", email="known"),
    },
}
