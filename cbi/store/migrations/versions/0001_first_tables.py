"""The first tables. A step is never edited once it has run anywhere: the next change is a new file."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of cities, assessments, history, events, sources and files."""
    _cities_and_assessments()
    _history_and_events()
    _sources()
    _files()


def _cities_and_assessments() -> None:
    op.create_table(
        "city",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_city"),
        sa.UniqueConstraint("name", name="uq_city_name"),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("city_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("definitions", sa.String(100), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_from", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint("city_id", "year", "edition", name="uq_assessment_city_id_year_edition"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_assessment_city_id"),
        sa.ForeignKeyConstraint(
            ["started_from"],
            ["assessment.id"],
            name="fk_assessment_started_from",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "baseline",
        sa.Column("city_id", sa.Integer, nullable=False),
        sa.Column("assessment_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("city_id", name="pk_baseline"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_baseline_city_id"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_baseline_assessment_id"),
    )


def _history_and_events() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("assessment_id", sa.Integer, nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("carried", sa.Boolean, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("of_version", sa.Integer),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sa.UniqueConstraint("assessment_id", "place", "version", name="uq_history_assessment_id_place_version"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_history_assessment_id"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("city_id", sa.Integer, nullable=False),
        sa.Column("assessment_id", sa.Integer),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_event_city_id"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_event_assessment_id"),
    )
    op.create_index("ix_event_city_id_time", "event", ["city_id", "time"])


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("city_id", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("city_id", "digest", name="uq_source_city_id_digest"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_source_city_id"),
    )
    op.create_table(
        "source_history",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "version", name="pk_source_history"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_history_source_id"),
    )
    op.create_table(
        "citation",
        sa.Column("history_id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("history_id", "source_id", name="pk_citation"),
        sa.ForeignKeyConstraint(["history_id"], ["history.id"], name="fk_citation_history_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_citation_source_id"),
    )
    op.create_index("ix_citation_source_id", "citation", ["source_id"])


def _files() -> None:
    op.create_table(
        "file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(200), nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_file"),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("removed_by", sa.String(200)),
        sa.Column("removed_at", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_attachment_source_id"),
    )
    op.create_index("ix_attachment_source_id", "attachment", ["source_id"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])
