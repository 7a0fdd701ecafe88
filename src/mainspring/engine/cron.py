"""Cron expressions of timer cycles, with seconds, as Camunda 8 has them: "0 0 9-17 * * MON-FRI", "@daily".

Six fields: second, minute, hour, day of month, month, day of week (0 and 7 are Sunday). A field is *, ?, a
value, a range a-b, a list a,b, a step */n or a-b/n; months and weekdays also by English name. Times are UTC.
"""

from datetime import datetime, timedelta

from mainspring.engine.errors import Fault

MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
BOUNDS = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
YEARS_AHEAD = 8
"""How far a day is looked for: 29 February comes at most eight years apart."""


def following(text: str, after: datetime) -> datetime:
    """The first moment after `after` that the expression names.

    Raises:
        Fault: it is no cron expression, or names no day (30 February).
    """
    fields = MACROS.get(text.strip().lower(), text).split()
    if len(fields) != len(BOUNDS):
        raise Fault(
            "timer", f"'{text}' is neither a repeating interval such as R3/PT1H nor a cron expression"
        )
    seconds, minutes, hours, days, months, weekdays = (
        _values(field, position, text) for position, field in enumerate(fields)
    )
    weekdays = {day % 7 for day in weekdays}
    either = fields[3] not in "*?" and fields[5] not in "*?"
    start = after.replace(microsecond=0) + timedelta(seconds=1)
    day = start.replace(hour=0, minute=0, second=0)
    for _ in range(366 * YEARS_AHEAD):
        weekday = (day.weekday() + 1) % 7
        fits = (day.day in days, weekday in weekdays)
        if day.month in months and (any(fits) if either else all(fits)):
            found = _time(day, start, (sorted(hours), sorted(minutes), sorted(seconds)))
            if found is not None:
                return found
        day += timedelta(days=1)
    raise Fault("timer", f"the cron expression '{text}' names no day")


def _time(day: datetime, start: datetime, times: tuple[list[int], list[int], list[int]]) -> datetime | None:
    """The first fitting time of that day not before `start`."""
    for hour in times[0]:
        for minute in times[1]:
            moment = day.replace(hour=hour, minute=minute, second=59)
            if moment < start:
                continue
            for second in times[2]:
                moment = moment.replace(second=second)
                if moment >= start:
                    return moment
    return None


def _values(field: str, position: int, text: str) -> set[int]:
    low, high = BOUNDS[position]
    found: set[int] = set()
    for part in field.split(","):
        body, _, step = part.partition("/")
        if body in {"*", "?"}:
            first, last = low, high
        else:
            begin, _, end = body.partition("-")
            first = _number(begin, position, text)
            last = _number(end, position, text) if end else (high if step else first)
        stride = _number(step, position, text) if step else 1
        if not (low <= first <= last <= high and stride > 0):
            raise Fault("timer", f"'{part}' is out of range in the cron expression '{text}'")
        found.update(range(first, last + 1, stride))
    return found


def _number(word: str, position: int, text: str) -> int:
    names: tuple[str, ...] = {4: MONTHS, 5: DAYS}.get(position, ())
    if word.upper() in names:
        return names.index(word.upper()) + (1 if names is MONTHS else 0)
    if not word.isdigit():
        raise Fault("timer", f"'{word}' is no number in the cron expression '{text}'")
    return int(word)
