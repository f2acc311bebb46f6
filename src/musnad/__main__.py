"""`python -m musnad` is the `musnad` command."""

from musnad.cli import main

main()
