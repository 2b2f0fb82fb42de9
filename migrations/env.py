"""Runs migrations on the live connection that app.migrate hands over."""

from alembic import context

from app.db import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    user_module_prefix="app.db.",
    transactional_ddl=True,
)
context.run_migrations()
