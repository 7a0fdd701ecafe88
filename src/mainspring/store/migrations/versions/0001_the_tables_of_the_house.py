"""The tables of the house."""
# ruff: noqa: PLR0915, E501 - written by store.migrate, one statement a table

import sqlalchemy as sa
from alembic import op

from mainspring.store import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "agent_corrections",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("correction", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("job", sa.BigInteger(), nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("draft", types.Json(), nullable=False),
        sa.Column("answer", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "correction", name=op.f("pk_agent_corrections")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agent_runs",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("job", sa.BigInteger(), nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("doubts", types.Json(), nullable=False),
        sa.Column("evidence", types.Json(), nullable=False),
        sa.Column("steps", types.Json(), nullable=False),
        sa.Column("draft", types.Json(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "run", name=op.f("pk_agent_runs")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_agent_runs_instance"), "agent_runs", ["instance"], unique=False)
    op.create_index(op.f("ix_agent_runs_job"), "agent_runs", ["job"], unique=False)
    op.create_table(
        "allocations",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("allocation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("invoice_no", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "allocation", name=op.f("pk_allocations")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("allocations_of_invoice", "allocations", ["tenant_id", "invoice_no"], unique=False)
    op.create_index("allocations_of_source", "allocations", ["tenant_id", "source"], unique=False)
    op.create_table(
        "approval_answers",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("approval", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "approval", "person", name=op.f("pk_approval_answers")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "approval_steps",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("approval", sa.BigInteger(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=120), nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=True),
        sa.Column("operation", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "position", name=op.f("pk_approval_steps")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_approval_steps_instance", "approval_steps", ["tenant_id", "instance"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("operation", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("arguments", types.Json(), nullable=False),
        sa.Column("amount", types.Money(), nullable=True),
        sa.Column("cumulated", types.Money(), nullable=True),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("confirmations", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("preparer_kind", sa.String(length=16), nullable=False),
        sa.Column("preparer_id", sa.String(length=120), nullable=False),
        sa.Column("preparers", types.Json(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=True),
        sa.Column("instance", sa.BigInteger(), nullable=True),
        sa.Column("element", sa.String(length=200), nullable=True),
        sa.Column("element_key", sa.BigInteger(), nullable=True),
        sa.Column("requested_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_approvals")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_approvals_digest", "approvals", ["tenant_id", "digest"], unique=False)
    op.create_index("ix_approvals_state", "approvals", ["tenant_id", "state", "expires_at"], unique=False)
    op.create_table(
        "budgets",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=16), autoincrement=False, nullable=False),
        sa.Column("scope_id", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("period", sa.String(length=8), autoincrement=False, nullable=False),
        sa.Column("limit_micros", sa.BigInteger(), nullable=False),
        sa.Column("reserved_micros", sa.BigInteger(), nullable=False),
        sa.Column("spent_micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "scope", "scope_id", "period", name=op.f("pk_budgets")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calls",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("operation", sa.String(length=120), nullable=False),
        sa.Column("effect", sa.String(length=16), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=120), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=120), nullable=True),
        sa.Column("process_id", sa.String(length=200), nullable=True),
        sa.Column("instance", sa.BigInteger(), nullable=True),
        sa.Column("process_instance", sa.BigInteger(), nullable=True),
        sa.Column("element", sa.String(length=200), nullable=True),
        sa.Column("element_key", sa.BigInteger(), nullable=True),
        sa.Column("job", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("cached", sa.Boolean(), nullable=False),
        sa.Column("retry", sa.Boolean(), nullable=False),
        sa.Column("latency_us", sa.BigInteger(), nullable=False),
        sa.Column("cost", types.Money(), nullable=False),
        sa.Column("amount", types.Money(), nullable=True),
        sa.Column("counterparty", sa.String(length=120), nullable=True),
        sa.Column("arguments_digest", sa.String(length=64), nullable=True),
        sa.Column("idempotency_key", sa.String(length=200), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("approval", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "position", name=op.f("pk_calls")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_calls_instance", "calls", ["tenant_id", "instance"], unique=False)
    op.create_index(
        "ix_calls_money",
        "calls",
        ["tenant_id", "operation", "counterparty", "at"],
        unique=False,
        sqlite_where=sa.text("effect = 'money'"),
        postgresql_where=sa.text("effect = 'money'"),
    )
    op.create_table(
        "counters",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=32), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "name", name=op.f("pk_counters")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credit_lines",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("credit_note_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_line", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "credit_note_no", "line", name=op.f("pk_credit_lines")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credit_notes",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("credit_note_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("source_no", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", types.Instant(), nullable=False),
        sa.CheckConstraint(
            "open >= 0 AND open <= total", name=op.f("ck_credit_notes_credit_notes_open_within_total")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "credit_note_no", name=op.f("pk_credit_notes")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "credit_notes_once", "credit_notes", ["tenant_id", "customer_id", "source_no"], unique=True
    )
    op.create_table(
        "customer_names",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "value", "customer_id", name=op.f("pk_customer_names")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("customer_names_of", "customer_names", ["tenant_id", "customer_id"], unique=False)
    op.create_table(
        "customers",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("tax_id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("credit_limit", sa.BigInteger(), nullable=True),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("blocked_reason", sa.Text(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "customer_id", name=op.f("pk_customers")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "definitions",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=400), nullable=True),
        sa.Column("deployment", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.String(length=400), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_definitions")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_definitions_deployment", "definitions", ["tenant_id", "deployment"], unique=False)
    op.create_index("ix_definitions_id", "definitions", ["tenant_id", "kind", "id", "version"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("delivery_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("invoice_no", sa.Text(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("shipped_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "delivery_no", name=op.f("pk_deliveries")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("deliveries_of_order", "deliveries", ["tenant_id", "order_no"], unique=False)
    op.create_table(
        "delivery_lines",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("delivery_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "delivery_no", "line", name=op.f("pk_delivery_lines")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deployed_files",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("deployment", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=400), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "deployment", "name", name=op.f("pk_deployed_files")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deployments",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_deployments")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "documents",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "digest", name=op.f("pk_documents")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "element_counts",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("element", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("active", sa.BigInteger(), nullable=False),
        sa.Column("completed", sa.BigInteger(), nullable=False),
        sa.Column("terminated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "definition", "element", name=op.f("pk_element_counts")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=True),
        sa.Column("key", sa.BigInteger(), nullable=True),
        sa.Column("process_instance", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "position", name=op.f("pk_events")),
        sa.UniqueConstraint("tenant_id", "instance", "seq", name="uq_events_stream"),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_checkpoints",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "size", name=op.f("pk_evidence_checkpoints")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_tiles",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "level", "number", name=op.f("pk_evidence_tiles")),
        info={"tenant": True},
        sqlite_with_rowid=True,
    )
    op.create_table(
        "incidents",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("process_instance", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.BigInteger(), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("job", sa.BigInteger(), nullable=True),
        sa.Column("raised_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_incidents")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incidents_element", "incidents", ["tenant_id", "definition", "element"], unique=False)
    op.create_index("ix_incidents_root", "incidents", ["tenant_id", "root"], unique=False)
    op.create_table(
        "inquiries",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("inquiry_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("received_at", types.Instant(), nullable=False),
        sa.Column("registered_at", types.Instant(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("customer_order_no", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Text(), nullable=False),
        sa.Column("delivery_place", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("injection", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.BigInteger(), nullable=True),
        sa.Column("problems", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "inquiry_no", name=op.f("pk_inquiries")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("inquiries_by_status", "inquiries", ["tenant_id", "status"], unique=False)
    op.create_index("inquiries_once", "inquiries", ["tenant_id", "digest"], unique=True)
    op.create_table(
        "inquiry_lines",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("inquiry_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("asked_price", sa.BigInteger(), nullable=True),
        sa.Column("confidence", sa.BigInteger(), nullable=True),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("match_confidence", sa.BigInteger(), nullable=True),
        sa.Column("match_evidence", sa.Text(), nullable=False),
        sa.Column("matched_by", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("price_basis", sa.Text(), nullable=False),
        sa.Column("price_confidence", sa.BigInteger(), nullable=True),
        sa.Column("price_evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "inquiry_no", "line", name=op.f("pk_inquiry_lines")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "instances",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_instances")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_instances_business_key", "instances", ["tenant_id", "business_key"], unique=False)
    op.create_index(
        "ix_instances_process", "instances", ["tenant_id", "process_id", "state", "key"], unique=False
    )
    op.create_index("ix_instances_root", "instances", ["tenant_id", "root"], unique=False)
    op.create_table(
        "invoices",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("invoice_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("delivery_no", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("settled_at", types.Instant(), nullable=True),
        sa.Column("dunning_level", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "open >= 0 AND open <= total", name=op.f("ck_invoices_invoices_open_within_total")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "invoice_no", name=op.f("pk_invoices")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "invoices_of_customer", "invoices", ["tenant_id", "customer_id", "issued_at"], unique=False
    )
    op.create_index("invoices_once", "invoices", ["tenant_id", "delivery_no"], unique=True)
    op.create_index("invoices_to_settle", "invoices", ["tenant_id", "settled_at", "due_at"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("process_instance", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.BigInteger(), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("headers", types.Json(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("answers", types.Json(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("due", types.Instant(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_jobs")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_jobs_due", "jobs", ["tenant_id", "state", "due"], unique=False)
    op.create_index("ix_jobs_open", "jobs", ["tenant_id", "type", "state", "rank", "key"], unique=False)
    op.create_index("ix_jobs_root", "jobs", ["tenant_id", "root"], unique=False)
    op.create_table(
        "journal_steps",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("job", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("repeatable", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("began_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("outcome", types.Json(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "job", "step", name=op.f("pk_journal_steps")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "leads",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("lead_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "lead_no", name=op.f("pk_leads")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("leads_by_status", "leads", ["tenant_id", "status"], unique=False)
    op.create_table(
        "ledger_entries",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "entry", name=op.f("pk_ledger_entries")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ledger_entries_once", "ledger_entries", ["tenant_id", "kind", "document"], unique=True)
    op.create_table(
        "ledger_postings",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "entry", "line", name=op.f("pk_ledger_postings")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ledger_postings_of_account", "ledger_postings", ["tenant_id", "account", "currency"], unique=False
    )
    op.create_table(
        "message_receivers",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=200), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "message", "process_id", name=op.f("pk_message_receivers")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "message_starts",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("process_id", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("correlation_key", sa.String(length=400), autoincrement=False, nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "process_id", "correlation_key", name=op.f("pk_message_starts")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("correlation_key", sa.String(length=400), nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=True),
        sa.Column("variables", types.Json(), nullable=False),
        sa.Column("published_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_messages")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_messages_expires_at", "messages", ["tenant_id", "expires_at"], unique=False)
    op.create_index(
        "ix_messages_name", "messages", ["tenant_id", "name", "correlation_key", "key"], unique=False
    )
    op.create_table(
        "notices",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.String(length=120), nullable=False),
        sa.Column("actor_id", sa.String(length=120), nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=True),
        sa.Column("element", sa.String(length=200), nullable=True),
        sa.Column("amount", types.Money(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seen_by", sa.String(length=64), nullable=True),
        sa.Column("seen_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_notices")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "order_lines",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("order_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "reserved >= 0 AND delivered >= 0 AND cancelled >= 0 AND reserved + delivered + cancelled <= quantity",
            name=op.f("ck_order_lines_order_lines_within_quantity"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "order_no", "line", name=op.f("pk_order_lines")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "orders",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("order_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("quote_no", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_no", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("invoiced", sa.BigInteger(), nullable=False),
        sa.Column("ordered_at", types.Instant(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "order_no", name=op.f("pk_orders")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("orders_of_customer", "orders", ["tenant_id", "customer_id", "status"], unique=False)
    op.create_index("orders_once", "orders", ["tenant_id", "source", "source_no"], unique=True)
    op.create_table(
        "outbox",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "message", name=op.f("pk_outbox")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("outbox_once", "outbox", ["tenant_id", "kind", "document"], unique=True)
    op.create_index("outbox_to_send", "outbox", ["tenant_id", "sent_at"], unique=False)
    op.create_table(
        "payments",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("payment_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("booked_at", types.Instant(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(amount >= 0 AND open >= 0 AND open <= amount) OR (amount < 0 AND open <= 0 AND open >= amount)",
            name=op.f("ck_payments_payments_open_within_amount"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "payment_no", name=op.f("pk_payments")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("payments_by_open", "payments", ["tenant_id", "open"], unique=False)
    op.create_index("payments_once", "payments", ["tenant_id", "statement", "entry"], unique=True)
    op.create_table(
        "people",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_people")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "people_groups",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.String(length=64), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "group_id", name=op.f("pk_people_groups")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "people_roles",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=64), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "role", name=op.f("pk_people_roles")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "price_rules",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("sku", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tier", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("min_quantity", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("valid_from", types.Instant(), autoincrement=False, nullable=False),
        sa.Column("valid_until", types.Instant(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("unit_price >= 0", name=op.f("ck_price_rules_price_rules_not_negative")),
        sa.PrimaryKeyConstraint(
            "tenant_id",
            "sku",
            "customer_id",
            "tier",
            "min_quantity",
            "valid_from",
            name=op.f("pk_price_rules"),
        ),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "products",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("sku", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("pack_size", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "sku", name=op.f("pk_products")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quote_lines",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("quote_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "quote_no", "line", name=op.f("pk_quote_lines")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quotes",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("quote_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("inquiry_no", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", types.Instant(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "quote_no", name=op.f("pk_quotes")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("quotes_of_customer", "quotes", ["tenant_id", "customer_id"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("refund_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_at", types.Instant(), nullable=False),
        sa.Column("paid_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "refund_no", name=op.f("pk_refunds")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "replies",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.String(length=120), autoincrement=False, nullable=False),
        sa.Column("caller", sa.String(length=140), autoincrement=False, nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id", "operation", "caller", "idempotency_key", name=op.f("pk_replies")
        ),
        info={"tenant": True},
        sqlite_with_rowid=True,
    )
    op.create_table(
        "requests",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("command", sa.String(length=40), nullable=False),
        sa.Column("instance", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "idempotency_key", name=op.f("pk_requests")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "resources",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "digest", name=op.f("pk_resources")),
        info={"tenant": True},
        sqlite_with_rowid=True,
    )
    op.create_table(
        "sales_history",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("sold_at", types.Instant(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("credited_net", sa.BigInteger(), nullable=False),
        sa.Column("credited_tax", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "returned >= 0 AND returned <= quantity",
            name=op.f("ck_sales_history_sales_history_returned_within_quantity"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "document", "line", name=op.f("pk_sales_history")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "sales_history_of_customer",
        "sales_history",
        ["tenant_id", "customer_id", "sku", "sold_at"],
        unique=False,
    )
    op.create_index("sales_history_of_order", "sales_history", ["tenant_id", "order_no"], unique=False)
    op.create_index(
        "sales_history_of_product", "sales_history", ["tenant_id", "sku", "sold_at"], unique=False
    )
    op.create_table(
        "sessions",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "token_hash", name=op.f("pk_sessions")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_links",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "token_hash", name=op.f("pk_sign_in_links")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshots",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("instance", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "instance", name=op.f("pk_snapshots")),
        info={"tenant": True},
        sqlite_with_rowid=True,
    )
    op.create_index("ix_snapshots_seq", "snapshots", ["tenant_id", "seq"], unique=False)
    op.create_table(
        "start_events",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("element", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("due", types.Instant(), nullable=True),
        sa.Column("repetitions", sa.Integer(), nullable=True),
        sa.Column("interval", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "definition", "element", name=op.f("pk_start_events")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_start_events_due", "start_events", ["tenant_id", "due"], unique=False)
    op.create_index("ix_start_events_name", "start_events", ["tenant_id", "kind", "name"], unique=False)
    op.create_index("ix_start_events_process", "start_events", ["tenant_id", "process_id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("sku", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "reserved >= 0 AND on_hand >= reserved", name=op.f("ck_stock_stock_covers_reservations")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "sku", name=op.f("pk_stock")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stock_moves",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("move", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "move", name=op.f("pk_stock_moves")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("stock_moves_once", "stock_moves", ["tenant_id", "kind", "document", "line"], unique=True)
    op.create_table(
        "streams",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("instance", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "instance", name=op.f("pk_streams")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscriptions",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("process_instance", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("correlation_key", sa.String(length=400), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_subscriptions")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_subscriptions_name",
        "subscriptions",
        ["tenant_id", "kind", "name", "correlation_key", "key"],
        unique=False,
    )
    op.create_index("ix_subscriptions_root", "subscriptions", ["tenant_id", "root"], unique=False)
    op.create_table(
        "task_candidates",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("task", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=5), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "task", "kind", "name", name=op.f("pk_task_candidates")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_task_candidates_name", "task_candidates", ["tenant_id", "kind", "name", "task"], unique=False
    )
    op.create_table(
        "tasks",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("process_instance", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.BigInteger(), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("job", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("candidate_users", types.Json(), nullable=False),
        sa.Column("candidate_groups", types.Json(), nullable=False),
        sa.Column("due", types.Instant(), nullable=True),
        sa.Column("follow_up", types.Instant(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=True),
        sa.Column("payload", types.Json(), nullable=False),
        sa.Column("draft", types.Json(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_tasks")),
        info={"tenant": True},
        sqlite_with_rowid=True,
    )
    op.create_index("ix_tasks_assignee", "tasks", ["tenant_id", "assignee", "priority", "key"], unique=False)
    op.create_index("ix_tasks_element", "tasks", ["tenant_id", "process_id", "element"], unique=False)
    op.create_index("ix_tasks_root", "tasks", ["tenant_id", "root"], unique=False)
    op.create_table(
        "ticket_messages",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("ticket_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("message", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("author_kind", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "ticket_no", "message", name=op.f("pk_ticket_messages")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ticket_messages_by_source", "ticket_messages", ["tenant_id", "source"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("ticket_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("interactions", sa.Integer(), nullable=False),
        sa.Column("opened_at", types.Instant(), nullable=False),
        sa.Column("last_contact_at", types.Instant(), nullable=False),
        sa.Column("answered_at", types.Instant(), nullable=True),
        sa.Column("resolved_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "ticket_no", name=op.f("pk_tickets")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "tickets_by_matter", "tickets", ["tenant_id", "customer", "matter", "last_contact_at"], unique=False
    )
    op.create_table(
        "timers",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("process_instance", sa.BigInteger(), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("due", types.Instant(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.Column("interval", sa.String(length=64), nullable=True),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_timers")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_timers_due", "timers", ["tenant_id", "suspended", "due"], unique=False)
    op.create_index("ix_timers_root", "timers", ["tenant_id", "root"], unique=False)
    op.create_table(
        "variables",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("root", sa.BigInteger(), nullable=False),
        sa.Column("value", types.Json(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "scope", "name", name=op.f("pk_variables")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_variables_root", "variables", ["tenant_id", "root"], unique=False)
    op.create_table(
        "write_offs",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("write_off_no", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("invoice_no", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "write_off_no", name=op.f("pk_write_offs")),
        info={"tenant": True},
        sqlite_with_rowid=False,
    )
    op.create_index("write_offs_of_invoice", "write_offs", ["tenant_id", "invoice_no"], unique=False)
