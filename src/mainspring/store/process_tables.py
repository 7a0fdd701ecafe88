"""Projections of process instances: what is going on now, written with the events that say so.

They hold nothing that the log does not; `store.rebuild` writes them anew from it.
"""

from sqlalchemy import Boolean, Column, Index, Integer, String, Text

from mainspring.store.tables import tenant_table
from mainspring.store.types import Instant, Json, Key

instances = tenant_table(
    "instances",
    Column("key", Key),
    Column("root", Key, nullable=False),
    Column("parent", Key),
    Column("process_id", String(200), nullable=False),
    Column("definition", Key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("business_key", String(200)),
    Column("state", String(12), nullable=False),
    Column("initiator", String(200)),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_instances_process", "tenant_id", "process_id", "state", "key"),
    Index("ix_instances_business_key", "tenant_id", "business_key"),
    Index("ix_instances_root", "tenant_id", "root"),
    Index("ix_instances_initiator", "tenant_id", "initiator", "key"),
    key=("key",),
)
"""`state` is active, suspended, completed or terminated; `parent` the calling element instance,
`initiator` the person who started it.
"""

element_counts = tenant_table(
    "element_counts",
    Column("definition", Key),
    Column("element", String(200)),
    Column("active", Key, nullable=False),
    Column("completed", Key, nullable=False),
    Column("terminated", Key, nullable=False),
    key=("definition", "element"),
)
"""How many tokens are in each element, and have left it, by version: the live map."""

jobs = tenant_table(
    "jobs",
    Column("key", Key),
    Column("root", Key, nullable=False),
    Column("process_instance", Key, nullable=False),
    Column("process_id", String(200), nullable=False),
    Column("definition", Key, nullable=False),
    Column("element_key", Key, nullable=False),
    Column("element", String(200), nullable=False),
    Column("type", String(200), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("headers", Json, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("message", Text),
    Column("answers", Json),
    Column("state", String(8), nullable=False),
    Column("suspended", Boolean, nullable=False),
    Column("due", Instant, nullable=False),
    Column("worker", String(200)),
    Column("fence", Integer, nullable=False),
    Index("ix_jobs_open", "tenant_id", "type", "state", "rank", "key"),
    Index("ix_jobs_due", "tenant_id", "state", "due"),
    Index("ix_jobs_root", "tenant_id", "root"),
    key=("key",),
)
"""Work for workers. `state` is open, parked (people are asked) or failed (an incident). An open job is free
from `due` on: 1970 when it is free at once, the time of its next attempt, or the end of its lease. `worker`
and `fence` belong to the lease, not to the log. `rank` is minus the priority: the lowest goes first.
"""

tasks = tenant_table(
    "tasks",
    Column("key", Key),
    Column("root", Key, nullable=False),
    Column("process_instance", Key, nullable=False),
    Column("process_id", String(200), nullable=False),
    Column("definition", Key, nullable=False),
    Column("element_key", Key, nullable=False),
    Column("element", String(200), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("job", Key),
    Column("name", Text, nullable=False),
    Column("assignee", String(200)),
    Column("candidate_users", Json, nullable=False),
    Column("candidate_groups", Json, nullable=False),
    Column("due", Instant),
    Column("follow_up", Instant),
    Column("priority", Integer, nullable=False),
    Column("form", String(200)),
    Column("payload", Json, nullable=False),
    Column("draft", Json),
    Column("created_at", Instant, nullable=False),
    Column("slot", Integer),
    Column("owner", String(200)),
    Column("reminders", Integer, nullable=False),
    Column("reminded_at", Instant),
    Index("ix_tasks_assignee", "tenant_id", "assignee", "priority", "key"),
    Index("ix_tasks_element", "tenant_id", "process_id", "element"),
    Index("ix_tasks_root", "tenant_id", "root"),
    key=("key",),
    clustered=False,
)
"""Open tasks of people; `kind` task, review or approval. `slot` is the place in a signing (`signers`),
`owner` the one to whom a delegated task comes back.
"""

task_candidates = tenant_table(
    "task_candidates",
    Column("task", Key),
    Column("kind", String(5)),
    Column("name", String(200)),
    Index("ix_task_candidates_name", "tenant_id", "kind", "name", "task"),
    key=("task", "kind", "name"),
)
"""Who may take a task: `kind` user or group."""

signers = tenant_table(
    "signers",
    Column("element_key", Key),
    Column("slot", Integer),
    Column("root", Key, nullable=False),
    Column("element", String(200), nullable=False),
    Column("person", String(200)),
    Column("weight", String(40), nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("added_by", String(200)),
    Column("task", Key),
    Column("outcome", String(16)),
    Column("voter", String(200)),
    Column("answered_at", Instant),
    Index("ix_signers_person", "tenant_id", "person", "root"),
    Index("ix_signers_root", "tenant_id", "root"),
    key=("element_key", "slot"),
)
"""Who signs a user task that several sign: `task` while it is open, `outcome` and `voter` once answered."""

copies = tenant_table(
    "copies",
    Column("root", Key),
    Column("person", String(200)),
    Column("process_id", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("read_at", Instant),
    Index("ix_copies_person", "tenant_id", "person", "root"),
    key=("root", "person"),
)
"""Copies of cases for information, one a person and case."""

timers = tenant_table(
    "timers",
    Column("key", Key),
    Column("root", Key, nullable=False),
    Column("process_instance", Key, nullable=False),
    Column("element_key", Key, nullable=False),
    Column("element", String(200), nullable=False),
    Column("due", Instant, nullable=False),
    Column("repetitions", Integer, nullable=False),
    Column("interval", String(64)),
    Column("suspended", Boolean, nullable=False),
    Index("ix_timers_due", "tenant_id", "suspended", "due"),
    Index("ix_timers_root", "tenant_id", "root"),
    key=("key",),
)
"""Scheduled timers of instances."""

subscriptions = tenant_table(
    "subscriptions",
    Column("key", Key),
    Column("root", Key, nullable=False),
    Column("process_instance", Key, nullable=False),
    Column("process_id", String(200), nullable=False),
    Column("element_key", Key, nullable=False),
    Column("element", String(200), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("name", String(200), nullable=False),
    Column("correlation_key", String(400)),
    Index("ix_subscriptions_name", "tenant_id", "kind", "name", "correlation_key", "key"),
    Index("ix_subscriptions_root", "tenant_id", "root"),
    key=("key",),
)
"""Open waits for messages and signals."""

incidents = tenant_table(
    "incidents",
    Column("key", Key),
    Column("root", Key, nullable=False),
    Column("process_instance", Key, nullable=False),
    Column("process_id", String(200), nullable=False),
    Column("definition", Key, nullable=False),
    Column("element_key", Key, nullable=False),
    Column("element", String(200), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("message", Text, nullable=False),
    Column("job", Key),
    Column("raised_at", Instant, nullable=False),
    Index("ix_incidents_element", "tenant_id", "definition", "element"),
    Index("ix_incidents_root", "tenant_id", "root"),
    key=("key",),
)
"""What a person must mend."""

variables = tenant_table(
    "variables",
    Column("scope", Key),
    Column("name", String(200)),
    Column("root", Key, nullable=False),
    Column("value", Json),
    Index("ix_variables_root", "tenant_id", "root"),
    key=("scope", "name"),
)
"""The variables of process instances (kept when they end) and of the element instances that are going on."""
