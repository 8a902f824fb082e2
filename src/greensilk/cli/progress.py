"""A bar for work that takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(total: int, title: str = "") -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how much was done since its last call."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    bar = _Bar(total, title)
    # a clock of its own: the first step may itself take long
    timer = threading.Timer(1.0, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


class _Bar:
    """Counts from the beginning, and shows itself once started."""

    def __init__(self, total: int, title: str) -> None:
        self.total, self.title, self.done = total, title, 0
        self.progress: Progress | None = None

    def start(self) -> None:
        # rich costs a tenth of a second that short commands do not pay
        from rich.console import Console
        from rich.progress import Progress

        self.progress = Progress(console=Console(stderr=True), transient=True)
        self.progress.add_task(self.title, total=self.total, completed=self.done)
        self.progress.start()

    def advance(self, count: int) -> None:
        self.done += count
        if self.progress is not None:
            self.progress.update(self.progress.task_ids[0], completed=self.done)

    def stop(self) -> None:
        if self.progress is not None:
            self.progress.stop()
