"""Tables of govern: people and sign-in, the calls that were made, approvals, evidence."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Text

from mainspring.store.tables import Instant, Json, Key, Money, tenant_table

# --- people ----------------------------------------------------------------------------------------------

people = tenant_table(
    "people",
    Column("id", String(64)),
    Column("name", String(200), nullable=False),
    Column("email", String(320)),
    Column("language", String(8), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    key=("id",),
)

people_roles = tenant_table(
    "people_roles", Column("person", String(64)), Column("role", String(64)), key=("person", "role")
)

people_groups = tenant_table(
    "people_groups", Column("person", String(64)), Column("group_id", String(64)), key=("person", "group_id")
)

sign_in_links = tenant_table(
    "sign_in_links",
    Column("token_hash", String(64)),
    Column("person", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    key=("token_hash",),
)

sessions = tenant_table(
    "sessions",
    Column("token_hash", String(64)),
    Column("person", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    key=("token_hash",),
)

# --- what was done: rows that are only ever added, numbered together with the events (see record.py) -------

calls = tenant_table(
    "calls",
    Column("position", Key),
    Column("key", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("operation", String(120), nullable=False),
    Column("effect", String(16), nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", String(120), nullable=False),
    Column("on_behalf_of", String(120)),
    Column("process_id", String(200)),
    Column("instance", Key),
    Column("process_instance", Key),
    Column("element", String(200)),
    Column("element_key", Key),
    Column("job", Key),
    Column("outcome", String(16), nullable=False),
    Column("cached", Boolean, nullable=False),
    Column("retry", Boolean, nullable=False),
    Column("latency_us", Key, nullable=False),
    Column("cost", Money, nullable=False),
    Column("amount", Money),
    Column("counterparty", String(120)),
    Column("arguments_digest", String(64)),
    Column("idempotency_key", String(200)),
    Column("rule", Text),
    Column("approval", Key),
    Column("problem", String(120)),
    Column("tokens", Key),
    Column("version", String(32)),
    Index("ix_calls_instance", "tenant_id", "instance"),
    Index(
        "ix_calls_money",
        "tenant_id",
        "operation",
        "counterparty",
        "at",
        sqlite_where=Column("effect") == "money",
        postgresql_where=Column("effect") == "money",
    ),
    key=("position",),
)
"""One row for every call through the gateway; `outcome` is ok, denied, confirmation or error."""

approval_steps = tenant_table(
    "approval_steps",
    Column("position", Key),
    Column("approval", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("step", String(16), nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", String(120), nullable=False),
    Column("instance", Key),
    Column("operation", String(120), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("note", Text),
    Column("on_behalf_of", String(120)),
    Index("ix_approval_steps_instance", "tenant_id", "instance"),
    key=("position",),
)
"""What happened to approvals, step by step; `approvals` holds how each now stands."""

acts = tenant_table(
    "acts",
    Column("position", Key),
    Column("at", Instant, nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", String(200), nullable=False),
    Column("on_behalf_of", String(200)),
    Column("act", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("instance", Key),
    Column("detail", Json, nullable=False),
    Index("ix_acts_instance", "tenant_id", "instance"),
    Index("ix_acts_act", "tenant_id", "act", "position"),
    key=("position",),
)
"""What was changed or refused in rights, rules and evidence (see acts.py)."""

policy_versions = tenant_table(
    "policy_versions",
    Column("number", Integer),
    Column("at", Instant, nullable=False),
    Column("person", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("tests", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    key=("number",),
)
"""The company's own policies, version by version."""

company_texts = tenant_table(
    "company_texts",
    Column("name", String(64)),
    Column("number", Integer),
    Column("at", Instant, nullable=False),
    Column("person", String(64), nullable=False),
    Column("text", Text, nullable=False),
    key=("name", "number"),
)
"""What the company writes for itself (ledger, plan), version by version."""

# --- approvals ---------------------------------------------------------------------------------------------

approvals = tenant_table(
    "approvals",
    Column("key", Key),
    Column("state", String(16), nullable=False),
    Column("operation", String(120), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("arguments", Json, nullable=False),
    Column("amount", Money),
    Column("cumulated", Money),
    Column("grade", String(16), nullable=False),
    Column("confirmations", Integer, nullable=False),
    Column("role", String(64), nullable=False),
    Column("rule", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("preparer_kind", String(16), nullable=False),
    Column("preparer_id", String(120), nullable=False),
    Column("preparers", Json, nullable=False),
    Column("process_id", String(200)),
    Column("instance", Key),
    Column("element", String(200)),
    Column("element_key", Key),
    Column("requested_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_approvals_digest", "tenant_id", "digest"),
    Index("ix_approvals_state", "tenant_id", "state", "expires_at"),
    key=("key",),
)

approval_answers = tenant_table(
    "approval_answers",
    Column("approval", Key),
    Column("person", String(64)),
    Column("outcome", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", Text, nullable=False),
    Column("on_behalf_of", String(64)),
    key=("approval", "person"),
)

notices = tenant_table(
    "notices",
    Column("key", Key),
    Column("at", Instant, nullable=False),
    Column("role", String(64), nullable=False),
    Column("operation", String(120), nullable=False),
    Column("actor_id", String(120), nullable=False),
    Column("instance", Key),
    Column("element", String(200)),
    Column("amount", Money),
    Column("rule", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seen_by", String(64)),
    Column("seen_at", Instant),
    key=("key",),
)

budgets = tenant_table(
    "budgets",
    Column("scope", String(16)),
    Column("scope_id", String(200)),
    Column("period", String(8)),
    Column("unit", String(8)),
    Column("limit_micros", Key, nullable=False),
    Column("reserved_micros", Key, nullable=False),
    Column("spent_micros", Key, nullable=False),
    key=("scope", "scope_id", "period", "unit"),
)
"""What the company, a department, a process or an agent may spend in a month (`period` 2026-11).

In millionths of the unit: money or tokens.
"""

replies = tenant_table(
    "replies",
    Column("operation", String(120)),
    Column("caller", String(140)),
    Column("idempotency_key", String(200)),
    Column("digest", String(64), nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    key=("operation", "caller", "idempotency_key"),
    clustered=False,
)
"""Answers kept under the caller's idempotency key, given again instead of acting twice."""

appeals = tenant_table(
    "appeals",
    Column("key", Key),
    Column("run", Key, nullable=False),
    Column("instance", Key, nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("involved", Json, nullable=False),
    Column("raised_kind", String(16), nullable=False),
    Column("raised_by", String(200), nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answered_by", String(64)),
    Column("answered_at", Instant),
    Column("answer", Text),
    Index("ix_appeals_state", "tenant_id", "state", "key"),
    Index("ix_appeals_run", "tenant_id", "run"),
    key=("key",),
)
"""Appeals against decisions that no person made; `involved` are those who had a hand in the decision."""

# --- evidence ----------------------------------------------------------------------------------------------

evidence_tiles = tenant_table(
    "evidence_tiles",
    Column("level", Integer),
    Column("number", Key),
    Column("hashes", LargeBinary, nullable=False),
    key=("level", "number"),
    clustered=False,
)
"""Up to 256 hashes of 32 bytes: leaves at level 0, above that the roots of full tiles below."""

evidence_checkpoints = tenant_table(
    "evidence_checkpoints",
    Column("size", Key),
    Column("root", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", LargeBinary, nullable=False),
    key=("size",),
)
"""Signed heads of the tree; `note` is the signed text itself."""

evidence_salts = tenant_table(
    "evidence_salts",
    Column("tile", Key),
    Column("secret", LargeBinary, nullable=False),
    Column("kept", LargeBinary),
    key=("tile",),
)
"""What the salts of 256 leaves are derived from; once one is erased, the others themselves (see salts.py)."""

evidence_erased = tenant_table(
    "evidence_erased",
    Column("position", Key),
    Column("commitment", String(64), nullable=False),
    key=("position",),
)
"""Leaves whose content was erased: the commitment that was sealed, which nobody can open any more."""
