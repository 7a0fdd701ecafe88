"""What digital employees leave behind: runs, corrections, promises, releases, calls of models, rules."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, Text

from mainspring.store.tables import Instant, Json, Key, Number, tenant_table

runs = tenant_table(
    "agent_runs",
    Column("run", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Key, nullable=False, index=True),
    Column("instance", Key, nullable=False, index=True),
    Column("element", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("skill", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # done, review, approval
    Column("confidence", Float, nullable=False),
    Column("doubts", Json, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("steps", Json, nullable=False),  # [{step, us}]
    Column("draft", Json, nullable=True),  # kept while people are asked
    key=("run",),
)

corrections = tenant_table(
    "agent_corrections",
    Column("correction", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Key, nullable=False),
    Column("instance", Key, nullable=False),
    Column("agent", Text, nullable=False),
    Column("skill", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("draft", Json, nullable=False),
    Column("answer", Json, nullable=False),
    Column("withdrawn_at", Instant, nullable=True),
    Column("withdrawn_by", Text, nullable=True),
    key=("correction",),
)


judged = tenant_table(
    "agent_judged",
    Column("case", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Key, nullable=False, index=True),
    Column("agent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("activity", Text, nullable=False),
    Column("output", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("sampled", Boolean, nullable=False),  # a fair case: chosen whatever its confidence
    Column("trusted", Boolean, nullable=False),  # it would have been done alone
    Column("right", Boolean, nullable=False),
    Column("person", Text, nullable=False),
    Index("ix_agent_judged_promise", "tenant_id", "agent", "version", "activity", "output", "case"),
    key=("case",),
)
"""What a person said of each output of a draft under a promise."""

promises = tenant_table(
    "agent_promises",
    Column("agent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("activity", Text, nullable=False),
    Column("output", Text, nullable=False),
    Column("state", Text, nullable=False),  # learning, open, stopped
    Column("reviewed", Integer, nullable=False),
    Column("audited", Integer, nullable=False),
    Column("audit_errors", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    Column("settled", Boolean, nullable=False),  # more looks could hardly widen what is done alone
    Column("threshold", Float, nullable=True),
    Column("cases", Integer, nullable=False),  # behind the threshold
    Column("errors", Integer, nullable=False),
    Column("bound", Float, nullable=True),
    Column("changed_at", Instant, nullable=False),
    key=("agent", "version", "activity", "output"),
)
"""Where each promise stands: what was found at its looks, and whether its alarm rang."""

releases = tenant_table(
    "agent_releases",
    Column("release", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("agent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("stage", Text, nullable=False),  # shadow, share, full, withdrawn, stopped, resumed
    Column("share", Float, nullable=False),
    Column("person", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("definition", Json, nullable=True),
    Column("evaluation", Json, nullable=True),
    key=("release",),
)
"""Every step of every release, in order; the last of an employee is what holds."""

models_used = tenant_table(
    "agent_model_calls",
    Column("call", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Key, nullable=True, index=True),
    Column("agent", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # ok, invalid, failed, called off
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Number, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("prompt", Json, nullable=True),  # as it left the house, stand-ins in place of what is confidential
    Column("answer", Json, nullable=True),
    Column("problem", Text, nullable=False),
    key=("call",),
)
"""Every request to a model: what left the house, what came back, what it cost."""

proposals = tenant_table(
    "agent_proposals",
    Column("proposal", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("agent", Text, nullable=False),
    Column("skill", Text, nullable=False),
    Column("kind", Text, nullable=False),  # alias, value
    Column("rule", Json, nullable=False),
    Column("supporting", Json, nullable=False),
    Column("contradicting", Json, nullable=False),
    Column("state", Text, nullable=False),  # proposed, accepted, declined, forgotten
    Column("person", Text, nullable=True),
    Column("decided_at", Instant, nullable=True),
    key=("proposal",),
)
"""Rules that repeated corrections suggest, until a person accepts or declines them."""

rule_uses = tenant_table(
    "agent_rule_uses",
    Column("proposal", Key, nullable=False),
    Column("job", Key, nullable=False),
    Column("at", Instant, nullable=False),
    key=("proposal", "job"),
)
"""Where an accepted rule changed a draft: once a job."""
