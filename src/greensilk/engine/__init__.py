"""The engine: resolve inputs, evaluate quantities, give ranges, explain.

It knows no sector. What there is to compute comes from the formulas' declarations, what is known
of a project from its table, and what is known of the world from the reference tables.
"""
