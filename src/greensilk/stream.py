"""Appraising tables too large to hold: batch in, evidence out, memory bounded.

A file of ten million rows is read, evaluated and written some 130,000 rows at a time. The result is
the evidence and the audit (Parquet), sums, and the issues counted by kind with the first of each
kind named; a page or workbook of millions of projects would serve nobody.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from greensilk.core.errors import Fault, OutputError, UnknownNameError
from greensilk.core.files import write_csv
from greensilk.core.languages import language_of_locale
from greensilk.core.text.columns import add_sentences
from greensilk.engine.aggregate import Sums, aggregate_table, totals_table
from greensilk.engine.evidence import evidence_schema
from greensilk.engine.explain import Node, explain_rows
from greensilk.engine.options import Options
from greensilk.engine.packaged import default_graph
from greensilk.engine.remarks import ISSUES, Remark, issue_row
from greensilk.engine.run import Output, Progress, partition_rows, run_partition
from greensilk.engine.summary import Counts, summary_table
from greensilk.judge import audit
from greensilk.output import label_issues, notebook_page, write_files
from greensilk.projects import Projects, iter_projects

__all__ = ["LARGE_FILES", "LARGE_ROWS", "LargeAppraisal", "appraise_large", "row_estimate"]

LARGE_FILES = (
    "evidence.parquet",
    "audit.parquet",
    "totals.csv",
    "aggregates.csv",
    "summary.csv",
    "issues.csv",
)
# beyond this many rows a table is appraised in parts
LARGE_ROWS = 500_000
# batches in flight: one evaluated on each core, one being read
IN_FLIGHT = 3
# of every kind of issue this many rows are named; all are counted
NAMED_ISSUES = 1000


@dataclass
class LargeAppraisal:
    """The result of appraising a file too large to hold; its long tables are files.

    ``evidence`` and ``audit`` are Arrow datasets (``.to_table(filter=...)``, ``.head(10)``) with
    the columns of the tables of :class:`~greensilk.appraisal.Appraisal`; ``totals``,
    ``aggregates``, ``aggregate(...)``, ``summary``, ``explain(...)`` and ``save(...)`` are as
    there. ``issues`` counts every kind of issue and names the first of each. The files are removed
    with the object unless they are saved.
    """

    settings: Options
    source: Path
    folder: Path = field(repr=False)
    sums: Sums = field(repr=False)
    counts: Counts = field(repr=False)
    issues: pa.Table = field(repr=False)
    evidence_rows: int = 0
    workspace: TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def evidence(self) -> ds.Dataset:
        """Return the evidence as a dataset, to be read in parts."""
        return ds.dataset(self.folder / "evidence.parquet")

    @property
    def audit(self) -> ds.Dataset:
        """Return one row per claim, with our estimate and the verdict, as a dataset."""
        return ds.dataset(self.folder / "audit.parquet")

    @property
    def project_count(self) -> int:
        """Return the number of projects."""
        return self.counts.counts.get("projects", 0)

    @cached_property
    def totals(self) -> pa.Table:
        """Return portfolio totals of additive headline quantities, by family and over all."""
        return totals_table(default_graph(self.settings.facts), self.sums)

    @cached_property
    def aggregates(self) -> pa.Table:
        """Return portfolio sums by the usual groupings, with correlated ranges."""
        return aggregate_table(default_graph(self.settings.facts), self.sums)

    @cached_property
    def summary(self) -> pa.Table:
        """Return counts, capacity and totals of the portfolio."""
        return summary_table(default_graph(self.settings.facts), self.counts, self.sums)

    def aggregate(self, *by: str) -> pa.Table:
        """Return portfolio sums by some of family, country and technology, or by grade."""
        return aggregate_table(default_graph(self.settings.facts), self.sums, [by])

    def explain(self, project: str, quantity: str) -> Node:
        """Return the tree behind one number; the file is read until the project comes.

        Raises
        ------
        UnknownNameError
            If there is no project of this id or whole name, or it has no such quantity.
        """
        for read in _read_batches(self.source, partition_rows(self.settings), strict=False):
            for name in ("project_id", "name", "name_zh"):
                if name in read.table.column_names:
                    column = read.table.column(name).cast(pa.string())
                    rows = read.table.filter(pc.equal(column, project))
                    if rows.num_rows:
                        return explain_rows(rows, project, quantity, self.settings)
        raise UnknownNameError("project", project, [])

    def save(
        self,
        out: str | Path,
        lang: str = "en",
        force: bool = False,
        progress: Progress | None = None,
    ) -> list[Path]:
        """Write evidence, audit, sums and issues to the folder ``out``; return the files.

        Raises
        ------
        OutputError
            If ``out`` holds such files and ``force`` is false, or cannot be written.
        """
        paths = write_files(
            Path(out),
            {
                "evidence.parquet": lambda path: _link(self.folder / "evidence.parquet", path),
                "audit.parquet": lambda path: _link(self.folder / "audit.parquet", path),
                "totals.csv": lambda path: write_csv(self.totals, path),
                "aggregates.csv": lambda path: write_csv(self.aggregates, path),
                "summary.csv": lambda path: write_csv(self.summary, path),
                "issues.csv": lambda path: write_csv(_count_issues(self.issues, lang), path),
            },
            force,
            progress,
        )
        self.folder = Path(out)
        if self.workspace is not None:
            self.workspace.cleanup()
            self.workspace = None
        return paths

    def _repr_html_(self) -> str:
        """Return the summary as a table, in the language of the system."""
        return notebook_page(self.summary, {}, language_of_locale(os.environ))


def _count_issues(issues: pa.Table, lang: str) -> pa.Table:
    """Return the issues in words, with the ``count`` of every kind beside its first row."""
    table = label_issues(issues, lang)
    names = ["count" if name == "projects" else name for name in table.column_names]
    columns = ("severity", "code", "count", "project_id", "row", "field", "value", "message")
    return table.rename_columns(names).select(list(columns))


def _link(source: Path, target: Path) -> None:
    """Put a file in a second place, without copying it where the disk allows."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def row_estimate(path: Path) -> int:
    """Return about how many rows a file holds: exact for Parquet, from a sample for CSV."""
    if not path.is_file():
        return 0
    if path.suffix.lower() in (".parquet", ".pq"):
        try:
            return int(pq.read_metadata(path).num_rows)
        except Exception:  # a broken file is reported when it is read
            return 0
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        with path.open("rb") as handle:
            sample = handle.read(1 << 20)
        lines = sample.count(b"\n")
        return int(path.stat().st_size / max(len(sample) / lines, 1.0)) if lines else 0
    return 0


def appraise_large(
    path: Path,
    *,
    options: Options,
    strict: bool = False,
    progress: Progress | None = None,
    workspace: Path | None = None,
) -> LargeAppraisal:
    """Appraise a Parquet or CSV file in batches.

    The rows of a project of several components must stand next to one another.

    Parameters
    ----------
    workspace
        Folder that holds the tables until they are saved; the system's temporary one if left out.
        Saving to the same disk copies nothing.

    Raises
    ------
    InputError
        If the file cannot be read, or has a fault and ``strict`` is set.
    OutputError
        If the disk of ``workspace`` is full or refuses.
    """
    root = workspace or Path(gettempdir())
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=".greensilk-", dir=root, ignore_cleanup_errors=True)
        try:
            result = _write_batches(path, Path(folder.name), options, strict, progress)
        except BaseException:
            folder.cleanup()
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("out_unwritten", path=str(root), reason=reason) from error
    result.workspace = folder
    return result


def _write_batches(
    path: Path, folder: Path, options: Options, strict: bool, progress: Progress | None
) -> LargeAppraisal:
    sums, counts, issues = Sums(), Counts(), _Issues()
    evidence_rows = 0
    audits: pq.ParquetWriter | None = None
    evidence_path = folder / "evidence.parquet"
    with pq.ParquetWriter(evidence_path, evidence_schema(), compression="zstd") as evidence:
        try:
            for read, output in _evaluate_batches(path, options, strict):
                evidence.write_table(output.evidence)
                sums.merge(output.sums)
                counts.merge(output.counts)
                issues.add(read.faults, output.remarks)
                # without claims one empty table is enough to show that there were none
                if read.claims.num_rows or audits is None:
                    checked = add_sentences(
                        audit(read.claims, output.evidence, read.table, {}).audit
                    )
                    if audits is None:
                        audits = pq.ParquetWriter(
                            folder / "audit.parquet", checked.schema, compression="zstd"
                        )
                    audits.write_table(checked.cast(audits.schema))
                evidence_rows += output.evidence.num_rows
                if progress:
                    progress(read.table.num_rows)
        finally:
            if audits is not None:
                audits.close()
    return LargeAppraisal(
        settings=options,
        source=path,
        folder=folder,
        sums=sums,
        counts=counts,
        issues=issues.table(),
        evidence_rows=evidence_rows,
    )


def _evaluate_batches(
    path: Path, options: Options, strict: bool
) -> Iterator[tuple[Projects, Output]]:
    """Yield batches with their results, in order, evaluating a few at a time."""
    waiting: deque[tuple[Projects, Future[Output]]] = deque()
    with ThreadPoolExecutor(IN_FLIGHT - 1) as pool:
        for read in _read_batches(path, partition_rows(options), strict):
            waiting.append((read, pool.submit(run_partition, read.table, options, 1)))
            if len(waiting) >= IN_FLIGHT:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _read_batches(path: Path, rows: int, strict: bool) -> Iterator[Projects]:
    """Yield batches that split no project: the last project of a batch waits for the next."""
    rest: tuple[pa.Table, pa.Table] | None = None
    for read in iter_projects(path, rows_per_batch=rows, strict=strict):
        table, claims = read.table, read.claims
        if rest is not None:
            table = pa.concat_tables([rest[0], table], promote_options="default")
            claims = pa.concat_tables([rest[1], claims], promote_options="default")
            rest = None
        if table.num_rows == 0:
            yield Projects(table=table, claims=claims, faults=read.faults)
            continue
        last = table.column("project_id")[-1]
        staying = pc.not_equal(table.column("project_id"), last)
        if table.column("component")[-1].as_py():
            rest = (
                table.filter(pc.invert(staying)),
                claims.filter(pc.equal(claims.column("project_id"), last)),
            )
            table = table.filter(staying)
            claims = claims.filter(pc.not_equal(claims.column("project_id"), last))
        yield Projects(table=table, claims=claims, faults=read.faults)
    if rest is not None:
        yield Projects(table=rest[0], claims=rest[1], faults=[])


class _Issues:
    """Counts of every kind of issue, and the first rows of each."""

    def __init__(self) -> None:
        self.counts: dict[tuple[object, ...], int] = {}
        self.named: dict[tuple[object, ...], list[Fault]] = {}

    def add(self, faults: list[Fault], remarks: list[Remark]) -> None:
        for fault in faults:
            key: tuple[object, ...] = (fault.code, fault.field)
            self.counts[key] = self.counts.get(key, 0) + 1
            named = self.named.setdefault(key, [])
            if len(named) < NAMED_ISSUES:
                named.append(fault)
        for remark in remarks:
            key = remark.key
            self.counts[key] = self.counts.get(key, 0) + len(remark.projects)
            if key not in self.named:
                self.named[key] = [remark.as_fault()]

    def table(self) -> pa.Table:
        """Return the issues; ``projects`` of the first of a kind counts the kind."""
        rows: list[Mapping[str, object]] = []
        for key, faults in self.named.items():
            for index, fault in enumerate(faults):
                row = issue_row(fault)
                rows.append({**row, "projects": self.counts[key] if index == 0 else None})
        return pa.Table.from_pylist(rows, schema=ISSUES)
