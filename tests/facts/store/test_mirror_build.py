"""The whole thing on the publishers' real files: what was promised, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from greensilk.facts import Facts
from greensilk.facts.build import BuildReport, build

pytestmark = [pytest.mark.mirror, pytest.mark.slow]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("facts") / "store"


@pytest.fixture(scope="module")
def report(mirror: Path, root: Path) -> BuildReport:
    return build(root, mirror=mirror, jobs=2)


@pytest.fixture(scope="module")
def facts(report: BuildReport, root: Path) -> Facts:
    assert report.exit_code == 0, [(one.dataset, one.message) for one in report.failed]
    return Facts.open(root)


def test_the_size_that_was_promised(report: BuildReport) -> None:
    assert report.counts["producers"] >= 30
    assert report.counts["indicators_100"] >= 500
    assert report.counts["economies"] >= 200
    assert report.counts["facts"] >= 2_000_000


def test_files_are_those_tested_with(report: BuildReport) -> None:
    assert [one.dataset for one in report.datasets if one.changed_files] == []


def test_nothing_is_done_where_nothing_changed(
    report: BuildReport, mirror: Path, root: Path
) -> None:
    again = build(root, mirror=mirror)
    assert {one.status for one in again.datasets} == {"unchanged"}
    assert again.folder == report.folder


def test_every_catalogued_indicator_has_figures(facts: Facts) -> None:
    empty = facts.sql("SELECT indicator FROM quality WHERE \"check\" = 'no_data'")
    assert empty.column(0).to_pylist() == []


def test_no_unit_slipped(facts: Facts) -> None:
    slipped = facts.sql("SELECT indicator, ratio FROM quality WHERE \"check\" = 'unit_doubtful'")
    assert slipped.to_pylist() == []


def test_one_primary_a_concept(facts: Facts) -> None:
    rows = facts.sql(
        "SELECT concept, count(*) FILTER (is_primary) AS n FROM indicators GROUP BY concept "
        "HAVING n <> 1"
    )
    assert rows.num_rows == 0


def test_projections_never_show_as_latest(facts: Facts) -> None:
    assert facts.sql("SELECT max(year) FROM latest").column(0)[0].as_py() <= 2026


def test_profile_of_every_partner(facts: Facts) -> None:
    from greensilk.facts.query import group_members

    for code in ("KEN", "LAO", "PAK", "ETH", "KHM"):
        assert code in group_members("partner")
        assert facts.profile(code).num_rows > 300
