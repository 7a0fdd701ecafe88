"""Which column of a table is the case, the activity and the time: guessed from names and values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mainspring.insight.errors import LogError

KNOWN: Mapping[str, list[str]] = {
    "case": [
        "case:concept:name",
        "case_id",
        "caseid",
        "case id",
        "case",
        "case_concept_name",
        "case key",
        "trace_id",
        "trace",
        "instance",
        "process instance",
        "案例",
        "案例编号",
        "案例id",
        "流程实例",
        "单号",
        "订单号",
        "order_id",
        "order id",
        "ticket",
        "document number",
    ],
    "activity": [
        "concept:name",
        "activity",
        "activity_name",
        "activity name",
        "activityname",
        "event_name",
        "event name",
        "event",
        "task",
        "action",
        "step",
        "concept_name",
        "活动",
        "活动名称",
        "环节",
        "步骤",
        "操作",
        "动作",
    ],
    "time": [
        "time:timestamp",
        "timestamp",
        "time",
        "end_time",
        "end time",
        "endtime",
        "end_timestamp",
        "complete timestamp",
        "completetimestamp",
        "completed",
        "eventtime",
        "event time",
        "event_time",
        "date",
        "datetime",
        "at",
        "时间",
        "时间戳",
        "完成时间",
        "结束时间",
        "发生时间",
        "日期",
    ],
    "start": [
        "start_timestamp",
        "start_time",
        "start time",
        "starttime",
        "start timestamp",
        "started",
        "开始时间",
    ],
    "resource": [
        "org:resource",
        "resource",
        "user",
        "performer",
        "employee",
        "agent",
        "actor",
        "actor_id",
        "人员",
        "执行人",
        "操作人",
        "资源",
        "处理人",
    ],
    "lifecycle": ["lifecycle:transition", "lifecycle", "transition", "状态变化"],
}
"""Names by role, the surest first; compared without case."""

NEEDED = ("case", "activity", "time")

_TIME = re.compile(r"^\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3})[-/. ]\d{4})")


@dataclass(frozen=True, slots=True)
class Roles:
    """Names of columns by what they mean; None where the table has none."""

    case: str
    activity: str
    time: str
    start: str | None = None
    resource: str | None = None
    lifecycle: str | None = None

    def lines(self) -> list[str]:
        """In words, for confirmation."""
        named = (("case", self.case), ("activity", self.activity), ("time", self.time), ("start", self.start))
        more = (("resource", self.resource), ("lifecycle", self.lifecycle))
        return [f"{role}: {column}" for role, column in (*named, *more) if column]


def guess(
    names: Sequence[str],
    sample: Mapping[str, Sequence[str]],
    stated: Mapping[str, str | None] | None = None,
    source: str = "",
) -> Roles:
    """Guess from names first, then from values.

    Args:
        names: the columns.
        sample: some values of each column as text.
        stated: what the user said, by role; it stands.
        source: the file, for messages.

    Raises:
        LogError: a stated column is missing, or a needed role cannot be guessed; names the columns there are.
    """
    found: dict[str, str | None] = dict.fromkeys(KNOWN)
    for role, column in (stated or {}).items():
        if column is None:
            continue
        if column not in names:
            raise LogError(
                f"there is no column {column}",
                where=source,
                mend=f"The columns are: {', '.join(names)}.",
            )
        found[role] = column
    lowered = {name.strip().lower(): name for name in reversed(names)}
    for role, words in KNOWN.items():
        if found[role] is None:
            taken = set(found.values())
            known = (lowered[word] for word in words if word in lowered)
            found[role] = next((name for name in known if name not in taken), None)
    if found["time"] is None:
        found["time"] = _like_times(names, sample, found)
    if found["case"] is None or found["activity"] is None:
        _by_spread(names, sample, found)
    missing = [role for role in NEEDED if found[role] is None]
    if missing:
        raise LogError(
            f"which column holds the {' and the '.join(missing)} cannot be told",
            where=f"{source}, line 1",
            mend=f"Name it (for example --{missing[0]} COLUMN); the columns are: {', '.join(names)}.",
        )
    return Roles(**{role: column for role, column in found.items() if column is not None})


def _like_times(
    names: Sequence[str], sample: Mapping[str, Sequence[str]], found: Mapping[str, str | None]
) -> str | None:
    taken = set(found.values())
    for name in names:
        values = [value for value in sample.get(name, ()) if value]
        if name not in taken and values and all(_TIME.match(value) for value in values):
            return name
    return None


def _by_spread(
    names: Sequence[str], sample: Mapping[str, Sequence[str]], found: dict[str, str | None]
) -> None:
    """Activities repeat more than cases do; both are texts that repeat at all."""
    taken = set(found.values())
    spread = {
        name: len(set(sample[name])) / len(sample[name])
        for name in names
        if name not in taken and len(sample.get(name, ())) > 1 and all(sample[name])
    }
    repeating = sorted((share, name) for name, share in spread.items() if share < 1)
    words = [name for _, name in repeating if not all(value.isdigit() for value in sample[name])]
    if found["activity"] is None and words:
        found["activity"] = words[0]
        repeating = [(share, name) for share, name in repeating if name != words[0]]
    if found["case"] is None and repeating:
        found["case"] = repeating[-1][1]
