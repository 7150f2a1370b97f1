"""Runs migrations on the connection that opened the register, inside its transaction."""

from alembic import context

from servanda.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="servanda_version",
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
