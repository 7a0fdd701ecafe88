"""Check an exported case with Python's standard library alone: python verify.py [--key HEX] [FOLDER or ZIP].

Goes out with every bundle, so it imports nothing of Mainspring. It checks that every line of leaves.jsonl is
in the tree whose head the checkpoint states (RFC 9162), and that it is signed (Ed25519, RFC 8032). Which key
to trust you must know from elsewhere: give it with --key. Exit status 0 means that all of it holds.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

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


def check(read: Read, trusted: bytes | None) -> dict[str, object]:
    """Check a bundle whose files `read` gives by name; what it holds, in figures.

    Raises:
        BadBundleError: the first thing that does not hold.
    """
    size, head, at, key = _checkpoint(read("checkpoint.txt"), trusted)
    written = read("proofs.json")
    proofs = json.loads(written)
    if json.dumps(proofs, separators=(",", ":")).encode() != written:
        raise BadBundleError("proofs.json is not as it was written")
    lines = read("leaves.jsonl").split(b"\n")[:-1]
    if len(lines) != len(proofs):
        raise BadBundleError(f"{len(lines)} leaves but {len(proofs)} proofs")
    counts: dict[str, int] = {}
    before = 0
    for line, proof in zip(lines, proofs, strict=True):
        source, position = json.loads(line)[:2]
        path = [unhexed(each) for each in proof["path"]]
        if position <= before or proof["index"] != position - 1:
            raise BadBundleError(f"position {position} is out of order")
        if not included(line, proof["index"], size, path, head):
            raise BadBundleError(f"position {position} ({source}) is not what was sealed")
        before = position
        counts[source] = counts.get(source, 0) + 1
    return {"leaves": len(lines), "of": size, "sealed": at, "key": key.hex(), **counts}


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
            found = check(lambda name: (place / name).read_bytes(), trusted)
        else:
            with zipfile.ZipFile(place) as archive:
                found = check(archive.read, trusted)
    except (BadBundleError, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
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
