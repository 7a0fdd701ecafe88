"""Files and Excel sheets of a folder that an administrator opened; no path leads out of it."""

import base64
import binascii
import csv
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mainspring.gateway.adapters.port import Ports
from mainspring.gateway.described import Described
from mainspring.gateway.errors import ArgumentsInvalid, RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.outgoing import Sending

_MOST_UNPACKED = 200_000_000
_PATH = {"type": "string", "minLength": 1, "maxLength": 1000}
_ROW = {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}}
_NOT_FOUND, _TOO_LARGE, _EXISTS = 404, 413, 409


class FilesConfig(BaseModel):
    """A folder.

    Attributes:
        folder: the name under which an administrator opened it, never a path.
        writable: whether files may be written.
        most_bytes: of a file that is read or written.
        most_rows: of a sheet that are given at once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str
    writable: bool = False
    most_bytes: int = Field(default=20_000_000, gt=0)
    most_rows: int = Field(default=10_000, gt=0)
    kind: Literal["files"] = Field(default="files", exclude=True)


class Files:
    """Reads and writes within one folder."""

    def __init__(self, config: FilesConfig, ports: Ports) -> None:
        if config.folder not in ports.folders:
            said = f"no folder was opened under the name {config.folder}"
            raise RegistryError(
                said, where="folder", mend="An administrator names it in the file of folders."
            )
        self._config = config
        self._root = ports.folders[config.folder].resolve()

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Do what the operation names."""
        del sending
        try:
            return getattr(self, f"_{operation.binding['do']}")(**arguments)
        except FileNotFoundError:
            raise self._refused("there is no such file", arguments, _NOT_FOUND) from None
        except FileExistsError:
            raise self._refused("there is such a file already", arguments, _EXISTS) from None
        except (IsADirectoryError, NotADirectoryError):
            raise self._refused("this is no file", arguments, _NOT_FOUND) from None
        except OSError as error:
            raise UpstreamUnavailable(f"the folder: {error.strerror}", where=self._config.folder) from None

    def check(self) -> str:
        """Look whether the folder is there."""
        if not self._root.is_dir():
            raise UpstreamUnavailable("the folder is not there", where=self._config.folder)
        return "the folder is there"

    def close(self) -> None:
        """Nothing is open."""

    def _list(self, path: str = ".", limit: int = 1000) -> Any:
        folder = self._root if path in {".", ""} else self._inside(path)
        found = []
        for entry in sorted(os.scandir(folder), key=lambda one: one.name)[: int(limit)]:
            if entry.is_symlink():
                continue
            about = entry.stat(follow_symlinks=False)
            kind = "folder" if entry.is_dir() else "file"
            at = datetime.fromtimestamp(about.st_mtime, UTC).isoformat()
            found.append({"name": entry.name, "kind": kind, "bytes": about.st_size, "changed": at})
        return {"entries": found}

    def _read(self, path: str, encoding: str = "text") -> Any:
        data = self._bytes(path)
        if encoding == "base64":
            return {"content": base64.b64encode(data).decode(), "bytes": len(data)}
        return {"content": data.decode("utf-8-sig", "replace"), "bytes": len(data)}

    def _rows(self, path: str, sheet: str | None = None, skip: int = 0, limit: int | None = None) -> Any:
        data = self._bytes(path)
        most = min(int(limit or self._config.most_rows), self._config.most_rows)
        excel = PurePosixPath(path).suffix.lower() in {".xlsx", ".xlsm"}
        rows = _sheet(data, sheet, path) if excel else _separated(data)
        taken: list[Any] = []
        for number, row in enumerate(rows):
            if number < int(skip):
                continue
            if len(taken) == most:
                return {"rows": taken, "more": True}
            taken.append(row)
        return {"rows": taken, "more": False}

    def _write(self, path: str, content: str, encoding: str = "text", *, replace: bool = False) -> Any:
        try:
            data = base64.b64decode(content, validate=True) if encoding == "base64" else content.encode()
        except binascii.Error:
            raise ArgumentsInvalid("content: this is no base64", where=path) from None
        if len(data) > self._config.most_bytes:
            raise self._refused("the file is too large", {"path": path}, _TOO_LARGE)
        target = self._inside(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(self._root):
            raise ArgumentsInvalid("path: it leads out of the folder", where=path)
        beside = target.with_name(f".{target.name}.part")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(beside, flags, 0o640), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            beside.replace(target)
        else:
            try:
                os.link(beside, target)  # fails when there is one, whoever was quicker
            finally:
                beside.unlink()
        return {"bytes": len(data)}

    def _bytes(self, path: str) -> bytes:
        """The bytes of a regular file, opened without following a link at its end."""
        descriptor = os.open(self._inside(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise self._refused("this is no file", {"path": path}, _NOT_FOUND)
            data = file.read(self._config.most_bytes + 1)
        if len(data) > self._config.most_bytes:
            raise self._refused("the file is too large", {"path": path}, _TOO_LARGE)
        return data

    def _inside(self, path: str) -> Path:
        """The place of a path below the folder.

        Raises:
            ArgumentsInvalid: it is absolute, goes up, or passes through a link that leads out.
        """
        given = PurePosixPath(path.replace("\\", "/"))
        windows = len(path) > 1 and path[1] == ":"
        if given.is_absolute() or windows or ".." in given.parts or "\0" in path or not given.parts:
            raise ArgumentsInvalid(
                "path: it leads out of the folder", where=path[:100], mend="Give one below it."
            )
        target = self._root / given
        if not target.parent.resolve().is_relative_to(self._root):
            raise ArgumentsInvalid(
                "path: it leads out of the folder", where=path[:100], mend="Give one below it."
            )
        return target

    def _refused(self, said: str, arguments: Any, status: int) -> UpstreamRefused:
        return UpstreamRefused(
            said, status=status, where=f"{self._config.folder}: {arguments.get('path', '')}"
        )


def discover(config: FilesConfig, ports: Ports) -> tuple[Described, ...]:
    """What can be done in the folder."""
    Files(config, ports)
    how = {"enum": ["text", "base64"]}
    read: tuple[tuple[str, str, str, dict[str, Any], list[str], dict[str, Any]], ...] = (
        (
            "list",
            "List files",
            "列出文件",
            {"path": _PATH, "limit": _count(10_000)},
            [],
            {"entries": {"type": "array"}},
        ),
        (
            "read",
            "Read a file",
            "读取文件",
            {"path": _PATH, "encoding": how},
            ["path"],
            {"content": {"type": "string"}, "bytes": {"type": "integer"}},
        ),
        (
            "rows",
            "Read rows of a sheet",
            "读取表格行",
            {
                "path": _PATH,
                "sheet": {"type": "string"},
                "skip": _count(10_000_000, 0),
                "limit": _count(1_000_000),
            },
            ["path"],
            {"rows": {"type": "array", "items": _ROW}, "more": {"type": "boolean"}},
        ),
    )
    found = [_operation(*one, effect="read") for one in read]
    if config.writable:
        write = {
            "path": _PATH,
            "content": {"type": "string"},
            "encoding": how,
            "replace": {"type": "boolean"},
        }
        answer = {"bytes": {"type": "integer"}}
        found.append(
            _operation(
                "write", "Write a file", "写入文件", write, ["path", "content"], answer, effect="external"
            )
        )
    return tuple(found)


def _operation(
    name: str,
    english: str,
    chinese: str,
    properties: dict[str, Any],
    required: list[str],
    answer: dict[str, Any],
    *,
    effect: Any,
) -> Described:
    return Described(
        name=name,
        title={"en": english, "zh": chinese},
        effect=effect,
        input={
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        },
        output={"type": "object", "properties": answer, "required": list(answer)},
        binding={"do": name},
        idempotent=effect == "read",
        reversible=effect == "read",
    )


def _count(most: int, least: int = 1) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _sheet(data: bytes, name: str | None, path: str) -> Iterator[list[Any]]:
    import openpyxl  # heavy, and only spreadsheets need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise UpstreamRefused(
                    "the workbook unpacks to an immense size", status=_TOO_LARGE, where=path
                )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError):
        raise UpstreamRefused("this is no Excel workbook", where=path) from None
    try:
        if name is not None and name not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise UpstreamRefused(f"it has no sheet {name}; there are {known}", status=_NOT_FOUND, where=path)
        sheet = book[name] if name is not None else book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _separated(data: bytes) -> Iterator[list[Any]]:
    text = data.decode("utf-8-sig", "replace")
    try:
        dialect: Any = csv.Sniffer().sniff(text[:10_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    yield from csv.reader(io.StringIO(text, newline=""), dialect)


def _cell(value: Any) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)
