"""How alembic reaches the archive: over the connection that store.py hands it."""

from alembic import context

from musnad.archive.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
