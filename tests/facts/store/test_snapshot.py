"""The snapshot of the package: small, open, and answering without a store."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from greensilk.core.errors import OutputError, StoreError
from greensilk.facts import Facts
from greensilk.facts import snapshot as snapshots
from greensilk.facts.query import connect_snapshot
from greensilk.facts.snapshot import write_snapshot
from greensilk.facts.thresholds import threshold

from .conftest import House

FOLDER = Path(str(files("greensilk.facts") / "snapshot_data"))


@pytest.fixture(scope="module")
def snapshot() -> Facts:
    return Facts(connect_snapshot(), "snapshot", True)


def test_small_enough() -> None:
    assert (
        sum(path.stat().st_size for path in FOLDER.iterdir())
        <= threshold("snapshot.bytes")
        == 4 * 2**20
    )


def test_only_what_may_be_packaged(snapshot: Facts) -> None:
    assert set(snapshot.indicators().column("packaged").to_pylist()) == {True}
    assert set(snapshot.sources().column("packaged").to_pylist()) == {True}
    left_out = {"wcmc", "iucn", "cred", "sipri", "iea"}
    assert not left_out & set(snapshot.sources().column("producer").to_pylist())


def test_every_figure_has_a_listed_source(snapshot: Facts) -> None:
    lost = snapshot.sql(
        "SELECT DISTINCT source FROM facts WHERE source NOT IN (SELECT source FROM sources)"
    )
    assert lost.num_rows == 0
    notice = (FOLDER / "NOTICE.txt").read_text("utf-8")
    for row in snapshot.sources().to_pylist():
        assert row["citation"] in notice


def test_answers_about_a_country(snapshot: Facts) -> None:
    for economy in ("KEN", "老挝", "Pakistan"):
        rows = snapshot.profile(economy).to_pylist()
        assert len(rows) > 200
        assert len({row["theme"] for row in rows}) >= 12
    forest = snapshot.get("forest_area", economy="KEN", year="latest").to_pylist()[0]
    assert 30_000 < forest["value"] < 45_000  # km**2


def test_counts_are_those_of_the_snapshot(snapshot: Facts) -> None:
    """The status says what the snapshot holds, not what the whole store held."""
    held = {
        row["dataset"]: row
        for row in snapshot.sql(
            "SELECT i.dataset, count(*) AS facts, count(DISTINCT f.indicator) AS indicators, "
            "count(DISTINCT f.economy) AS economies, min(f.year) AS first_year, "
            "max(f.year) AS last_year, string_agg(DISTINCT i.licence, ' ' ORDER BY i.licence) "
            "AS licences FROM facts f JOIN indicators i USING (indicator) GROUP BY ALL"
        ).to_pylist()
    }
    status = {row["dataset"]: row for row in snapshot.status().to_pylist()}
    assert status.keys() == held.keys()
    for name, row in held.items():
        assert {key: status[name][key] for key in row} == row
    facts = snapshot.sql("SELECT count(*) FROM facts").column(0)[0].as_py()
    assert sum(row["facts"] for row in snapshot.sources().to_pylist()) == facts
    assert sum(row["facts"] for row in snapshot.indicators().to_pylist()) == facts


def test_latest_and_the_ten_years_before(snapshot: Facts) -> None:
    spread = snapshot.sql(
        "SELECT max(m) FROM (SELECT max(year) - min(year) AS m FROM facts "
        "GROUP BY indicator, economy)"
    )
    assert spread.column(0)[0].as_py() == threshold("snapshot.years")
    assert (
        snapshot.sql("SELECT count(*) FROM facts WHERE flag = 'projection'").column(0)[0].as_py()
        == 0
    )


def test_no_store_means_the_snapshot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GREENSILK_FACTS", str(tmp_path / "none"))
    with Facts.open() as facts:
        assert facts.is_snapshot


def test_made_from_a_store(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house.build()
    limits = {"snapshot.economies": 5.0}
    monkeypatch.setattr(snapshots, "threshold", lambda name: limits.get(name, threshold(name)))
    with Facts.open(house.root) as facts:
        write_snapshot(facts, tmp_path / "first")
        write_snapshot(facts, tmp_path / "second")
        # beta.forest is an alternative under narrower terms; projections stay out
        made = {path.name: path.read_bytes() for path in sorted((tmp_path / "first").iterdir())}
        assert made == {p.name: p.read_bytes() for p in sorted((tmp_path / "second").iterdir())}
        limits["snapshot.bytes"] = 1000.0
        with pytest.raises(OutputError, match="at most 1000"):
            write_snapshot(facts, tmp_path / "third")
    assert not (tmp_path / "third").exists()


def test_no_snapshot_of_a_snapshot(snapshot: Facts, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="built store"):
        write_snapshot(snapshot, tmp_path)
