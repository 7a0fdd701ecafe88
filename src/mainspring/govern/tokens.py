"""What is kept of a random token or secret: its digest, never itself."""

import hashlib


def digest(token: str) -> str:
    """The SHA-256 of a token in hexadecimal; quick, since tokens are long and random (passwords are not)."""
    return hashlib.sha256(token.encode()).hexdigest()
