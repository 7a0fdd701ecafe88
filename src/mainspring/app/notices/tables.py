"""Tables of notices: what was told on which channel, and what a robot is to say, kept until it said it."""

from sqlalchemy import Column, Index, Text

from mainspring.store.tables import Instant, Json, Key, tenant_table

# A channel is told of a subject once: "task 17" on "robot sales", on "mail anna".
told_subjects = tenant_table(
    "told_subjects",
    Column("channel", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("told_subjects_by_age", "tenant_id", "at"),
    key=("channel", "subject"),
)

# Written with the subjects that it is about, so that after a crash the same words go out under the same key.
robot_messages = tenant_table(
    "robot_messages",
    Column("message", Key, nullable=False),
    Column("service", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("arguments", Json, nullable=False),
    Column("sent_at", Instant, nullable=True),
    Column("problem", Text, nullable=False),
    Index("robot_messages_to_send", "tenant_id", "sent_at"),
    key=("message",),
)
