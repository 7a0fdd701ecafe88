"""Tables of mail: the letters that came and went, which thread each belongs to, how far a mailbox is read."""

from sqlalchemy import Column, Index, Integer, Text

from mainspring.store.tables import Instant, Json, Key, tenant_table

# Its bytes are in `documents` under the digest, as are those of its files; letters that went out have none.
letters = tenant_table(
    "letters",
    Column("letter", Key, nullable=False),
    Column("direction", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", Key, nullable=False),
    Column("uid", Key, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("thread", Key, nullable=False),
    Column("instance", Key, nullable=True),
    Column("at", Instant, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("sender", Text, nullable=False),
    Column("recipients", Json, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("question", Key, nullable=True),
    Column("answered_at", Instant, nullable=True),
    Index("letters_once", "tenant_id", "direction", "service", "folder", "uidvalidity", "uid", unique=True),
    Index("letters_of_thread", "tenant_id", "thread"),
    Index("letters_of_case", "tenant_id", "instance"),
    Index("letters_by_message", "tenant_id", "message_id"),
    Index("letters_to_answer", "tenant_id", "question", "answered_at"),
    key=("letter",),
)

# Every Message-ID that a letter has or names, with the thread that it leads to.
letter_ids = tenant_table(
    "letter_ids",
    Column("message_id", Text, nullable=False),
    Column("thread", Key, nullable=False),
    Index("letter_ids_of_thread", "tenant_id", "thread"),
    key=("message_id",),
)

letter_files = tenant_table(
    "letter_files",
    Column("letter", Key, nullable=False),
    Column("place", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    key=("letter", "place"),
)

# How far a folder of a mailbox is read; a new uidvalidity counts anew.
mail_marks = tenant_table(
    "mail_marks",
    Column("service", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", Key, nullable=False),
    Column("uid", Key, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("problem", Text, nullable=False),
    key=("service", "folder"),
)
