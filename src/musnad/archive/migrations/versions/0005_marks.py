"""Marks of analysts on reports that they have read."""

import sqlalchemy as sa
from alembic import op

from musnad.archive.tables import mark

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table, which a new archive has already."""
    connection = op.get_bind()
    if not sa.inspect(connection).has_table(mark.name):
        mark.create(connection)
