"""A small OpenID Connect provider on loopback, for tests: discovery, authorization, token and keys.

It signs ID tokens with a key of its own, checks PKCE as RFC 7636 says, gives each code once, and can be
told to misbehave through `claims`. Whoever asks for authorization is the person in `subject`: nobody is
asked to sign in.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

KEY_ID = "test-key"
CLIENT_ID, CLIENT_SECRET = "mainspring-test", "not-a-secret"


class IdentityProvider:
    """A provider that runs in a thread of its own; a context manager.

    Attributes:
        subject, email: who signs in next.
        claims: replace or (None) remove claims of the next ID tokens.
        key: signs them; another one than is published when a test replaces it.
    """

    def __init__(self) -> None:
        self.subject, self.email = "subject-1", "owner@example.org"
        self.claims: dict[str, Any] = {}
        self.key = Ed25519PrivateKey.generate()
        self._published = self.key.public_key()
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _requests(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def described(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self) -> dict[str, Any]:
        """The published keys."""
        key = json.loads(OKPAlgorithm.to_jwk(self._published))
        return {"keys": [{**key, "kid": KEY_ID, "alg": "EdDSA", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        code = secrets.token_urlsafe(16)
        self._codes[code] = {**asked, "sub": self.subject, "email": self.email}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def sent_back(self, address: str) -> str:
        """The path to which a browser comes back that was sent to this address of ours."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        back = urlsplit(self.authorize(query))
        return f"{back.path}?{back.query}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The answer to a code: status and body."""
        asked = self._codes.pop(form.get("code", ""), None)
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or form.get("client_secret") != CLIENT_SECRET
            or form.get("redirect_uri") != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": asked["sub"],
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": asked["email"],
            "email_verified": True,
            **self.claims,
        }
        held = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(held, self.key, algorithm="EdDSA", headers={"kid": KEY_ID})
        return 200, {"id_token": signed, "access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}


def _requests(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(asked))
                self.end_headers()
            elif parts.path == "/keys":
                self._answer(200, provider.keys())
            else:
                self._answer(200, provider.described())

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            form = parse_qs(self.rfile.read(length).decode())
            self._answer(*provider.token({name: values[0] for name, values in form.items()}))

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing on the terminal."""

    return Requests
