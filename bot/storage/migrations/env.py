"""Run by Alembic: takes the steps inside the transaction that ``bot.storage.migrate`` has begun."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
