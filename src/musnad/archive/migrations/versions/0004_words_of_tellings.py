"""Tellings hold the words around their triggers: those of before go, and all reports are taken in anew."""

from alembic import op
from sqlalchemy import String, cast, delete, insert, literal, select

from musnad.archive.tables import report, stale, telling, telling_block, telling_pair

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Leave marks by which the next refresh makes tellings and incidents anew."""
    for table in (telling_pair, telling_block, telling):
        op.execute(delete(table))
    op.execute(delete(stale).where(stale.c.kind == "incident"))
    op.execute(insert(stale).from_select(["kind", "key"], select(literal("incident"), cast(report.c.n, String))))
