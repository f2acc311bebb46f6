"""The first schema: all tables, and the index of words for search."""

from alembic import op

from musnad.archive import words
from musnad.archive.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    metadata.create_all(op.get_bind())
    words.create(op.get_bind())
