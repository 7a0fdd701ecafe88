"""What the demo company's digital employees said of their drafts can be read in Chinese and in English."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from mainspring.agents.tables import runs
from mainspring.app.house import House
from mainspring.base.bilingual import told
from mainspring.runtime import queries
from mainspring.services.tables.inquiries import inquiries, inquiry_lines

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“.*?”|'.*?'|\".*?\"")
"""Words of others, in whatever language they wrote."""


def in_one_language(sentences: Iterator[str]) -> list[str]:
    """Those without a Chinese half, or whose two halves are in the same language."""
    halves = ((one, *(_QUOTED.sub("", told(one, name)) for name in ("en", "zh"))) for one in sentences)
    return [one for one, en, zh in halves if en == zh or not _CHINESE.search(zh)]


def test_every_doubt_and_all_evidence_of_every_run_is_said_in_both(company: House) -> None:
    with company.store.read() as tx:
        found = tx.all(select(runs.c.doubts, runs.c.evidence))
    doubts = [said for row in found for said in row.doubts]
    evidence = [said for row in found for said in row.evidence]
    assert min(len(doubts), len(evidence)) > 20
    assert in_one_language(iter((*doubts, *evidence))) == []


def test_what_waits_in_the_inbox_says_why_in_both(company: House) -> None:
    with company.store.read() as tx:
        tasks = [task for task in queries.tasks(tx, limit=500) if task.kind == "review"]
    doubts: list[Any] = [said for task in tasks for said in task.payload["doubts"]]
    assert doubts
    assert in_one_language(iter(doubts)) == []


def test_what_is_kept_beside_a_line_or_a_document_is_said_in_both(company: House) -> None:
    lines, papers = inquiry_lines.c, inquiries.c
    with company.store.read() as tx:
        beside = tx.all(select(lines.match_evidence, lines.price_evidence))
        problems = tx.all(select(papers.problems))
    kept = [said for row in beside for said in row if said]
    noted = [one["message"] for row in problems for one in row.problems or ()]
    assert len(kept) > 100
    assert in_one_language(iter((*kept, *noted))) == []
