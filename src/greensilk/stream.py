"""Appraising tables too large to hold: batch in, evidence out, memory bounded.

A file of ten million rows is read, evaluated and written some 130,000 rows at a time. The result is
the evidence and the audit (Parquet), the portfolio totals, and the issues counted by kind with
the first of each kind named; a page or workbook of millions of projects would serve nobody.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greensilk.core.errors import Fault
from greensilk.engine.options import Options
from greensilk.engine.run import Output, Progress, partition_rows, run_partition

__all__ = ["LARGE_ROWS", "Summary", "appraise_large", "row_estimate"]

FILES = ("evidence.parquet", "audit.parquet", "totals.csv", "issues.csv")
# beyond this many rows a table is appraised in parts
LARGE_ROWS = 500_000
# batches in flight: one evaluated on each core, one being read
IN_FLIGHT = 3
# of every kind of issue this many rows are named; all are counted
NAMED_ISSUES = 1000


@dataclass(slots=True)
class Summary:
    """What a large appraisal did."""

    out: Path
    projects: int = 0
    evidence_rows: int = 0
    issues: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Return the outcome in one line and the folder."""
        from greensilk.core.text import text

        line = text(
            "cli.large",
            lang,
            projects=f"{self.projects:,}",
            rows=f"{self.evidence_rows:,}",
            files=", ".join(FILES),
        )
        return f"{line}\n{self.out}"


def row_estimate(path: Path) -> int:
    """Return about how many rows a file holds: exact for Parquet, from a sample for CSV."""
    if not path.is_file():
        return 0
    if path.suffix.lower() in (".parquet", ".pq"):
        import pyarrow.parquet as pq

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
    out: Path,
    *,
    options: Options,
    lang: str = "en",
    force: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Appraise a Parquet or CSV file in batches and write the result to ``out``.

    The rows of a project of several components must stand next to one another.

    Raises
    ------
    InputError
        If the file cannot be read, or has a fault and ``strict`` is set.
    OutputError
        If ``out`` holds results without ``force``, or cannot be written.
    """
    import pyarrow.parquet as pq

    from greensilk.core.files import staged, write_csv
    from greensilk.engine.evaluate import Sums
    from greensilk.engine.evidence import evidence_schema, totals_table
    from greensilk.engine.run import default_graph

    summary = Summary(out)
    sums = Sums()
    issues = _Issues()
    audits: Any = None
    with staged(out, FILES, force) as folder:
        with pq.ParquetWriter(
            folder / "evidence.parquet", evidence_schema(), compression="zstd"
        ) as evidence:
            try:
                for read, output in _evaluated(path, options, strict):
                    evidence.write_table(output.evidence)
                    sums.merge(output.sums)
                    issues.add(read.faults, output)
                    # without claims one empty table is enough to show that nothing was claimed
                    if read.claims.num_rows or audits is None:
                        checked = _audit(read, output)
                        if audits is None:
                            audits = pq.ParquetWriter(
                                folder / "audit.parquet", checked.schema, compression="zstd"
                            )
                        audits.write_table(checked.cast(audits.schema))
                    summary.projects += len(output.projects)
                    summary.evidence_rows += output.evidence.num_rows
                    if progress:
                        progress(read.table.num_rows)
            finally:
                if audits is not None:
                    audits.close()
        write_csv(totals_table(default_graph(), sums), folder / "totals.csv")
        write_csv(issues.table(lang), folder / "issues.csv")
    summary.issues = issues.counts
    return summary


def _evaluated(path: Path, options: Options, strict: bool) -> Iterator[tuple[Any, Output]]:
    """Yield batches with their results, in order, evaluating a few at a time."""
    waiting: deque[tuple[Any, Future[Output]]] = deque()
    with ThreadPoolExecutor(IN_FLIGHT - 1) as pool:
        for read in _whole_projects(path, partition_rows(options), strict):
            waiting.append((read, pool.submit(run_partition, read.table, options, 1)))
            if len(waiting) >= IN_FLIGHT:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _whole_projects(path: Path, rows: int, strict: bool) -> Iterator[Any]:
    """Yield batches that split no project: the last project of a batch waits for the next."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from greensilk.projects import Projects, iter_projects

    held: Any = None
    held_claims: Any = None
    for read in iter_projects(path, rows_per_batch=rows, strict=strict):
        table, claims = read.table, read.claims
        if held is not None:
            table = pa.concat_tables([held, table], promote_options="default")
            claims = pa.concat_tables([held_claims, claims], promote_options="default")
            held = None
        if table.num_rows == 0:
            yield Projects(table=table, claims=claims, faults=read.faults)
            continue
        last = table.column("project_id")[-1]
        staying = pc.not_equal(table.column("project_id"), last)
        if table.column("component")[-1].as_py():
            held = table.filter(pc.invert(staying))
            held_claims = claims.filter(pc.equal(claims.column("project_id"), last))
            table = table.filter(staying)
            claims = claims.filter(pc.not_equal(claims.column("project_id"), last))
        yield Projects(table=table, claims=claims, faults=read.faults)
    if held is not None:
        yield Projects(table=held, claims=held_claims, faults=[])


def _audit(read: Any, output: Output) -> Any:
    from greensilk.judge import audit

    return audit(read.claims, output.evidence, read.table, {}).audit


class _Issues:
    """Counts of every kind of issue, and the first rows of each."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str, str], int] = {}
        self.named: dict[tuple[str, str, str], list[Fault]] = {}

    def add(self, faults: list[Fault], output: Output) -> None:
        for fault in faults:
            key = (fault.code, fault.field, "")
            self.counts[key] = self.counts.get(key, 0) + 1
            kept = self.named.setdefault(key, [])
            if len(kept) < NAMED_ISSUES:
                kept.append(fault)
        for remark in output.remarks:
            key = (remark.code, remark.name, remark.detail)
            self.counts[key] = self.counts.get(key, 0) + len(remark.projects)
            if key not in self.named:
                self.named[key] = [remark.as_fault()]

    def table(self, lang: str) -> Any:
        import pyarrow as pa

        rows = [
            {
                "severity": fault.severity,
                "code": fault.code,
                "count": self.counts[key] if place == 0 else None,
                "project_id": fault.project_id,
                "row": fault.row,
                "field": fault.field,
                "value": fault.value,
                "message": fault.message(lang),
            }
            for key, faults in self.named.items()
            for place, fault in enumerate(faults)
        ]
        kinds = [
            (name, pa.int64() if name in ("count", "row") else pa.string())
            for name in (
                "severity", "code", "count", "project_id", "row", "field", "value", "message",
            )
        ]  # fmt: skip
        return pa.Table.from_pylist(rows, schema=pa.schema(kinds))
