"""Alembic's scripts: written and applied by `mainspring.store.migrate`."""
