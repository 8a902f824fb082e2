"""The engine on the 34,936 plants of the Global Power Plant Database, against a loop and a floor.

- the *loop* calls the same formulas project by project, with Python floats;
- the *floor* is the same arithmetic with no engine: every figure already looked up, blocks of rows,
  draws, formulas, percentiles, and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.harness import Measured, best_of, gppd, in_process, peak_megabytes

DRAWS = 1000


def measure() -> list[Measured]:
    """Run every benchmark of the appraisal, each in a process of its own."""
    point = in_process("benchmarks.appraisal", "point")
    ranged = in_process("benchmarks.appraisal", "ranged")
    against = in_process("benchmarks.appraisal", "floor")
    stream = in_process("benchmarks.appraisal", "stream", "10000000")
    rows = f"{point['plants']:,} plants"
    return [
        Measured(f"read the file, {rows}", f"{point['read']:.2f} s"),
        Measured(
            f"best estimates, {rows}", f"{point['evaluate']:.2f} s", "limit 1 s",
            f"{point['evaluate'] / 1.0:.2f}",
        ),
        Measured(
            f"best estimates, {rows}", f"{point['evaluate']:.2f} s",
            f"loop over projects {point['loop']:.2f} s",
            f"{point['loop'] / point['evaluate']:.0f}x faster",
        ),
        Measured(
            f"{DRAWS:,} draws, {rows}", f"{ranged['seconds']:.2f} s", "limit 15 s",
            f"{ranged['seconds'] / 15:.2f}",
        ),
        Measured(
            f"{DRAWS:,} draws, peak memory", f"{ranged['megabytes']:.0f} MB", "limit 2,000 MB",
            f"{ranged['megabytes'] / 2000:.2f}",
        ),
        Measured(
            f"{DRAWS:,} draws, one thread", f"{against['engine']:.2f} s",
            f"bare NumPy floor {against['floor']:.2f} s",
            f"{against['engine'] / against['floor']:.2f}x the floor",
        ),
        Measured(
            f"{stream['rows']:,} rows from Parquet, best estimates", f"{stream['seconds']:.0f} s",
            f"{stream['evidence']:,} evidence rows written",
            f"{stream['rows'] / stream['seconds']:,.0f} rows/s",
        ),
        Measured(
            f"{stream['rows']:,} rows, peak memory", f"{stream['megabytes']:.0f} MB",
            f"file {stream['file']:.0f} MB", "bounded",
        ),
    ]  # fmt: skip


def _point() -> dict[str, Any]:
    from greensilk import Options, read_projects
    from greensilk.engine.run import run_local

    start = time.perf_counter()
    read = read_projects(gppd())
    reading = time.perf_counter() - start
    options = Options(draws=0)
    run_local(read.table.slice(0, 100), options)  # imports and tables are loaded here
    seconds, _ = best_of(3, lambda: run_local(read.table, options))
    loop, _ = best_of(1, lambda: _loop(read.table, options))
    return {
        "plants": read.table.num_rows, "read": reading, "evaluate": seconds, "loop": loop,
    }  # fmt: skip


def _ranged() -> dict[str, Any]:
    from greensilk import Options, read_projects
    from greensilk.engine.run import run_local

    read = read_projects(gppd())
    run_local(read.table.slice(0, 100), Options(draws=20))
    seconds, _ = best_of(1, lambda: run_local(read.table, Options(draws=DRAWS)))
    return {"seconds": seconds, "megabytes": peak_megabytes()}


def _prepared(table: Any, options: Any) -> list[tuple[Any, Any, Any]]:
    """Return (evaluator, group, family) of every group, with all figures looked up."""
    from greensilk.engine.evaluate import Evaluator
    from greensilk.engine.packaged import default_graph, make_batch

    graph = default_graph()
    batch = make_batch(table, options)
    family = batch.attribute("family")
    made = []
    for code, name in enumerate(family.categories):
        rows = np.flatnonzero(family.codes == code)
        if name and len(rows):
            part = batch.take(rows)
            evaluator = Evaluator(graph, part, options.draws, options.seed)
            made += [(evaluator, group, name) for group in graph.groups(part, name)]
    return made


def _loop(table: Any, options: Any) -> int:
    """Call the formulas project by project with plain floats."""
    from greensilk.engine.graph import FieldProvider
    from greensilk.engine.lookup import FactLookup

    done = 0
    np.seterr(all="ignore")
    for evaluator, group, _ in _prepared(table, options):
        batch = evaluator.batch
        for row in group.rows.tolist():
            values: dict[str, float] = {}
            for step in group.steps:
                provider = step.provider
                if isinstance(provider, FieldProvider):
                    values[step.name] = float(batch.numbers[provider.field][row]) * provider.scale
                elif isinstance(provider, FactLookup):
                    values[step.name] = float(provider.value[provider.find(batch)[row]])
                else:
                    given = [
                        values[name] * scale
                        for name, scale in zip(provider.inputs, step.scales, strict=True)
                    ]
                    try:
                        values[step.name] = float(provider.function(*given))
                    except ZeroDivisionError:
                        values[step.name] = float("nan")
            done += 1
    return done


def _floor() -> dict[str, Any]:
    from greensilk import Options, read_projects
    from greensilk.engine.draws import fact_key, mix, sample, uniform
    from greensilk.engine.evaluate import BLOCK
    from greensilk.engine.graph import FieldProvider
    from greensilk.engine.lookup import FactLookup
    from greensilk.engine.run import run_partition

    options = Options(draws=DRAWS)
    table = read_projects(gppd()).table
    programme = []
    for evaluator, group, _ in _prepared(table, options):
        leaves = []
        for step in group.steps:
            provider = step.provider
            if isinstance(provider, FieldProvider):
                column = evaluator.batch.numbers[provider.field][group.rows] * provider.scale
                leaves.append((step.name, "fixed", column, None, None, None, False))
            elif isinstance(provider, FactLookup):
                index = provider.find(evaluator.batch)[group.rows]
                keys = np.array(
                    [fact_key(*fact.identity, seed=options.seed) for fact in provider.facts]
                )
                # the floor treats a group's facts as one kind, which a hand-written script would
                place = index[0]
                kind = "fixed" if provider.fixed[index].all() else str(provider.distribution[place])
                leaves.append((
                    step.name, kind, provider.value[index], provider.low[index],
                    provider.high[index], keys[index], bool(provider.shared[place]),
                ))  # fmt: skip
        formulas = [
            (step.name, step.provider.function, tuple(step.provider.inputs), step.scales)
            for step in group.steps
            if not isinstance(step.provider, FieldProvider | FactLookup)
        ]
        own = evaluator.batch.keys[group.rows]
        programme.append((leaves, formulas, group.targets, own))

    def bare() -> int:
        done = 0
        size = BLOCK // DRAWS
        with np.errstate(all="ignore"):
            for leaves, formulas, targets, own in programme:
                for start in range(0, len(own), size):
                    part = slice(start, start + size)
                    values: dict[str, Any] = {}
                    for name, kind, value, low, high, keys, shared in leaves:
                        if kind == "fixed":
                            values[name] = value[part, None]
                            continue
                        if shared and (keys[part] == keys[part][0]).all():
                            first = slice(part.start, part.start + 1)
                            values[name] = sample(
                                kind, uniform(keys[first], DRAWS), value[first, None],
                                low[first, None], high[first, None],
                            )  # fmt: skip
                            continue
                        seeds = keys[part] if shared else mix(own[part] ^ keys[part])
                        values[name] = sample(
                            kind, uniform(seeds, DRAWS), value[part, None], low[part, None],
                            high[part, None],
                        )  # fmt: skip
                    for name, function, inputs, scales in formulas:
                        values[name] = function(
                            *[
                                values[key] if scale == 1.0 else values[key] * scale
                                for key, scale in zip(inputs, scales, strict=True)
                            ]
                        )
                    for name in targets:
                        if values[name].shape[-1] == DRAWS:
                            np.partition(values[name], (49, 949), axis=-1)
                            done += 1
        return done

    floor, _ = best_of(2, bare)
    engine, _ = best_of(2, lambda: run_partition(table, options, 1))
    return {"floor": floor, "engine": engine}


def _stream(rows: int) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from greensilk import Options
    from greensilk.stream import LargeAppraisal, appraise_large

    technologies = ["wind_onshore", "solar_pv", "hydro", "coal", "gas"]
    countries = ["KEN", "LAO", "PAK", "ARG", "VNM", "KAZ", "EGY", "IDN"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "projects.parquet"
        writer = None
        for start in range(0, rows, 500_000):
            count = min(500_000, rows - start)
            number = np.arange(start, start + count)
            table = pa.table({
                "id": pa.array(np.char.add("P", number.astype(str))),
                "name": pa.array(np.char.add("Plant ", number.astype(str))),
                "country": pa.array(countries).take(pa.array(number % 8)),
                "technology": pa.array(technologies).take(pa.array(number % 5)),
                "capacity_mw": 1.0 + (number % 997),
            })  # fmt: skip
            writer = writer or pq.ParquetWriter(path, table.schema)
            writer.write_table(table)
        assert writer is not None
        writer.close()
        before = peak_megabytes()

        def appraise() -> LargeAppraisal:
            result = appraise_large(path, options=Options(draws=0), workspace=Path(folder))
            result.save(Path(folder) / "out")
            return result

        seconds, result = best_of(1, appraise)
        return {
            "rows": result.project_count, "seconds": seconds, "evidence": result.evidence_rows,
            "megabytes": peak_megabytes(), "before": before,
            "file": path.stat().st_size / 2**20,
        }  # fmt: skip


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    answer = {"point": _point, "ranged": _ranged, "floor": _floor}.get(kind)
    print(json.dumps(answer() if answer else _stream(int(rest[0]))))
