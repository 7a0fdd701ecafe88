"""What is said of a draft beyond its skill: who reviewed it, what no model did, in both languages."""

from mainspring.agents.models.errors import (
    AnswerInvalid,
    BudgetSpent,
    Cancelled,
    ModelError,
    ModelUnavailable,
)
from mainspring.base.bilingual import both

NOT_ASKED = both("its model was not asked", "没有询问它的模型")
BEGAN_BEFORE = both(
    "its model was not asked: this worker began before the version did",
    "没有询问它的模型：工作进程先于该版本启动",
)
STOPPED = both("its model was not asked, as it is stopped", "它已停用，没有询问它的模型")
REPAIRED = both("the first answer did not fit what was asked for", "第一次的回答不符合要求")
_WHY = {
    AnswerInvalid: "回答不符合要求",
    BudgetSpent: "本月词元已用完",
    Cancelled: "已被叫停",
    ModelUnavailable: "没有模型应答",
}


def reviewed(person: str) -> str:
    """Who looked at a draft."""
    return both("reviewed by {who}", "由 {who} 复核", who=person)


def failed(error: Exception) -> str:
    """That a candidate could not draft."""
    return both("it could not draft: {error}", "未能起草：{error}", error=error)


def no_draft(error: ModelError) -> str:
    """Why no model drafted: what happened in both languages, and the error as it was raised."""
    why = next((said for kind, said in _WHY.items() if isinstance(error, kind)), "模型出错")
    return both("no draft by a model: {error}", "没有模型起草：{why}（{error}）", why=why, error=error)
