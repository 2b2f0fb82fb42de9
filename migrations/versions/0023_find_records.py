"""The folded words of records, so that they can be found; and indexes from which registers are read."""

import sqlalchemy as sa
from alembic import op

revision = "0023_find_records"
down_revision = "0032_organisation_codes"
branch_labels = None
depends_on = None

ID = sa.String(36)
FULL_TEXT = """
CREATE VIRTUAL TABLE find_record_words USING fts5(
    words, content='find_record', content_rowid='id', tokenize='ascii', detail='none', columnsize=0
)
"""
ADDED = """
CREATE TRIGGER find_record_added AFTER INSERT ON find_record BEGIN
    INSERT INTO find_record_words(rowid, words) VALUES (new.id, new.words);
END
"""
TAKEN = """
CREATE TRIGGER find_record_taken AFTER DELETE ON find_record BEGIN
    INSERT INTO find_record_words(find_record_words, rowid, words) VALUES ('delete', old.id, old.words);
END
"""
BY_WORDS = """
CREATE INDEX ix_find_record_words ON find_record
    USING gin (array_to_tsvector(string_to_array(words, ' ')))
"""


def upgrade() -> None:
    op.drop_index("ix_record_space_id_kind_stands", "record")
    op.drop_index("ix_record_space_id_look_again", "record")
    counted = ["space_id", "kind", "stands", "audience", "made_by", "tender_id"]
    op.create_index("ix_record_counted", "record", counted)
    op.create_index("ix_record_space_id_look_again", "record", ["space_id", "look_again", "changed_at", "id"])
    op.create_index("ix_record_space_id_changed_at", "record", ["space_id", "changed_at", "id"])
    op.create_table(
        "find_record",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "record_id", ID, sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (FULL_TEXT, ADDED, TAKEN) if sqlite else (BY_WORDS,):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE find_record_words")
    op.drop_table("find_record")
    for name in ("counted", "space_id_look_again", "space_id_changed_at"):
        op.drop_index(f"ix_record_{name}", "record")
    op.create_index("ix_record_space_id_kind_stands", "record", ["space_id", "kind", "stands"])
    op.create_index("ix_record_space_id_look_again", "record", ["space_id", "look_again"])
