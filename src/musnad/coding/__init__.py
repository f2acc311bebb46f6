"""The coding room: mentions, acts, roles, narrators, status, time and place, control and ties.

`code` is its door: one report and the codebook in, the report's record out.
"""

from musnad.coding.coder import code

__all__ = ["code"]
