"""What a person should know about a document that was read all the same, in both languages."""

from mainspring.base.bilingual import Bilingual, both
from mainspring.knowledge.documents import Problem


def noted(problem: Problem) -> Bilingual:
    """The problem with its place."""
    message = Bilingual(problem.message)
    if not problem.where:
        return message
    where = Bilingual(problem.where)
    return both("{where}: {message}", "{where}：{message}", where=where, message=message)
