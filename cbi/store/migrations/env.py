"""What Alembic runs: the steps, in the transaction that the store has opened (see cbi/store/migrating.py)."""

from alembic import context

from cbi.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
