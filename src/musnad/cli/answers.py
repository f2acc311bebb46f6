"""How a command ends: its exit status, and what it says on stderr when something went wrong.

0: all inputs were read. 1: some input failed, or a check found faults. 2: the command was used wrongly.
130: stopped by Ctrl-C. 141: whoever read the output went away.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from musnad.errors import CodebookError, MusnadError, UsageError

SOME_FAILED, WRONG_USE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141
P = ParamSpec("P")


def complain(message: object) -> None:
    """One line on stderr for the user."""
    print(f"musnad: {message}", file=sys.stderr)


def answers(command: Callable[P, bool | None]) -> Callable[P, None]:
    """Give a command its exit status. A command that returns False had inputs that failed."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            if command(*args, **kwargs) is False:
                raise typer.Exit(SOME_FAILED)
            sys.stdout.flush()
        except KeyboardInterrupt:
            complain("stopped; every line written so far is whole")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from None
        except (UsageError, CodebookError) as error:
            complain(error)
            raise typer.Exit(WRONG_USE) from None
        except MusnadError as error:
            complain(error)
            raise typer.Exit(SOME_FAILED) from None

    return run
