"""The country guide: what a developer of projects must know before entering a country.

:func:`gather` collects it from the facts and the reference tables; the writers set it as a page
(HTML, opens offline), a document (PDF), a workbook (XLSX) or data (JSON).
"""

from __future__ import annotations

from greensilk.report.country.guide import gather
from greensilk.report.country.model import CountryGuide

__all__ = ["CountryGuide", "gather"]
