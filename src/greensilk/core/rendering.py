"""How a result of any room becomes a file or a page: it has a document, and the renderers know it.

The renderers stand in the report, above the rooms whose results they print. So this module names
them and loads them when something is saved: the one import upwards in the house.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from greensilk.core.document import Document

__all__ = ["RENDERERS", "Printable"]

RENDERERS = "greensilk.report.render"


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
            File to write: ``.html``, ``.pdf``, ``.xlsx``, ``.json`` or ``.docx``.
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
        written: Path = import_module(RENDERERS).write(self.document, path, lang, force=force)
        return written

    def _repr_html_(self) -> str:
        page: str = import_module(RENDERERS).render_notebook(self.document)
        return page
