"""Double readings: who reads which report, and corrections that are sealed until both are done."""

import sqlalchemy as sa
from alembic import op

from musnad.archive.tables import reading

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make what a new archive has already."""
    connection = op.get_bind()
    found = sa.inspect(connection)
    if not found.has_table(reading.name):
        reading.create(connection)
    if "sealed" not in {c["name"] for c in found.get_columns("correction")}:
        op.add_column("correction", sa.Column("sealed", sa.Boolean, nullable=False, server_default=sa.false()))
