"""Appraise a table of projects: the one call behind the command, the page and the notebook.

result = appraise("projects.xlsx")
result.evidence                                  # value, range, unit, method, grade, basis
result.audit                                     # claims beside our estimate, and a verdict
print(result.explain("karot", "emission_reductions"))
result.save("result", lang="zh")
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from greensilk import report
from greensilk.core.document import Document
from greensilk.core.errors import Fault, InputError, OptionError
from greensilk.core.files import write_csv
from greensilk.core.findings import fault_finding, findings_table
from greensilk.core.languages import language_of_locale
from greensilk.core.quantity import Quantity
from greensilk.core.text import Names
from greensilk.core.text.columns import add_sentences
from greensilk.core.version import __version__
from greensilk.demo import projects_path
from greensilk.engine.aggregate import aggregate_table, totals_table
from greensilk.engine.components import HYBRID
from greensilk.engine.evidence import with_names
from greensilk.engine.explain import Node, explain_rows, find_project, project_parts
from greensilk.engine.graph import Graph
from greensilk.engine.options import Options
from greensilk.engine.packaged import default_graph
from greensilk.engine.remarks import issues_table, missing_inputs, remark_findings
from greensilk.engine.run import Output, Progress, run_local
from greensilk.engine.sensitivity import By, project_sensitivity, sensitivity_table
from greensilk.engine.summary import (
    caution_findings,
    describe_projects,
    grades_table,
    summary_table,
)
from greensilk.judge import AuditResult, audit
from greensilk.output import add_labels, label_issues, notebook_page, write_files
from greensilk.projects import Projects, Reading, read_projects
from greensilk.stream import LARGE_ROWS, LargeAppraisal, appraise_large, row_estimate

__all__ = ["Appraisal", "appraise", "explain"]


@dataclass
class Appraisal:
    """The result of an appraisal.

    Tables are Arrow tables of codes and parameters; words are added when they are saved or shown.

    Attributes
    ----------
    components
        The projects as read, one row per component.
    projects
        One row per project: name, country, technology, family, capacity, number of components.
    evidence
        One row per project and quantity: ``project_id, quantity, value, low, high, unit, method,
        grade, basis`` (see :mod:`greensilk.engine.evidence`); ``evidence_table(names=True)`` has
        names and countries beside the ids.
    totals
        Portfolio totals of additive headline quantities, by family and (family blank) over all:
        ``quantity, family, value, low, high, unit, projects``.
    aggregates
        The same sums over all, by family, country, technology, country x technology, and grade,
        each with a correlated range: ``quantity, family, country, technology, grade, value, low,
        high, unit, projects``; blank (an absent grade) means all. ``aggregate("family",
        "country")`` gives any other combination.
    summary
        What the portfolio is: ``quantity, value, low, high, unit, projects`` with the rows
        ``projects, countries, projects_with_results, projects_without_results, capacity``,
        cautions (``shallow_reservoirs, near_zero_grids``: reductions of the projects concerned),
        projects that do not run and are in no total (``apart_construction, apart_planned,
        apart_retired, apart_cancelled, apart_unknown``: their reductions),
        and the totals over all projects.
    grades
        How many results have each data-quality grade: ``quantity`` (blank: all), ``grade``,
        ``results``.
    sensitivity(quantity, project="", by="fact")
        How much each uncertain fact moves a total or a project (see
        :mod:`greensilk.engine.sensitivity`).
    findings
        All verdicts, checks, assumptions and faults: the table of :mod:`greensilk.core.findings`.
    claims, audit, consistency, baselines
        The claims of the file, and what :mod:`greensilk.judge` says of them.
    issues
        The input's faults and the engine's remarks; ``issues_table()`` as codes and parameters.
    methods
        The formulas that were used.
    settings, options
        The options; with the version, as printed with every result.
    faults
        What was wrong with the input.
    reading
        How the file was understood: columns, rows left out and why, totals.
    """

    components: pa.Table = field(repr=False)
    claims: pa.Table = field(repr=False)
    evidence: pa.Table = field(repr=False)
    settings: Options
    faults: list[Fault] = field(repr=False)
    output: Output = field(repr=False)
    reading: Reading = field(default_factory=Reading, repr=False)

    @property
    def _graph(self) -> Graph:
        return default_graph(self.settings.facts)

    @property
    def options(self) -> Mapping[str, str | int]:
        """Return the options and the version, as printed with every result."""
        return {**self.settings.as_dict(), "version": __version__}

    @cached_property
    def projects(self) -> pa.Table:
        """Return one row per project, with its ``family`` and number of ``components``."""
        return describe_projects(self.components)

    @cached_property
    def totals(self) -> pa.Table:
        """Return portfolio totals of additive headline quantities, by family and over all."""
        return totals_table(self._graph, self.output.sums)

    @cached_property
    def aggregates(self) -> pa.Table:
        """Return portfolio sums by the usual groupings, with correlated ranges."""
        return aggregate_table(self._graph, self.output.sums)

    def aggregate(self, *by: str) -> pa.Table:
        """Return portfolio sums by some of family, country and technology, or by grade.

        Raises
        ------
        UnknownNameError
            If there is no such grouping.
        """
        return aggregate_table(self._graph, self.output.sums, [by])

    @cached_property
    def summary(self) -> pa.Table:
        """Return counts, capacity, cautions and totals of the portfolio."""
        return summary_table(self._graph, self.output.counts, self.output.sums)

    @cached_property
    def grades(self) -> pa.Table:
        """Return how many results have each data-quality grade."""
        return grades_table(self.evidence)

    def sensitivity(self, quantity: str, project: str = "", by: By = "fact") -> pa.Table:
        """Return how much each uncertain fact moves a quantity, the widest swing first.

        Parameters
        ----------
        quantity
            Code of the quantity.
        project
            Id or name of a project; the portfolio's total if left out.
        by
            ``fact``: a row for each figure; ``name``: for all figures of one name.

        Raises
        ------
        GreenSilkError
            If there is no such result, or it cannot be added over projects.
        """
        if not project:
            return sensitivity_table(
                self.components, self.evidence, self.totals, quantity, self.settings, by
            )
        rows = find_project(self.components, project)
        subject = str(rows.column("project_id")[0])
        parts = [(family, batch) for _, family, batch in project_parts(rows, self.settings)]
        return project_sensitivity(self._graph, subject, parts, quantity, by)

    @cached_property
    def judgement(self) -> AuditResult:
        """Return the audit of the claims: verdicts, consistency, and baselines that fit."""
        return audit(self.claims, self.evidence, self.components, self.missing)

    @property
    def audit(self) -> pa.Table:
        """Return one row per claim with our estimate, the verdict and its reason."""
        return self.judgement.audit

    @property
    def consistency(self) -> pa.Table:
        """Return what the claims of a project imply of one another."""
        return self.judgement.consistency

    @property
    def baselines(self) -> pa.Table:
        """Return the factor sets that reproduce a project's claims, best first."""
        return self.judgement.baselines

    @cached_property
    def findings(self) -> pa.Table:
        """Return verdicts, checks, assumptions, missing results and faults of the input."""
        return pa.concat_tables(
            [
                self.judgement.findings,
                remark_findings(self.output.remarks, self.output.projects),
                caution_findings(self.evidence),
                findings_table(fault_finding(fault) for fault in self.faults),
            ]
        )

    @cached_property
    def missing(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the inputs each missing headline result lacks, by (project, quantity)."""
        return missing_inputs(self.output.remarks, self.output.projects)

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

    def issues_table(self, lang: str = "") -> pa.Table:
        """Return what was assumed, doubtful or refused, a row per project and matter.

        Codes and parameters; with labels and messages where ``lang`` is given.
        """
        table = issues_table(self.faults, self.output.remarks, self.output.projects)
        return label_issues(table, lang) if lang else table

    @cached_property
    def methods(self) -> list[Quantity]:
        """Return the formulas that were used, in the order of the evidence."""
        used = set(self.evidence.column("method").unique().to_pylist())
        families = self.projects.column("family").unique().to_pylist()
        records = [record for record in self._graph.formulas if record.method in used]
        # a project of several kinds uses formulas of all of them
        if HYBRID in families:
            return records
        return [record.narrowed(families) for record in records]

    def explain(self, project: str, quantity: str) -> Node:
        """Return the tree behind one number (see :class:`greensilk.engine.explain.Node`).

        Parameters
        ----------
        project
            Id of a project, its name in any language, or a part of it that no other name has.
        quantity
            Code of a quantity or its label in any language.

        Raises
        ------
        UnknownNameError
            If there is none or several; the message lists the nearest names.
        """
        return explain_rows(self.components, project, quantity, self.settings)

    def evidence_table(self, names: bool = False) -> pa.Table:
        """Return the evidence; with ``names`` the project's names and country beside its id."""
        return with_names(self.evidence, self.projects) if names else self.evidence

    @cached_property
    def document(self) -> Document:
        """Return the report as a document, which has no language and no layout yet."""
        return report.appraisal_view(self)

    def to_html(self, path: str | Path | None = None, lang: str = "en") -> str:
        """Return the report as one HTML page; write it to ``path`` if given."""
        page: str = report.render_html(self.document, lang)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def to_xlsx(self, path: str | Path, lang: str = "en") -> None:
        """Write the report as a workbook."""
        report.write(self.document, path, lang, force=True)

    def save(
        self,
        out: str | Path,
        lang: str = "en",
        force: bool = False,
        progress: Progress | None = None,
        names: bool = False,
    ) -> list[Path]:
        """Write evidence, audit, issues and reports to the folder ``out``; return the files.

        ``names`` puts names and countries of projects into ``evidence.csv``; ``progress`` is called
        with 1 after each file.

        Raises
        ------
        OutputError
            If ``out`` holds such files and ``force`` is false, or cannot be written.
        """
        evidence = self.evidence_table(names)
        return write_files(
            Path(out),
            {
                "evidence.parquet": lambda path: pq.write_table(
                    self.evidence, path, compression="zstd"
                ),
                "evidence.csv": lambda path: write_csv(
                    add_labels(evidence, lang, ("quantity", "basis")), path
                ),
                "audit.csv": lambda path: write_csv(
                    add_labels(add_sentences(self.audit), lang, ("claim", "quantity", "verdict")),
                    path,
                ),
                "issues.csv": lambda path: write_csv(self.issues_table(lang), path),
                "report.html": lambda path: self.to_html(path, lang),
                "report.xlsx": lambda path: self.to_xlsx(path, lang),
            },
            force,
            progress,
        )

    def _repr_html_(self) -> str:
        """Return summary and verdicts as a table, in the language of the system."""
        verdicts = Counter(self.audit.column("verdict").to_pylist())
        return notebook_page(
            self.summary, dict(verdicts.most_common()), language_of_locale(os.environ)
        )


def appraise(
    source: object,
    *,
    options: Options | None = None,
    engine: str = "local",
    strict: bool = False,
    progress: Progress | None = None,
    workspace: str | Path | None = None,
    **choices: object,
) -> Appraisal | LargeAppraisal:
    """Appraise a file or a table of projects.

    Parameters
    ----------
    source
        Path of a CSV, XLSX, Parquet or GeoJSON file; a pandas, Polars or Arrow table; a dict of
        columns or a list of dicts; or what :func:`greensilk.read_projects` returned. A CSV or
        Parquet file of more than 500,000 rows is appraised in parts, on this machine.
    options
        An :class:`Options`; or give its fields by name: ``draws=200, baseline="tool07"``.
    engine
        ``local``, ``dask`` or ``dask=ADDRESS``.
    strict
        Raise on the first faulty row's file instead of leaving faulty rows out.
    progress
        Called with the number of rows done since the last call.
    workspace
        Folder for the tables of a file too large to hold, until they are saved.

    Returns
    -------
    Appraisal
        Or a :class:`~greensilk.stream.LargeAppraisal`, whose long tables are files.

    Raises
    ------
    InputError
        If the file cannot be read at all, or has faults and ``strict`` is set; it names them all.
    OptionError
        If an option cannot be taken.
    """
    if options is not None and choices:
        raise OptionError("options_twice", names=Names(tuple(sorted(choices))))
    settings = options or Options.of(choices)
    name, _, address = engine.partition("=")
    if name not in ("local", "dask"):
        raise OptionError("engine_unknown", engine=engine)
    if isinstance(source, str | os.PathLike) and row_estimate(Path(source)) > LARGE_ROWS:
        return appraise_large(
            Path(source),
            options=settings,
            strict=strict,
            progress=progress,
            workspace=None if workspace is None else Path(workspace),
        )
    read = source if isinstance(source, Projects) else read_projects(source, strict=strict)
    if read.table.num_rows == 0 and read.faults:
        raise InputError(read.faults)
    if name == "dask":
        # an extra: its modules are loaded only where it is asked for
        from greensilk.engine.cluster import run_dask

        output = run_dask(read.table, settings, address or None, progress)
    else:
        output = run_local(read.table, settings, progress)
    return Appraisal(
        components=read.table,
        claims=read.claims,
        evidence=output.evidence,
        settings=settings,
        faults=list(read.faults),
        output=output,
        reading=read.reading,
    )


def explain(source: object, project: str, quantity: str, **choices: object) -> Node:
    """Return the tree behind one number of one project of a file or table.

    Project and quantity are named as in :meth:`Appraisal.explain`.
    """
    read = source if isinstance(source, Projects) else read_projects(source)
    return explain_rows(read.table, project, quantity, Options.of(choices))


def example() -> Appraisal | LargeAppraisal:
    """Return the appraisal of the packaged projects, on which the views are tried."""
    with projects_path() as path:
        return appraise(path, draws=60)
