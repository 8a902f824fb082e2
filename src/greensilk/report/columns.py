"""The columns of the workbook's sheets."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AUDIT",
    "BASELINES",
    "CONSISTENCY",
    "EVIDENCE",
    "ISSUES",
    "METHODS",
    "PROJECTS",
    "SOURCES",
    "Column",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the field it shows, and how wide it is."""

    field: str
    width: int = 14


PROJECTS = (
    Column("project_id", 16),
    Column("project", 34),
    Column("countries", 20),
    Column("technologies", 28),
    Column("capacity", 14),
    Column("commissioning_year", 12),
    Column("avoided", 16),
    Column("avoided_low", 16),
    Column("avoided_high", 16),
    Column("grade", 8),
    Column("emitted", 16),
    Column("claims_high", 10),
    Column("claims_low", 10),
    Column("claims_implausible", 10),
    Column("claims_consistent", 10),
    Column("claims_not_checkable", 10),
    Column("remarks", 60),
)
EVIDENCE = (
    Column("project_id", 16),
    Column("project", 30),
    Column("quantity_words", 30),
    Column("value", 16),
    Column("low", 16),
    Column("high", 16),
    Column("unit", 14),
    Column("grade", 8),
    Column("basis_words", 20),
    Column("quantity", 26),
    Column("method", 34),
)
AUDIT = (
    Column("project_id", 16),
    Column("project", 30),
    Column("claim_words", 28),
    Column("claimed", 16),
    Column("claimed_text", 18),
    Column("unit", 14),
    Column("estimate", 16),
    Column("low", 16),
    Column("high", 16),
    Column("ratio", 10),
    Column("verdict_words", 14),
    Column("verdict", 14),
    Column("reason", 70),
    Column("claim", 28),
    Column("quantity", 26),
)
CONSISTENCY = (
    Column("project_id", 16),
    Column("project", 30),
    Column("label", 34),
    Column("value", 14),
    Column("unit", 16),
    Column("low", 14),
    Column("high", 14),
    Column("verdict_words", 14),
    Column("verdict", 14),
    Column("reason", 70),
    Column("check", 24),
    Column("source", 40),
)
BASELINES = (
    Column("project_id", 16),
    Column("project", 30),
    Column("rank", 8),
    Column("candidate", 40),
    Column("kind", 20),
    Column("year", 8),
    Column("implied_generation", 18),
    Column("stated_generation", 18),
    Column("residual", 12),
    Column("claims_used", 10),
    Column("fits", 8),
    Column("note", 70),
)
ISSUES = (
    Column("severity_label", 12),
    Column("project_id", 16),
    Column("file", 20),
    Column("sheet", 14),
    Column("row", 8),
    Column("field_label", 22),
    Column("value", 20),
    Column("message", 80),
    Column("code", 24),
    Column("severity", 12),
)
METHODS = (
    Column("name", 30),
    Column("formula", 60),
    Column("unit", 14),
    Column("source", 60),
    Column("verified", 12),
    Column("method", 34),
)
SOURCES = (
    Column("source", 70),
    Column("clauses", 50),
    Column("what", 50),
    Column("years", 14),
    Column("projects", 10),
    Column("verified", 12),
    Column("address", 50),
)
