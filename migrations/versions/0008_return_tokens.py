"""A guest comes back in the same browser by a return token; on a shared device the browser keeps nothing."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0008_return_tokens"
down_revision = "0007_for_whom"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "return_token",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), nullable=False),
        sa.Column("code_id", ID, sa.ForeignKey("join_code.id"), nullable=False),
        sa.Column("made_at", app.db.Utc, nullable=False),
        sa.Column("here_at", app.db.Utc, nullable=False),
        sa.Column("ended_at", app.db.Utc),
    )
    op.add_column("login", sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("login") as batch:
        batch.drop_column("shared")
    op.drop_table("return_token")
