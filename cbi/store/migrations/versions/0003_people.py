"""People who sign in: accounts, their roles, the audit trail, and what they are asked to do."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of people; nobody is in them before the first administrator is named."""
    _accounts()
    _trail()
    _assignments()


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("address", sa.String(254)),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("issuer", sa.String(500)),
        sa.Column("subject", sa.String(255)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("invited_by", sa.String(200), nullable=False),
        sa.Column("invited_at", sa.String(32), nullable=False),
        sa.Column("removed_at", sa.String(32)),
        sa.Column("signed_in_at", sa.String(32)),
        sa.Column("signed_out_at", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("key", name="uq_account_key"),
        sa.UniqueConstraint("number", name="uq_account_number"),
        sa.UniqueConstraint("address", name="uq_account_address"),
        sa.UniqueConstraint("issuer", "subject", name="uq_account_issuer_subject"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("city_id", sa.Integer),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("account_id", "city_id", name="uq_membership_account_id_city_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_membership_account_id"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_membership_city_id"),
    )


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Integer),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer),
        sa.Column("city_id", sa.Integer),
        sa.Column("assessment_id", sa.Integer),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_trail_account_id"),
        sa.ForeignKeyConstraint(["about_id"], ["account.id"], name="fk_trail_about_id"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_trail_city_id"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_trail_assessment_id"),
    )
    op.create_index("ix_trail_city_id", "trail", ["city_id"])


def _assignments() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("assessment_id", sa.Integer, nullable=False),
        sa.Column("work", sa.String(120), nullable=False),
        sa.Column("account_id", sa.Integer),
        sa.Column("department", sa.String(200), nullable=False),
        sa.Column("due", sa.String(10)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("ended_by", sa.String(200)),
        sa.Column("ended_at", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_assignment_assessment_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_assignment_account_id"),
    )
    op.create_index("ix_assignment_assessment_id", "assignment", ["assessment_id"])
    op.create_index("ix_assignment_account_id", "assignment", ["account_id"])
