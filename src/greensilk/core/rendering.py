"""How a result of any room becomes a file or a page: it has a document, and the renderers know it.

The renderers stand in the report, above the rooms whose results they print. So this module names
them and loads them when something is saved or shown: the one import upwards in the house.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from greensilk.core.document import Document

__all__ = ["RENDERERS", "Printable", "Renderers", "load_renderers"]

RENDERERS = "greensilk.report.render"


class Renderers(Protocol):
    """What the package of renderers offers to the rooms below it."""

    def check_target(self, path: str | Path, force: bool = False) -> Path:
        """Return the path if a document can be written to it; to be asked before the work."""

    def write(
        self, document: Document, path: str | Path, lang: str = "en", *, force: bool = False
    ) -> Path:
        """Write a document in the form that the ending of ``path`` asks for."""

    def render_notebook(self, document: Document, lang: str = "en") -> str:
        """Return a document for the cell of a notebook."""

    def render_terminal(self, document: Document, lang: str = "en") -> str:
        """Return a document as plain text; sections that open on demand are left out."""


def load_renderers() -> Renderers:
    """Return the renderers."""
    return cast("Renderers", import_module(RENDERERS))


class Printable:
    """A result that can be read: its ``document``, the file it is saved in, the page of a notebook.

    A room's result inherits from this and defines :attr:`document`.
    """

    __slots__ = ()

    @property
    def document(self) -> Document:
        """The result as a document, free of language and layout."""
        raise NotImplementedError

    def save(self, path: str | Path, lang: str = "en", *, force: bool = False) -> Path:
        """Write the result to ``path`` and return it; the ending of the name is the form.

        Parameters
        ----------
        path
            File to write: ``.html``, ``.pdf``, ``.xlsx``, ``.json``, ``.docx`` or ``.txt``.
        lang
            ``en`` or ``zh``.
        force
            Replace an earlier file.

        Raises
        ------
        OutputError
            If no form has that ending, the folder does not exist, the file exists and ``force`` is
            false, or it cannot be written.
        """
        return load_renderers().write(self.document, path, lang, force=force)

    def _repr_html_(self) -> str:
        return load_renderers().render_notebook(self.document)
