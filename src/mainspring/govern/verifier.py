"""Check an exported case with Python's standard library alone: python verify.py [--key HEX] [FOLDER or ZIP].

Goes out with every bundle, so it imports nothing of Mainspring. It checks that every line of leaves.jsonl is
in the tree whose head the checkpoint states (RFC 9162), and that it is signed (Ed25519, RFC 8032); that every
line of openings.jsonl is what its leaf committed to; and that every other file is the one that the sealed
act of handing over names in manifest.json. Nothing may be missing, and nothing be there that is not named.
Which key to trust you must know from elsewhere: give it with --key. Trust your own copy of this program more
than the one in the bundle. Exit status 0 means that all of it holds.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = Callable[[str], bytes]

# Edwards curve 25519 (RFC 8032, 5.1): points (x, y, z, t) with x/z, y/z on the curve and xy = zt.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


class BadBundleError(Exception):
    """What does not hold, in words."""


def recovered(encoded: bytes) -> Point:
    """The point whose encoding these 32 bytes are."""
    number = int.from_bytes(encoded, "little")
    odd, y = number >> 255, number & (2**255 - 1)
    if len(encoded) != 32 or y >= P:  # noqa: PLR2004 - a point is 32 bytes
        raise BadBundleError("a point of the signature is not one")
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and odd):
        raise BadBundleError("a point of the signature is not on the curve")
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


def added(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """A multiple of a point."""
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = added(total, point)
        point = added(point, point)
        factor >>= 1
    return total


def same(one: Point, other: Point) -> bool:
    """Whether two points are one."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key signed the message."""
    if len(signature) != 64:  # noqa: PLR2004 - a signature is 64 bytes
        return False
    base_y = 4 * pow(5, -1, P) % P
    base = recovered(base_y.to_bytes(32, "little"))
    public, nonce = recovered(key), recovered(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    return scalar < ORDER and same(times(scalar, base), added(nonce, times(challenge, public)))


def included(leaf: bytes, index: int, size: int, path: list[bytes], head: bytes) -> bool:
    """Whether the leaf at this index leads to the head of a tree of this size (RFC 9162, 2.1.3.2)."""
    node = hashlib.sha256(b"\x00" + leaf).digest()
    last = size - 1
    if not 0 <= index < size:
        return False
    for sibling in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        index, last = index >> 1, last >> 1
    return last == 0 and node == head


def unhexed(text: str) -> bytes:
    """The bytes of a hexadecimal text, which has one spelling only."""
    found = bytes.fromhex(text)
    if found.hex() != text:
        raise BadBundleError(f"{text[:8]}... is not as it was written")
    return found


SEALED = ("leaves.jsonl", "openings.jsonl", "proofs.json", "checkpoint.txt", "manifest.json")
WIDTHS = {"event": 13, "call": 27, "approval": 12, "act": 10}
COMMITTED = ("event", "approval", "act")
HANDED_OVER, ERASED = "case_handed_over", "data_erased"


def check(read: Read, names: set[str], trusted: bytes | None) -> dict[str, object]:
    """Check a bundle whose files `read` gives by name; what it holds, in figures.

    Raises:
        BadBundleError: the first thing that does not hold.
    """
    missing = set(SEALED) - names
    if missing:
        raise BadBundleError(f"{', '.join(sorted(missing))} is missing")
    size, head, at, key = _checkpoint(read("checkpoint.txt"), trusted)
    leaves = _leaves(read, size, head)
    contents = _opened(read("openings.jsonl"), leaves)
    files = _named(read, names - set(SEALED), leaves, contents)
    counts: dict[str, int] = {}
    for leaf in leaves:
        counts[leaf[0]] = counts.get(leaf[0], 0) + 1
    committed = sum(leaf[0] in COMMITTED and leaf[-1] is not None for leaf in leaves)
    figures = {"leaves": len(leaves), "of": size, "sealed": at, "key": key.hex(), "files": files}
    return {**figures, "erased": committed - len(contents), **counts}


def once(names: list[str]) -> set[str]:
    """The names of files, of which none may be there twice."""
    if len(set(names)) != len(names):
        raise BadBundleError("a file is there twice")
    return set(names)


def lines_of(data: bytes, name: str) -> list[bytes]:
    """The lines of a file in which each line ends, and none is empty."""
    lines = data.split(b"\n")
    if lines.pop() or not all(lines):
        raise BadBundleError(f"{name} is not as it was written")
    return lines


def exactly(data: bytes, name: str) -> Any:
    """The JSON value of bytes that are its one compact spelling."""
    value = json.loads(data)
    if json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() != data:
        raise BadBundleError(f"{name} is not as it was written")
    return value


def _leaves(read: Read, size: int, head: bytes) -> list[list[Any]]:
    """The leaves, all of them in the tree, in order."""
    proofs = exactly(read("proofs.json"), "proofs.json")
    lines = lines_of(read("leaves.jsonl"), "leaves.jsonl")
    if not isinstance(proofs, list) or len(lines) != len(proofs):
        raise BadBundleError(f"{len(lines)} leaves, but the proofs are for others")
    found = []
    before = 0
    for line, proof in zip(lines, proofs, strict=True):
        leaf = json.loads(line)
        source, position = leaf[:2]
        path = [unhexed(each) for each in proof["path"]]
        if set(proof) != {"index", "path"} or position <= before or proof["index"] != position - 1:
            raise BadBundleError(f"position {position} is out of order")
        if WIDTHS.get(source) != len(leaf):
            raise BadBundleError(f"position {position} is of no known kind")
        if not included(line, proof["index"], size, path, head):
            raise BadBundleError(f"position {position} ({source}) is not what was sealed")
        before = position
        found.append(leaf)
    return found


def _opened(data: bytes, leaves: list[list[Any]]) -> dict[int, str]:
    """What the leaves committed to, by position; what was erased is not there."""
    sealed = {leaf[1]: leaf[-1] for leaf in leaves if leaf[0] in COMMITTED and leaf[-1] is not None}
    contents: dict[int, str] = {}
    closed: list[int] = []
    for line in lines_of(data, "openings.jsonl"):
        position, salt, content = exactly(line, "openings.jsonl")
        if position in contents or position in closed or position not in sealed:
            raise BadBundleError(f"an opening for position {position}, which has none")
        if salt is None and content is None:
            closed.append(position)
            continue
        if hashlib.sha256(unhexed(salt) + content.encode()).hexdigest() != sealed[position]:
            raise BadBundleError(f"the content of position {position} is not what was sealed")
        contents[position] = content
    acts = [
        json.loads(contents.get(leaf[1], "{}")) for leaf in leaves if leaf[0] == "act" and leaf[6] == ERASED
    ]
    erased = {position for act in acts for position in act["positions"]}
    if set(sealed) - set(contents) != set(closed) or not set(closed) <= erased:
        raise BadBundleError("content is left out that no sealed act says was erased")
    return contents


def _named(read: Read, others: set[str], leaves: list[list[Any]], contents: dict[int, str]) -> int:
    """How many other files there are, all as the sealed manifest names them."""
    written = read("manifest.json")
    digest = hashlib.sha256(written).hexdigest()
    handed = [leaf for leaf in leaves if leaf[0] == "act" and leaf[6] == HANDED_OVER]
    if not any(json.loads(contents.get(leaf[1], "{}")).get("manifest") == digest for leaf in handed):
        raise BadBundleError("manifest.json is not the one that was sealed")
    listed = json.loads(written)["files"]
    if set(listed) != others:
        wrong = ", ".join(sorted(set(listed) ^ others))
        raise BadBundleError(f"{wrong}: named and not there, or there and not named")
    for name in sorted(others):
        if hashlib.sha256(read(name)).hexdigest() != listed[name]:
            raise BadBundleError(f"{name} is not what was handed over")
    return len(others)


def _checkpoint(note: bytes, trusted: bytes | None) -> tuple[int, bytes, str, bytes]:
    """Size, head, time and key of the signed statement."""
    lines = note.decode().split("\n")
    if len(lines) != 7 or not lines[0].startswith("mainspring evidence 1 "):  # noqa: PLR2004 - six lines and the end
        raise BadBundleError("the checkpoint is not one")
    message = "".join(f"{line}\n" for line in lines[:4]).encode()
    signature = unhexed(lines[4].removeprefix("signature "))
    key = unhexed(lines[5].removeprefix("key "))
    if trusted is not None and key != trusted:
        raise BadBundleError("the checkpoint is signed by another key than the one you trust")
    if not signed(key, message, signature):
        raise BadBundleError("the signature of the checkpoint does not hold")
    return int(lines[1]), bytes.fromhex(lines[2]), lines[3], key


def main() -> int:
    """Check the bundle and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle", nargs="?", default=str(Path(__file__).parent))
    parser.add_argument("--key", help="the public key you trust, in hexadecimal")
    given = parser.parse_args()
    place = Path(given.bundle)
    try:
        trusted = bytes.fromhex(given.key) if given.key else None
        if place.is_dir():
            inside = [each for each in place.rglob("*") if not each.is_dir()]
            names = {each.relative_to(place).as_posix() for each in inside}
            found = check(lambda name: (place / name).read_bytes(), names, trusted)
        else:
            with zipfile.ZipFile(place) as archive:
                found = check(archive.read, once(archive.namelist()), trusted)
    except (BadBundleError, OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile) as error:
        sys.stdout.write(f"DOES NOT HOLD: {error}\n")
        return 1
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in found.items()))
    if trusted is None:
        sys.stdout.write(
            "The signature fits the key in the bundle. Give --key to check it is the one you trust.\n"
        )
    sys.stdout.write("HOLDS\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
