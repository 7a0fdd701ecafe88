"""When the digest comes: at which hour of which time zone, on which weekday the weekly one."""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator

from mainspring.app import set_up
from mainspring.app.house import House
from mainspring.govern import company_texts
from mainspring.govern.principal import Principal
from mainspring.store import Tx

Kind = Literal["daily", "weekly"]
NAME = "digest"
_ZONES = {"zh": "Asia/Shanghai"}
_DAYS = {"daily": 1, "weekly": 7}


class Settings(BaseModel):
    """The company's wish; `time_zone` as the IANA names it, "" for the usual one of its language.

    `weekday`: of the weekly digest, Monday is 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    daily: bool = True
    weekly: bool = True
    hour: int = Field(default=8, ge=0, le=23)
    weekday: int = Field(default=0, ge=0, le=6)
    time_zone: str = Field(default="", max_length=64)

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            if name:
                ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {name}, such as Asia/Shanghai") from None
        return name


class Span(NamedTuple):
    """What a digest is about: from then until before then, and the day in whose morning it comes."""

    day: date
    since: datetime
    until: datetime


def settings_of(tx: Tx) -> Settings:
    """The settings in force."""
    found = company_texts.newest(tx, NAME)
    return Settings() if found is None else Settings.model_validate_json(found.text)


def put(house: House, settings: Settings, by: Principal) -> Settings:
    """Keep the settings; the same again makes no new version."""
    with house.store.write() as tx:
        if settings_of(tx) != settings:
            company_texts.put(tx, NAME, settings.model_dump_json(), by=by, now=house.clock())
    return settings


def zone_of(tx: Tx, settings: Settings) -> ZoneInfo:
    """The company's time zone."""
    company = set_up.company_of(tx) or set_up.Company()
    return ZoneInfo(settings.time_zone or _ZONES.get(company.language, "UTC"))


def span(kind: Kind, day: date, zone: ZoneInfo) -> Span:
    """The day (or seven days) before `day`, by the company's clock."""
    until = datetime.combine(day, time.min, zone)
    since = datetime.combine(day - timedelta(days=_DAYS[kind]), time.min, zone)
    return Span(day, since, until)


def due(settings: Settings, now: datetime, zone: ZoneInfo) -> list[tuple[Kind, date]]:
    """The digests whose hour has come today."""
    here = now.astimezone(zone)
    if here.hour < settings.hour:
        return []
    found: list[tuple[Kind, date]] = [("daily", here.date())] if settings.daily else []
    if settings.weekly and here.weekday() == settings.weekday:
        found.append(("weekly", here.date()))
    return found
