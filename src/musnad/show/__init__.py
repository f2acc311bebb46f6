"""Coded reports for people: tables in a terminal, and self-contained pages.

`page(report, coded)` gives one page as text, `write_pages(...)` writes one or many, `explain(...)` says why a record was
made, and `terminal` prints.
"""

from musnad.show.labels import Lang
from musnad.show.pages import write_pages

__all__ = ["Lang", "write_pages"]
