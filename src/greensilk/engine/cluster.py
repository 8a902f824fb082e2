"""The Dask engine: the same partitions, computed by the workers of a cluster.

Needs the extra ``greensilk[dask]``. Without an address a cluster of two local processes is started
for the run and closed after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

from greensilk.core.errors import OptionError
from greensilk.engine.options import Options
from greensilk.engine.partitions import group_by_project, partitions
from greensilk.engine.run import (
    Output,
    Progress,
    join,
    partition_rows,
    run_local,
    run_partition,
)

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["run_dask"]


def run_dask(
    table: pa.Table,
    options: Options,
    address: str | None = None,
    progress: Progress | None = None,
    rows: int | None = None,
) -> Output:
    """Evaluate a table on a Dask cluster; the answer is bit for bit that of ``run_local``.

    Raises
    ------
    OptionError
        If Dask is not installed or the scheduler at ``address`` cannot be reached.
    """
    if table.num_rows == 0:
        return run_local(table, options)
    with _client(address) as client:
        parts = list(partitions(group_by_project(table), rows or partition_rows(options)))
        # one thread a task: the workers share the processor already
        futures = [
            client.submit(run_partition, part, options, 1, pure=False, key=f"appraise-{index}")
            for index, part in enumerate(parts)
        ]

        def answers() -> Iterator[Output]:
            for part, future in zip(parts, futures, strict=True):
                yield future.result()
                future.release()
                if progress:
                    progress(part.num_rows)

        return join(answers())


@contextmanager
def _client(address: str | None) -> Iterator[Client]:
    try:
        # an extra: not every installation has it
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise OptionError("dask_missing") from error
    if address:
        try:
            client = Client(address, timeout="10s")
        except OSError as error:
            raise OptionError("dask_unreachable", address=address) from error
        with client:
            yield client
        return
    # its page is for this machine only, on any free port
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
