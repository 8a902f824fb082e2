"""Writing a document in the form that the name of the file asks for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from greensilk.core.document import Document
from greensilk.core.errors import OutputError
from greensilk.core.languages import check_language

__all__ = ["FORMS", "check_target", "write"]

# ending -> the function that renders it; typst, python-docx and the others load when one is asked
_RENDERERS = {
    ".html": "html:render_html",
    ".pdf": "pdf:render_pdf",
    ".xlsx": "",
    ".docx": "docx:render_docx",
    ".json": "json:render_json",
    ".txt": "terminal:render_terminal",
}
FORMS = tuple(_RENDERERS)


def check_target(path: str | Path, force: bool = False) -> Path:
    """Return the path if a document can be written to it; to be asked before the work is done.

    Raises
    ------
    OutputError
        If the ending of the name is none of :data:`FORMS`, the folder does not exist, or the file
        exists and ``force`` is false.
    """
    target = Path(path)
    if target.suffix.lower() not in FORMS:
        raise OutputError("out_form", path=str(target), forms=", ".join(FORMS))
    if not target.parent.is_dir():
        raise OutputError("out_no_folder", path=str(target.parent))
    if target.exists() and not force:
        raise OutputError("out_exists", path=str(target))
    return target


def write(document: Document, path: str | Path, lang: str = "en", *, force: bool = False) -> Path:
    """Write a document as HTML, PDF, XLSX, DOCX, JSON or text, by the ending of ``path``.

    Raises
    ------
    OutputError
        As :func:`check_target`, if the file cannot be written, or if a PDF finds no Chinese font.
    UnknownNameError
        If ``lang`` is neither ``en`` nor ``zh``.
    """
    target = check_target(path, force)
    check_language(lang)
    suffix = target.suffix.lower()
    try:
        if suffix == ".xlsx":
            import_module("greensilk.report.render.xlsx").write_xlsx(document, target, lang)
        else:
            made = _renderer(suffix)(document, lang)
            target.write_bytes(made.encode("utf-8") if isinstance(made, str) else made)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("out_unwritten", path=str(target), reason=reason) from error
    return target


def _renderer(suffix: str) -> Callable[[Document, str], str | bytes]:
    module, _, name = _RENDERERS[suffix].partition(":")
    renderer: Callable[[Document, str], str | bytes] = getattr(
        import_module(f"greensilk.report.render.{module}"), name
    )
    return renderer
