"""Papers: the small documents that are kept beside the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of papers."""
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("city_id", sa.Integer),
        sa.Column("assessment_id", sa.Integer),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
        sa.UniqueConstraint("scope", "kind", "key", "version", name="uq_paper_scope_kind_key_version"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_paper_city_id"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_paper_assessment_id"),
    )
    op.create_index("ix_paper_city_id", "paper", ["city_id"])
