"""The errors that Musnad raises on purpose, in one place, so that each tells the user what to do next.

Anything else that escapes is a defect of the program.
"""

from __future__ import annotations


class MusnadError(Exception):
    """Base of all errors that are meant for the user. Its text is one or two plain sentences."""


class ReadError(MusnadError):
    """An input could not be read as a report.

    `source` names the file, member or address; `reason` says what is wrong; `hint` what to do about it.
    """

    def __init__(self, source: str, reason: str, hint: str = "") -> None:
        self.source, self.reason, self.hint = source, reason, hint
        super().__init__(f"{source}: {reason}" + (f" ({hint})" if hint else ""))


class CodebookError(MusnadError):
    """A codebook file is wrong; the text names the file and the line."""


class UsageError(MusnadError):
    """The command or function was called in a way that cannot work."""


class ArchiveError(MusnadError):
    """An archive cannot be opened, read or written; the text names it and says what to do."""


class ClusterError(MusnadError):
    """A cluster cannot be used: what it needs is not installed, or it does not answer. The text says what to do."""
