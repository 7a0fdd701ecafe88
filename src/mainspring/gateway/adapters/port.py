"""What every adapter is, and what it may use of the house."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mainspring.gateway.described import Described
from mainspring.gateway.egress import Credential, Egress, OAuth, Reach
from mainspring.gateway.outgoing import Sending


@dataclass(frozen=True, slots=True)
class Ports:
    """What adapters may use.

    Attributes:
        egress: the one way out.
        programs: MCP servers that an administrator installed on this machine, by name: command and arguments.
        folders: folders that an administrator opened to services of files, by name.
        trace: headers that carry the trace of the call on.
    """

    egress: Egress
    programs: Mapping[str, "Program"] = field(default_factory=dict)
    folders: Mapping[str, Path] = field(default_factory=dict)
    trace: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True, slots=True)
class Program:
    """A program of this machine that an administrator named, with the secrets it gets as variables."""

    command: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)


class Adapter(Protocol):
    """Speaks to one version of one service. Safe to use from several threads."""

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Carry out an operation; gives a JSON value.

        Raises:
            UpstreamUnavailable: the service is down, or too busy.
            UpstreamRefused: the service will not.
        """
        ...

    def check(self) -> str:
        """Look whether the service answers; gives a word about it.

        Raises:
            GatewayError: it does not.
        """
        ...

    def close(self) -> None:
        """Give connections back."""
        ...


class OAuthConfig(BaseModel):
    """Where a client's secret is exchanged for a token (`egress.OAuth`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_url: str
    client_id: str
    scope: str = ""
    audience: str = ""
    authentication: Literal["basic", "body"] = "basic"


class CredentialConfig(BaseModel):
    """A credential as a service's configuration names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    secret: str
    place: str = Field(default="header", pattern="^(header|query|basic)$")
    name: str = "Authorization"
    prefix: str = "Bearer "
    user: str = ""
    oauth: OAuthConfig | None = None

    @model_validator(mode="after")
    def _tokens_go_into_headers(self) -> Self:
        if self.oauth is not None and self.place != "header":
            raise ValueError("a token goes into a header: leave place out")
        return self

    def credential(self) -> Credential:
        """What the egress is given."""
        known = self.model_dump(exclude={"oauth"})
        return Credential(**known, oauth=None if self.oauth is None else OAuth(**self.oauth.model_dump()))


class Config(BaseModel):
    """What every service that is reached over the network states.

    Attributes:
        networks: networks inside the firm that it may be in, as ``10.1.0.0/16``.
        seconds: that a request may take; most_bytes: of an answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    networks: tuple[str, ...] = ()
    credential: CredentialConfig | None = None
    seconds: float = Field(default=30, gt=0, le=600)
    most_bytes: int = Field(default=10_000_000, gt=0, le=1_000_000_000)

    def reach(self, *urls: str) -> Reach:
        """The reach of a service at these addresses."""
        credential = None if self.credential is None else self.credential.credential()
        return Reach.to(
            *urls,
            networks=self.networks,
            credential=credential,
            seconds=self.seconds,
            most_bytes=self.most_bytes,
        )
