"""People: who they are, their sign-ins, links that were sent, mail that waits."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0001_people"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), unique=True),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("verified_at", app.db.Utc),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("created_at", app.db.Utc, nullable=False),
        sa.Column("erased_at", app.db.Utc),
    )
    op.create_table(
        "login",
        sa.Column("id", ID, primary_key=True),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("device", sa.String(120), nullable=False),
        sa.Column("created_at", app.db.Utc, nullable=False),
        sa.Column("seen_at", app.db.Utc, nullable=False),
        sa.Column("expires_at", app.db.Utc, nullable=False),
    )
    op.create_table(
        "letter",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("created_at", app.db.Utc, nullable=False),
        sa.Column("expires_at", app.db.Utc, nullable=False),
        sa.Column("used_at", app.db.Utc),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", app.db.Utc, nullable=False),
        sa.Column("sent_at", app.db.Utc),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try_at", app.db.Utc),
    )
    op.create_table(
        "attempt",
        sa.Column("id", ID, primary_key=True),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Index("ix_attempt_what_at", "what", "at"),
    )


def downgrade() -> None:
    for table in ("attempt", "outbox", "letter", "login", "person"):
        op.drop_table(table)
