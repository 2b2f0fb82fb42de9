"""The folded words of cards and sections, so that they can be found. They are made of the items."""

import sqlalchemy as sa
from alembic import op

revision = "0011_find"
down_revision = "0010_set_up_locks"
branch_labels = None
depends_on = None

ID = sa.String(36)
# The words hold no sign of ASCII but letters and digits, so this tokenizer parts them at their spaces alone.
FULL_TEXT = """
CREATE VIRTUAL TABLE find_words USING fts5(
    words, content='find_entry', content_rowid='id', tokenize='ascii', detail='none', columnsize=0
)
"""
ADDED = """
CREATE TRIGGER find_entry_added AFTER INSERT ON find_entry BEGIN
    INSERT INTO find_words(rowid, words) VALUES (new.id, new.words);
END
"""
TAKEN = """
CREATE TRIGGER find_entry_taken AFTER DELETE ON find_entry BEGIN
    INSERT INTO find_words(find_words, rowid, words) VALUES ('delete', old.id, old.words);
END
"""
BY_WORDS = """
CREATE INDEX ix_find_entry_words ON find_entry USING gin (array_to_tsvector(string_to_array(words, ' ')))
"""


def upgrade() -> None:
    op.create_table(
        "find_board",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
    )
    op.create_table(
        "find_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("item", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("section", ID, nullable=False),
        sa.Column("draft", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.UniqueConstraint("board_id", "item_id"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (FULL_TEXT, ADDED, TAKEN) if sqlite else (BY_WORDS,):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE find_words")
    op.drop_table("find_entry")
    op.drop_table("find_board")
