"""Sums of how often each entry of the codebook stands behind a record; summed up from the records stored so far."""

import sqlalchemy as sa
from alembic import op

from musnad.archive import firing
from musnad.archive.tables import firing as table

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table, which a new archive has already, and fill it."""
    connection = op.get_bind()
    if not sa.inspect(connection).has_table(table.name):
        table.create(connection)
    firing.count_anew(connection)
