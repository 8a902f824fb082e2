"""What the thin commands of all rooms share: their options, and tables on a screen or in a pipe."""
