"""Appraise a table of projects: the one call behind the command, the page and the notebook.

result = appraise("projects.xlsx")
result.evidence                                  # value, range, unit, method, grade, basis
result.audit                                     # claims beside our estimate, and a verdict
print(result.explain("karot", "emission_reductions"))
result.save("result", lang="zh")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import Fault, GreenSilkError, InputError, UnknownNameError
from greensilk.engine.options import Options

if TYPE_CHECKING:
    from greensilk.core.quantity import Quantity
    from greensilk.engine.explain import Node
    from greensilk.engine.run import Output, Progress

__all__ = ["Appraisal", "appraise", "explain"]


@dataclass
class Appraisal:
    """The result of an appraisal.

    Attributes
    ----------
    evidence
        Arrow table, one row per project and quantity (see :mod:`greensilk.engine.evidence`).
    components
        The projects as read, one row per component.
    totals
        Portfolio totals of additive headline quantities, by family and (family blank) over all.
    settings
        The options of the appraisal.
    faults
        What was wrong with the input.
    """

    components: Any = field(repr=False)
    claims: Any = field(repr=False)
    evidence: Any = field(repr=False)
    totals: Any = field(repr=False)
    settings: Options
    faults: list[Fault] = field(repr=False)
    output: Output = field(repr=False)

    @property
    def options(self) -> Mapping[str, Any]:
        """Return the options and the version, as printed with every result."""
        from greensilk import __version__

        return {**self.settings.as_dict(), "version": __version__}

    @cached_property
    def projects(self) -> Any:
        """Return one row per project, with its ``family`` and number of ``components``.

        A project of several components is described by its row without a component name where
        there is one, else by the first; its capacity is the sum and its technology ``hybrid`` if
        the components differ.
        """
        from greensilk.engine.run import describe_projects

        return describe_projects(self.components)

    @cached_property
    def judgement(self) -> Any:
        """Return the audit of the claims: verdicts, consistency, and baselines that fit."""
        from greensilk.judge import audit

        return audit(self.claims, self.evidence, self.components, self.missing)

    @property
    def audit(self) -> Any:
        """Return one row per claim with our estimate, the verdict and its reason."""
        return self.judgement.audit

    @property
    def consistency(self) -> Any:
        """Return what the claims of a project imply of one another."""
        return self.judgement.consistency

    @property
    def baselines(self) -> Any:
        """Return the factor sets that reproduce a project's claims, best first."""
        return self.judgement.baselines

    @cached_property
    def missing(self) -> dict[tuple[str, str], str]:
        """Return the inputs each missing headline result lacks, by (project, quantity)."""
        ids = self.output.projects.to_pylist()
        return {
            (ids[place], remark.name): remark.detail
            for remark in self.output.remarks
            if remark.code == "not_computed"
            for place in remark.projects
        }

    @property
    def issues(self) -> Sequence[Fault]:
        """Return the input's faults, and one entry per assumption or missing result.

        An entry that concerns several projects names their number; :meth:`issues_table` has a row
        for each of them.
        """
        ids = self.output.projects
        return [
            *self.faults,
            *(
                remark.as_fault(
                    ids[int(remark.projects[0])].as_py() if len(remark.projects) == 1 else ""
                )
                for remark in self.output.remarks
            ),
        ]

    @cached_property
    def methods(self) -> list[Quantity]:
        """Return the formulas that were used, in the order of the evidence."""
        from greensilk.engine.run import default_graph

        used = set(self.evidence.column("method").unique().to_pylist())
        return [record for record in default_graph().formulas if record.method in used]

    def explain(self, project_id: str, quantity: str) -> Node:
        """Return the tree behind one number (see :class:`greensilk.engine.explain.Node`)."""
        from greensilk.engine.run import explain_rows

        return explain_rows(self.components, project_id, quantity, self.settings)

    def issues_table(self, lang: str = "en") -> Any:
        """Return what was assumed, doubtful or refused, a row per project and matter."""
        from greensilk.output import issues_table

        return issues_table(self, lang)

    def to_html(self, path: str | Path | None = None, lang: str = "en") -> str:
        """Return the report as one HTML page; write it to ``path`` if given."""
        from greensilk.report import render_html

        page: str = render_html(self, lang)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def to_xlsx(self, path: str | Path, lang: str = "en") -> None:
        """Write the report as a workbook."""
        from greensilk.report import write_xlsx

        write_xlsx(self, Path(path), lang)

    def save(
        self,
        out: str | Path,
        lang: str = "en",
        force: bool = False,
        progress: Progress | None = None,
    ) -> list[Path]:
        """Write evidence, audit, issues and reports to the folder ``out``; return the files.

        Raises
        ------
        OutputError
            If ``out`` holds such files and ``force`` is false, or cannot be written.
        """
        from greensilk.output import save

        return save(self, Path(out), lang, force, progress)


def appraise(
    source: Any,
    *,
    options: Options | None = None,
    engine: str = "local",
    strict: bool = False,
    progress: Progress | None = None,
    **choices: Any,
) -> Appraisal:
    """Appraise a file or a table of projects.

    Parameters
    ----------
    source
        Path of a CSV, XLSX, Parquet or GeoJSON file; a pandas, Polars or Arrow table; or what
        :func:`greensilk.read_projects` returned.
    options
        An :class:`Options`; or give its fields by name: ``draws=200, baseline="tool07"``.
    engine
        ``local``, ``dask`` or ``dask=ADDRESS``.
    strict
        Raise on the first faulty row's file instead of leaving faulty rows out.

    Raises
    ------
    InputError
        If the file cannot be read at all, or has faults and ``strict`` is set; it names them all.
    """
    from greensilk.engine.run import run_local, totals
    from greensilk.projects import Projects, read_projects

    settings = options or _options(choices)
    if options is not None and choices:
        raise GreenSilkError(f"give options or {', '.join(choices)}, not both")
    read = source if isinstance(source, Projects) else read_projects(source, strict=strict)
    if read.table.num_rows == 0 and read.faults:
        raise InputError(read.faults)
    name, _, address = engine.partition("=")
    if name == "local":
        output = run_local(read.table, settings, progress)
    elif name == "dask":
        from greensilk.engine.cluster import run_dask

        output = run_dask(read.table, settings, address or None, progress)
    else:
        raise GreenSilkError(
            f"engine {engine!r}: expected local, dask or dask=ADDRESS",
            f"引擎 {engine!r}：应为 local、dask 或 dask=地址",
        )
    return Appraisal(
        components=read.table,
        claims=read.claims,
        evidence=output.evidence,
        totals=totals(output),
        settings=settings,
        faults=list(read.faults),
        output=output,
    )


def explain(source: Any, project_id: str, quantity: str, **choices: Any) -> Node:
    """Return the tree behind one number of one project of a file or table."""
    from greensilk.engine.run import explain_rows
    from greensilk.projects import Projects, read_projects

    read = source if isinstance(source, Projects) else read_projects(source)
    return explain_rows(read.table, project_id, quantity, _options(choices))


def _options(choices: dict[str, Any]) -> Options:
    unknown = set(choices) - set(Options.names())
    if unknown:
        raise UnknownNameError("option", sorted(unknown)[0], Options.names())
    return Options(**choices)
