"""Writing a guide in the form that the name of the file asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from greensilk.core.errors import OutputError
from greensilk.report.country.model import CountryGuide

__all__ = ["FORMS", "check_target", "write_guide"]

FORMS = (".html", ".pdf", ".xlsx", ".json")


def check_target(path: str | Path, force: bool = False) -> Path:
    """Return the path if a guide can be written to it; to be asked before the work is done.

    Raises
    ------
    OutputError
        If the ending of the name is none of :data:`FORMS`, the folder does not exist, or the file
        exists and ``force`` is false.
    """
    target = Path(path)
    if target.suffix.lower() not in FORMS:
        raise OutputError(f"{target}: the name must end in {', '.join(FORMS)}")
    if not target.parent.is_dir():
        raise OutputError(f"{target.parent} is no folder; create it first")
    if target.exists() and not force:
        raise OutputError(f"{target} exists already; choose another name or add --force")
    return target


def write_guide(
    guide: CountryGuide, path: str | Path, lang: str = "en", *, force: bool = False
) -> Path:
    """Write the guide as HTML, PDF, XLSX or JSON, by the ending of ``path``; return the path.

    Raises
    ------
    OutputError
        As :func:`check_target`, if the file cannot be written, or if a PDF finds no Chinese font.
    """
    target = check_target(path, force)
    return _writer(target.suffix.lower())(guide, target, lang)


def _writer(suffix: str) -> Callable[[CountryGuide, Path, str], Path]:
    if suffix == ".pdf":
        from greensilk.report.country.pdf import write_pdf

        return write_pdf
    if suffix == ".xlsx":
        from greensilk.report.country.xlsx import write_xlsx

        return write_xlsx
    if suffix == ".json":
        from greensilk.report.country.data import write_json

        return write_json
    from greensilk.report.country.html import write_html

    return write_html
