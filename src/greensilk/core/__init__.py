"""What every room stands on: errors, words, names, units, tables, provenance, findings, rules.

Nothing here knows a kind of project or a publisher, and nothing here imports a room.
"""
