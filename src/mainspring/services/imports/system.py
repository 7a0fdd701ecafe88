"""The import of a firm's own spreadsheets as operations: open a file, look (dry run), run, undo."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, func, select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError
from mainspring.services.imports import guess, papers, plan
from mainspring.services.imports.errors import ChangedSince, RowsHaveProblems, UnreadableSheet
from mainspring.services.imports.fields import KINDS, Kind
from mainspring.services.imports.plan import Change, Plan
from mainspring.services.imports.records import Problem, Reader, Values, reader, values
from mainspring.services.imports.shapes import (
    Choices,
    Column,
    Counts,
    Import,
    ImportHead,
    ImportKey,
    ImportQuery,
    Imports,
    LeftOut,
    NewImport,
)
from mainspring.services.imports.sheet import Row, Sheet, read
from mainspring.services.imports.writing import WAYS
from mainspring.services.operation import Context, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.goods import products
from mainspring.services.tables.imports import import_changes, import_columns, imports
from mainspring.services.tables.parties import customers


class _Look:
    """An import with its columns and all that it would do."""

    def __init__(self, context: Context, row: Record, given: Choices) -> None:
        self.row, self.kind = row, KINDS[given.kind or row.kind]
        rows = tuple(Row(int(line), tuple(cells)) for line, cells in row.rows)
        self.sheet = Sheet(row.top, tuple(row.headings), rows, tuple((int(a), b) for a, b in row.left_out))
        chosen = _remembered(context, self.kind.name) | {
            guess.fold(name): role for name, role in given.columns.items()
        }
        _known_roles(self.kind, self.sheet.headings, given.columns)
        self.columns = guess.columns(self.sheet, self.kind, chosen)
        roles = [one.role for one in self.columns]
        self.missing = tuple(
            " / ".join(names) for names in self.kind.needed if not any(name in roles for name in names)
        )
        self.how: Reader = reader(self.kind, roles, self.sheet.headings, rows, given.days)
        self.currency = given.currency or _usual_currency(context, self.sheet.headings)
        self.plan = Plan()
        if not self.missing:
            faults: list[Problem] = []
            good = values(self.how, rows, faults)
            self.plan = _PLANS[self.kind.name](context, self.how, good, self.currency)
            self.plan.problems[:0] = faults
            self.plan.problems.sort(key=lambda one: one.line)

    def counts(self) -> Counts:
        """As numbers."""
        return Counts(
            rows=len(self.sheet.rows),
            new=self.plan.new,
            changed=len(self.plan.changes) - self.plan.new,
            same=self.plan.same,
            problem_rows=len({one.line for one in self.plan.problems}),
        )

    def told(self, status: str) -> Import:
        """As people see it."""
        return Import(
            import_no=self.row.import_no,
            file=self.row.file,
            sheet=self.row.sheet,
            kind=self.kind.name,
            status=status,
            columns=tuple(_column(self.kind, one) for one in self.columns),
            missing=self.missing,
            unsure=self.how.unsure,
            currency=self.currency,
            counts=self.counts(),
            problems=tuple(self.plan.problems),
            left_out=tuple(LeftOut(line=line, why=why) for line, why in self.sheet.left_out),
            created_at=self.row.created_at,
        )


def _column(kind: Kind, one: guess.Guess) -> Column:
    role = kind.role(one.role)
    title = dict(role.title) if role is not None else {"en": "", "zh": ""}
    return Column(
        heading=one.heading,
        role=one.role,
        title=title,
        confidence=one.confidence,
        samples=one.samples,
        other=one.other,
    )


_PLANS: Mapping[str, Callable[[Context, Reader, list[Values], str], Plan]] = {
    "customers": plan.parties,
    "suppliers": partial(plan.parties, buying=True),
    "products": plan.goods,
    "prices": plan.price_list,
    "stock": plan.levels,
    "orders": papers.open_orders,
    "receivables": papers.open_items,
}


def _known_roles(kind: Kind, headings: Sequence[str], chosen: dict[str, str]) -> None:
    folded = {guess.fold(heading) for heading in headings}
    for heading, role in chosen.items():
        if guess.fold(heading) not in folded:
            raise RuleBrokenError(
                f"there is no column {heading}", mend=f"The columns are {', '.join(headings)}."
            )
        if role and kind.role(role) is None:
            names = ", ".join(one.name for one in kind.roles)
            raise RuleBrokenError(f"{role} is nothing that {kind.name} have", mend=f"One of {names}.")


def _remembered(context: Context, kind: str) -> dict[str, str]:
    c = import_columns.c
    rows = context.tx.all(select(c.heading, c.role).where(c.tenant_id == context.tx.tenant, c.kind == kind))
    return {str(heading): str(role) for heading, role in map(tuple, rows)}


def _usual_currency(context: Context, headings: Sequence[str]) -> str:
    """What most customers pay in, else products are sold in; at first, by the headings' language."""
    for table in (customers, products):
        c = table.c
        query = (
            select(c.currency)
            .where(c.tenant_id == context.tx.tenant)
            .group_by(c.currency)
            .order_by(func.count().desc(), c.currency)
            .limit(1)
        )
        found = context.tx.scalar(query)
        if found:
            return str(found)
    return "CNY" if any("\u4e00" <= sign <= "\u9fff" for text in headings for sign in text) else "EUR"


def _open(context: Context, given: NewImport) -> Import:
    try:
        content = base64.b64decode(given.content, validate=True)
    except binascii.Error:
        raise RuleBrokenError("the content is no base64", mend="Encode the bytes of the file.") from None
    sheet = read([Row(one.line, one.cells) for one in given.rows], guess.known)
    if sheet is None or not sheet.rows:
        raise UnreadableSheet(
            "no row looks like headings with data below",
            where=given.file,
            mend="Export the list with a row of column names above the data.",
        )
    above = " ".join(" ".join(dict.fromkeys(row.cells)) for row in given.rows if row.line < sheet.top)
    kind = given.kind or guess.kind_of(sheet, f"{given.file} {given.sheet} {above}")[0][0].name
    row = {
        "import_no": books.next_number(context.tx, "import"),
        "file": given.file,
        "kind": kind,
        "status": "draft",
        "content": content,
        "sheet": given.sheet,
        "top": sheet.top,
        "headings": list(sheet.headings),
        "rows": [[one.line, list(one.cells)] for one in sheet.rows],
        "left_out": [list(one) for one in sheet.left_out],
        "columns": {},
        "counts": {},
        "by": context.principal.id,
        "created_at": context.now,
        "done_at": None,
        "undone_at": None,
    }
    c = imports.c
    same = (c.tenant_id == context.tx.tenant, c.file == given.file, c.status == "draft")
    context.tx.execute(delete(imports).where(*same, c.by == context.principal.id))
    context.tx.insert(imports, row)
    number = str(row["import_no"])
    return _Look(context, _need(context, number), Choices(import_no=number)).told("draft")


def _need(context: Context, import_no: str) -> Record:
    return books.need(context.tx, imports, {"import_no": import_no}, "import")


def _look(context: Context, given: Choices) -> Import:
    row = _need(context, given.import_no)
    return _Look(context, row, given).told(row.status)


def _run(context: Context, given: Choices) -> Import:
    row = _need(context, given.import_no)
    if row.status != "draft":
        raise RuleBrokenError(
            f"the import {given.import_no} is {row.status}", mend="Open the file again to import it anew."
        )
    look = _Look(context, row, given)
    if look.missing:
        raise UnreadableSheet(
            f"no column says {', '.join(look.missing)}",
            where=row.file,
            mend="Say which column it is.",
        )
    if look.plan.problems and not given.leave_out:
        first = look.plan.problems[0]
        raise RowsHaveProblems(
            f"{look.counts().problem_rows} rows have problems, first line {first.line}: {first.message}",
            where=row.file,
            mend="Mend them in the file, or say that they are to be left out.",
        )
    _remember(context, look.kind.name, given.columns)
    changes = look.plan.changes
    if changes:
        WAYS[look.kind.name].write(context, changes, given.import_no)
    kept = [_kept(given.import_no, look.kind.name, number, one) for number, one in enumerate(changes, 1)]
    context.tx.insert(import_changes, kept)
    roles = {one.heading: one.role for one in look.columns}
    told = look.told("done")
    done = {
        "status": "done",
        "kind": look.kind.name,
        "done_at": context.now,
        "columns": roles,
        "counts": told.counts.model_dump(),
    }
    books.change(context.tx, imports, {"import_no": given.import_no}, done)
    return told


def _kept(import_no: str, kind: str, number: int, one: Change) -> dict[str, Any]:
    return {
        "import_no": import_no,
        "seq": number,
        "record": kind,
        "key": one.key,
        "before": None if one.before is None else one.before.model_dump(mode="json"),
        "after": one.after.model_dump(mode="json"),
    }


def _remember(context: Context, kind: str, chosen: dict[str, str]) -> None:
    known = _remembered(context, kind)
    for heading, role in chosen.items():
        key = {"kind": kind, "heading": guess.fold(heading)}
        said = {"role": role, "by": context.principal.id, "at": context.now}
        if key["heading"] in known:
            books.change(context.tx, import_columns, key, said)
        else:
            context.tx.insert(import_columns, key | said)


def _undo(context: Context, key: ImportKey) -> ImportHead:
    row = _need(context, key.import_no)
    if row.status != "done":
        raise RuleBrokenError(
            f"the import {key.import_no} is {row.status}", mend="Nothing needs to be undone."
        )
    way, c = WAYS[row.kind], import_changes.c
    kept = context.tx.all(
        select(import_changes)
        .where(c.tenant_id == context.tx.tenant, c.import_no == key.import_no)
        .order_by(c.seq)
    )
    changes = [
        Change(
            one.key,
            None if one.before is None else way.model.model_validate(one.before),
            way.model.model_validate(one.after),
        )
        for one in kept
    ]
    now = way.now(context, changes)
    changed = [one.key for one in changes if now.get(one.key) != one.after]
    used = way.used(context, [one.key for one in changes if one.before is None])
    if changed or used:
        names = ", ".join(sorted({*changed, *used})[:5])
        raise ChangedSince(
            f"{len({*changed, *used})} records were changed or used since the import, among them {names}",
            where=row.file,
            mend="Correct those records by hand, or import a corrected file: it updates them.",
        )
    way.undo(context, changes, key.import_no)
    books.change(
        context.tx, imports, {"import_no": key.import_no}, {"status": "undone", "undone_at": context.now}
    )
    return _head(_need(context, key.import_no))


def _head(row: Any) -> ImportHead:
    return ImportHead(
        import_no=row.import_no,
        file=row.file,
        kind=row.kind,
        status=row.status,
        counts=Counts(**row.counts),
        by=row.by,
        created_at=row.created_at,
    )


def _list(context: Context, query: ImportQuery) -> Imports:
    c = imports.c
    names = (c.import_no, c.file, c.kind, c.status, c.counts, c.by, c.created_at)
    rows = context.tx.all(
        select(*names)
        .where(c.tenant_id == context.tx.tenant)
        .order_by(c.created_at.desc(), c.import_no.desc())
        .limit(query.limit)
    )
    return Imports(imports=tuple(_head(row) for row in rows))


OPERATIONS = (
    Operation(
        name="imports.open",
        title={"en": "Open a spreadsheet for import", "zh": "打开待导入的表格"},
        effect="write",
        input=NewImport,
        output=Import,
        handler=_open,
    ),
    Operation(
        name="imports.look",
        title={"en": "See what an import would do", "zh": "预览导入结果"},
        effect="read",
        input=Choices,
        output=Import,
        handler=_look,
        idempotent=True,
    ),
    Operation(
        name="imports.run",
        title={"en": "Import a spreadsheet", "zh": "导入表格"},
        effect="write",
        input=Choices,
        output=Import,
        handler=_run,
    ),
    Operation(
        name="imports.undo",
        title={"en": "Undo an import", "zh": "撤销导入"},
        effect="write",
        input=ImportKey,
        output=ImportHead,
        handler=_undo,
    ),
    Operation(
        name="imports.list",
        title={"en": "Go through the imports", "zh": "浏览导入记录"},
        effect="read",
        input=ImportQuery,
        output=Imports,
        handler=_list,
        idempotent=True,
    ),
)
