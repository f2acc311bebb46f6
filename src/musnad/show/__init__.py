"""Coded reports for people: tables in a terminal, and self-contained pages.

`write_pages` writes pages, `page.page` gives one as text, `terminal.print_report` prints a table, and `why.explain`
says why a record was made.
"""

from musnad.show.labels import Lang
from musnad.show.pages import write_pages

__all__ = ["Lang", "write_pages"]
