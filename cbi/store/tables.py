"""The tables. History is only ever added to; what stands now is the highest version of each place.

Anything that may be looked up by a text of any length is found by the digest of that text, because
databases limit what an index may hold.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from cbi.store.contents import Content, read_content, write_content
from cbi.store.paper_contents import PaperContent, read_paper, write_paper


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO text to the microsecond: the same, and in the same order, everywhere."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Write a moment; a naive one is refused, because nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Read a moment."""
        return None if value is None else datetime.fromisoformat(value)


class ContentText(TypeDecorator[Content]):
    """An :class:`Entry` or :class:`Answer` as JSON text; its decimals are texts, so every digit comes back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Content | None, dialect: Any) -> str | None:
        """Write a content."""
        return write_content(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Content | None:
        """Read a content."""
        return read_content(value)


class PaperText(TypeDecorator[PaperContent]):
    """What a paper holds as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: PaperContent | None, dialect: Any) -> str | None:
        """Write what a paper holds."""
        return write_paper(value)

    def process_result_value(self, value: str | None, dialect: Any) -> PaperContent | None:
        """Read what a paper holds."""
        return read_paper(value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

city = Table(
    "city",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("city_id", ForeignKey("city.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("edition", String(20), nullable=False),
    Column("definitions", String(100), nullable=False),
    Column("state", String(20), nullable=False),
    Column("started_from", ForeignKey("assessment.id", deferrable=True, initially="DEFERRED")),
    UniqueConstraint("city_id", "year", "edition"),
)

baseline = Table(  # a row a city: there cannot be two
    "baseline",
    metadata,
    Column("city_id", ForeignKey("city.id"), primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False),
)

history = Table(  # only ever added to
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False),
    Column("place", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", ContentText),
    Column("carried", Boolean, nullable=False),
    Column("act", String(20), nullable=False),
    Column("of_version", Integer),
    Column("person", String(200), nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("assessment_id", "place", "version"),  # the lock that lets one of two savers win
)

event = Table(  # only ever added to
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("city_id", ForeignKey("city.id"), nullable=False),
    Column("assessment_id", ForeignKey("assessment.id")),
    Column("kind", String(20), nullable=False),
    Column("person", String(200), nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "city_id", "time"),
)

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("city_id", ForeignKey("city.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("digest", String(64), nullable=False),  # of the title
    UniqueConstraint("city_id", "digest"),
)

source_history = Table(  # only ever added to
    "source_history",
    metadata,
    Column("source_id", ForeignKey("source.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("organisation", Text, nullable=False),
    Column("year", Integer),
    Column("link", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("person", String(200), nullable=False),
    Column("time", UtcTime, nullable=False),
)

citation = Table(  # which line of history names which source
    "citation",
    metadata,
    Column("history_id", ForeignKey("history.id"), primary_key=True),
    Column("source_id", ForeignKey("source.id"), primary_key=True, index=True),
)

file = Table(  # bytes, once, whoever refers to them
    "file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

attachment = Table(  # a removed one stays, and so do its bytes: it can be brought back
    "attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("source.id"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("person", String(200), nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("removed_by", String(200)),
    Column("removed_at", UtcTime),
)

paper = Table(  # only ever added to
    "paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("city_id", ForeignKey("city.id"), index=True),
    Column("assessment_id", ForeignKey("assessment.id")),
    Column("scope", String(40), nullable=False),  # whose it is in one word, as databases hold no NULL equal to another
    Column("kind", String(40), nullable=False),
    Column("key", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", PaperText),
    Column("person", String(200), nullable=False),
    Column("time", UtcTime, nullable=False),
    UniqueConstraint("scope", "kind", "key", "version"),  # the lock that lets one of two savers win
)

account = Table(  # a person who signs in; the row stays when the personal data in it is removed
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(16), nullable=False, unique=True),  # what history is signed with, the same in every store
    Column("number", Integer, nullable=False, unique=True),  # what people read where the name was removed
    Column("address", String(254), unique=True),  # case-folded
    Column("name", String(200), nullable=False),
    Column("issuer", String(500)),
    Column("subject", String(255)),
    Column("active", Boolean, nullable=False),
    Column("invited_by", String(200), nullable=False),
    Column("invited_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    Column("signed_in_at", UtcTime),  # when the sign-in began that came last
    Column("signed_out_at", UtcTime),  # sign-ins from before are over
    UniqueConstraint("issuer", "subject"),
)

membership = Table(  # what a person may do now; how it came to that stands in the trail
    "membership",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("city_id", ForeignKey("city.id")),  # none: the whole server
    Column("role", Integer, nullable=False),
    Column("scope", Text, nullable=False),
    UniqueConstraint("account_id", "city_id"),
)

trail = Table(  # only ever added to; holds no values and nothing personal but the number of an account
    "trail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", UtcTime, nullable=False),
    Column("account_id", ForeignKey("account.id")),  # none: whoever sits at the machine, or nobody known
    Column("deed", String(40), nullable=False),
    Column("about_id", ForeignKey("account.id")),
    Column("city_id", ForeignKey("city.id"), index=True),
    Column("assessment_id", ForeignKey("assessment.id")),
    Column("detail", String(300), nullable=False),
)

assignment = Table(  # what was taken back stays
    "assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False, index=True),
    Column("work", String(120), nullable=False),  # an indicator, a component, or “profile”
    Column("account_id", ForeignKey("account.id"), index=True),
    Column("department", String(200), nullable=False),
    Column("due", String(10)),
    Column("note", Text, nullable=False),
    Column("person", String(200), nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("ended_by", String(200)),
    Column("ended_at", UtcTime),
)
