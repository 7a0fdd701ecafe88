"""Tables of accounts: departments, passwords, outside identities, keys of programs, who stands in."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Text

from mainspring.store.tables import Instant, Json, Key, tenant_table

departments = tenant_table(
    "departments",
    Column("id", String(64)),
    Column("name", String(200), nullable=False),
    Column("parent", String(64)),
    key=("id",),
)

department_members = tenant_table(
    "department_members",
    Column("person", String(64)),
    Column("department", String(64), nullable=False),
    key=("person",),
)

passwords = tenant_table(
    "passwords",
    Column("person", String(64)),
    Column("hash", String(200), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
    key=("person",),
)

oidc_providers = tenant_table(
    "oidc_providers",
    Column("id", String(64)),
    Column("label", String(200), nullable=False),
    Column("issuer", String(500), nullable=False),
    Column("client_id", String(200), nullable=False),
    Column("secret", String(120)),
    Column("scopes", String(200), nullable=False),
    Column("link_by_email", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    key=("id",),
)
"""Where people may sign in from; `secret` is the name of a secret, never the secret."""

oidc_flows = tenant_table(
    "oidc_flows",
    Column("state_hash", String(64)),
    Column("provider", String(64), nullable=False),
    Column("browser_hash", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("redirect_uri", String(500), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    key=("state_hash",),
)

oidc_identities = tenant_table(
    "oidc_identities",
    Column("issuer", String(500)),
    Column("subject", String(255)),
    Column("person", String(64), nullable=False),
    Column("linked_at", Instant, nullable=False),
    key=("issuer", "subject"),
)

clients = tenant_table(
    "clients",
    Column("id", String(64)),
    Column("kind", String(16), nullable=False),
    Column("principal", String(120), nullable=False),
    Column("name", String(200), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("roles", Json, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("audiences", Json, nullable=False),
    Column("acts_for", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    key=("id",),
)
"""Service accounts and agents that come from outside; `owner` is the person who answers for one."""

client_secrets = tenant_table(
    "client_secrets",
    Column("secret_hash", String(64)),
    Column("client", String(64), nullable=False),
    Column("label", String(120), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Index("ix_client_secrets_client", "tenant_id", "client"),
    key=("secret_hash",),
)

access_tokens = tenant_table(
    "access_tokens",
    Column("token_hash", String(64)),
    Column("client", String(64), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("audience", String(500), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Index("ix_access_tokens_expiry", "tenant_id", "expires_at"),
    key=("token_hash",),
)

proxies = tenant_table(
    "proxies",
    Column("key", Key),
    Column("person", String(64), nullable=False),
    Column("stand_in", String(64), nullable=False),
    Column("processes", Json, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("granted_by", String(64), nullable=False),
    Column("ended_at", Instant),
    Index("ix_proxies_stand_in", "tenant_id", "stand_in", "until"),
    Index("ix_proxies_person", "tenant_id", "person", "until"),
    key=("key",),
)
"""Who stands in for whom, in which processes (none named: all), and for how long."""

preferences = tenant_table(
    "preferences",
    Column("person", String(64)),
    Column("name", String(64)),
    Column("value", Json, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("person", "name"),
)
"""What a person keeps for themselves, such as saved filters; it decides nothing."""
