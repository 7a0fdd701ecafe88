"""`mainspring papers`: what the firm hands out, as PDF, Excel or electronic invoice, and how it looks."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.app.papers import fonts, template
from mainspring.app.papers.drawing import Form, drawn
from mainspring.app.papers.paper import KINDS, Kind, Language
from mainspring.cli.acting import person_of
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import read
from mainspring.cli.options import As, Database
from mainspring.cli.output import say

app = typer.Typer(no_args_is_help=True)
_FORMS: tuple[Form, ...] = get_args(Form)
_ENDINGS: dict[str, Form] = {".pdf": "pdf", ".xlsx": "xlsx", ".xml": "ubl"}
_LANGUAGES: tuple[Language, ...] = get_args(Language)


@app.callback()
def about() -> None:
    """Write papers from quotation to reminder, and put the template of their look in force.

    Example: mainspring papers write invoice I-000001
    """


@app.command()
def write(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")],
    number: Annotated[str, typer.Argument(help="Of the document; of a statement the customer's id.")],
    to: Annotated[Path | None, typer.Option(help="The file: .pdf, .xlsx, or .xml for UBL.")] = None,
    form: Annotated[
        str, typer.Option(help=f"One of {', '.join(_FORMS)}; without it by the file's ending.")
    ] = "",
    language: Annotated[str, typer.Option(help="en, zh or both; without it the customer's language.")] = "",
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Write a paper of a document in the books to a file.

    With `--form facturx` an invoice is Factur-X (ZUGFeRD 2): PDF/A-3 with its figures inside as XML;
    with `--form wanted` it is what the customer's record asks for.

    Example: mainspring papers write invoice I-000001 --to invoice.pdf --language both
    """
    wanted = _form(form, to)
    asked: Kind | None = next((one for one in KINDS if one == kind), None)
    if asked is None:
        raise ArgumentError(f"there is no paper {kind!r}", where="KIND", mend=f"One of {', '.join(KINDS)}.")
    spoken: Language | None = next((one for one in _LANGUAGES if one == language), None)
    if language and spoken is None:
        raise ArgumentError(f"no language {language!r}", where="--language", mend="One of en, zh, both.")
    house = open_existing(database)
    try:
        made = drawn(house, person_of(house, person), asked, number, wanted, spoken)
    finally:
        house.close()
    file = to or Path(f"{kind}.{made.ending}")
    file.write_bytes(made.content)
    say(f"{file}: {len(made.content)} bytes.")
    if made.ending == "pdf" and not fonts.ready().embedded:
        say(f"! {fonts.MISSING}")


def _form(named: str, file: Path | None) -> Form:
    form = next((one for one in _FORMS if one == named), None)
    if form is not None:
        return form
    if named:
        raise ArgumentError(f"no form {named!r}", where="--form", mend=f"One of {', '.join(_FORMS)}.")
    form = "pdf" if file is None else _ENDINGS.get(file.suffix.lower())
    if file is not None and form is None:
        raise ArgumentError(
            f"{file.name} has another ending", where="--to", mend="End it in .pdf, .xlsx, .xml."
        )
    return form or "pdf"


@app.command("template")
def show(database: Database = DATABASE) -> None:
    """Print the template in force, or the one to start from.

    Example: mainspring papers template
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            say(template.text_of(tx).rstrip())
    finally:
        house.close()


@app.command()
def put(
    file: Annotated[Path, typer.Argument(help="The template, YAML.")],
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Put a template in force; earlier versions stay.

    Example: mainspring papers put papers.yaml --as owner
    """
    text = read(file, "FILE").decode("utf-8", "replace")
    house = open_existing(database)
    try:
        number = template.put(house, text, person_of(house, person))
    finally:
        house.close()
    say(f"Template {number} is in force.")
