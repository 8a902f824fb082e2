"""Run the command as ``python -m greensilk``."""

from greensilk.cli import main

main()
