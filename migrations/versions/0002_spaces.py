"""Spaces, the organisations that own them, their people, and the ways in."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0002_spaces"
down_revision = "0001_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "space",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("agreement", sa.Text, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("created_at", Utc, nullable=False),
        sa.Column("archived_at", Utc),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    _organisation_seat()
    _member()
    _join_code()
    _invitation()


def _organisation_seat() -> None:
    op.create_table(
        "organisation_seat",
        sa.Column("space_id", sa.String(36), sa.ForeignKey("space.id"), primary_key=True),
        sa.Column("organisation_id", sa.String(36), sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("colour", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("proposed_by", sa.String(36), sa.ForeignKey("person.id")),
        sa.Column("proposed_at", Utc, nullable=False),
        sa.Column("joined_at", Utc),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("space_id", sa.String(36), sa.ForeignKey("space.id"), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("organisation_id", sa.String(36), sa.ForeignKey("organisation.id")),
        sa.Column("says", sa.Text),
        sa.Column("colour", sa.Integer),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("brings", sa.Text, nullable=False),
        sa.Column("joined_at", Utc, nullable=False),
        sa.Column("expires_at", Utc),
        sa.Column("left_at", Utc),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("erased", sa.Boolean, nullable=False),
    )
    op.create_index("ix_member_person_id", "member", ["person_id"])


def _join_code() -> None:
    op.create_table(
        "join_code",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("space_id", sa.String(36), sa.ForeignKey("space.id"), nullable=False),
        sa.Column("code", sa.String(20), nullable=False, unique=True),
        sa.Column("made_by", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("expires_at", Utc, nullable=False),
        sa.Column("max_uses", sa.Integer),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("waiting_room", sa.Boolean, nullable=False),
        sa.Column("withdrawn_at", Utc),
    )
    op.create_index("ix_join_code_space_id", "join_code", ["space_id"])


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("space_id", sa.String(36), sa.ForeignKey("space.id"), nullable=False),
        sa.Column("organisation_id", sa.String(36), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("invited_by", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("invited_at", Utc, nullable=False),
        sa.Column("expires_at", Utc, nullable=False),
        sa.Column("used_at", Utc),
        sa.Column("used_by", sa.String(36), sa.ForeignKey("person.id")),
        sa.Column("withdrawn_at", Utc),
    )
    op.create_index("ix_invitation_space_id", "invitation", ["space_id"])
    op.create_index("ix_invitation_invited_by", "invitation", ["invited_by"])


def downgrade() -> None:
    for table in ("invitation", "join_code", "member", "organisation_seat", "organisation", "space"):
        op.drop_table(table)
