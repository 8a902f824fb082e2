"""Building: what changed is read again, failures keep the last good data, identical bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from greensilk.core.errors import FactsError, SourceError, StoreError, UnknownNameError
from greensilk.core.text.parameters import decode
from greensilk.facts import Facts
from greensilk.facts.build import build, match_datasets
from greensilk.facts.store import Store

from .conftest import House


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def statuses(report: object) -> dict[str, str]:
    return {one.dataset: one.status for one in report.datasets}  # type: ignore[attr-defined]


def test_first_build_then_nothing_to_do(house: House) -> None:
    first = house.build()
    assert statuses(first) == {"alpha": "built", "beta": "built"}
    assert first.exit_code == 0
    assert first.counts["facts"] == 4 * 5 * 11
    assert first.counts["economies"] == 5
    assert first.counts["groups"] == 4 * 11
    second = house.build()
    assert statuses(second) == {"alpha": "unchanged", "beta": "unchanged"}
    assert second.folder == first.folder


def test_only_what_changed_is_read_again(house: House) -> None:
    first = house.build()
    house.write("beta", [("forest", "KEN", 2021, 5, ""), ("flood", "KEN", 2019, 0, "")])
    second = house.build()
    assert statuses(second) == {"alpha": "unchanged", "beta": "built"}
    assert second.folder != first.folder
    with Facts.open(house.root) as facts:
        assert facts.get("beta.forest").column("value").to_pylist() == [0.05]  # 5 ha in km**2


def test_identical_input_gives_identical_parquet(house: House, tmp_path: Path) -> None:
    first = house.build()
    other = House(tmp_path / "again", house.mirror)
    second = other.build()
    assert first.folder is not None
    assert second.folder is not None
    assert first.folder.name == second.folder.name
    found = digests(first.folder)
    assert len(found) > 5
    assert found == digests(second.folder)


def test_history_leaves_no_trace_in_parquet(house: House, tmp_path: Path) -> None:
    """What was lost since the last build is told, but not in the files that follow from input."""
    house.build()
    house.write("alpha", [("forest", "KEN", 2020, 1, ""), ("rain", "KEN", 2020, 1, "")])
    after = house.build()
    fresh = House(tmp_path / "fresh", house.mirror)
    direct = fresh.build()
    assert after.folder is not None
    assert direct.folder is not None
    assert after.counts["findings"] == direct.counts["findings"] + 2
    assert digests(after.folder) == digests(direct.folder)


def test_parts_read_in_processes_give_the_same(house: House) -> None:
    """The order in which workers finish must leave no trace; ``force`` reads everything again."""
    first = house.build()
    assert first.folder is not None
    before = digests(first.folder)
    second = house.build(force=True)
    assert statuses(second) == {"alpha": "built", "beta": "built"}
    assert second.folder is not None
    assert digests(second.folder) == before


def test_broken_file_fails_its_source_only(house: House) -> None:
    house.build()
    (house.mirror / "alpha" / "data.csv").write_text("nonsense\n1\n", encoding="utf-8")
    report = house.build()
    assert statuses(report) == {"alpha": "failed", "beta": "unchanged"}
    assert report.exit_code == 3
    with Facts.open(house.root) as facts:
        assert facts.get("alpha.forest").num_rows == 55  # the last good data
        failed = facts.sql("SELECT dataset, reason_code FROM quality WHERE \"check\" = 'failed'")
        assert failed.to_pylist() == [{"dataset": "alpha", "reason_code": "error.parser_columns"}]
    house.fill()
    assert house.build().exit_code == 0


def test_missing_file_is_named(house: House) -> None:
    house.build()
    missing = house.mirror / "beta" / "data.csv"
    missing.unlink()
    report = house.build()
    assert statuses(report)["beta"] == "failed"
    error = report.failed[0].error
    assert error is not None
    assert error.code == "files_missing"
    assert str(missing) in str(error)
    assert str(missing) in error.message("zh")
    noted = Store(house.root).state()["beta"].error
    assert noted is not None
    assert (noted.code, noted.params) == (error.code, error.params)


def test_all_unmatched_names_are_listed(house: House) -> None:
    house.write(
        "alpha",
        [
            ("forest", "KEN", 2020, 1, ""),
            ("forest", "QQQ", 2020, 1, ""),
            ("rain", "ZZZ", 2020, 1, ""),
        ],
    )
    report = house.build()
    assert statuses(report) == {"alpha": "failed", "beta": "built"}
    assert "'QQQ', 'ZZZ'" in str(report.failed[0].error)


def test_nothing_to_build_and_nothing_to_keep(house: House) -> None:
    for name in ("alpha", "beta"):
        (house.mirror / name / "data.csv").unlink()
    with pytest.raises(FactsError, match="no dataset could be built"):
        house.build()
    assert Store(house.root).current() is None


def test_only_reads_what_was_asked_for(house: House) -> None:
    house.build()
    house.write("alpha", [("forest", "KEN", 2020, 1, "")])
    report = house.build(only=["beta"])
    assert statuses(report) == {"alpha": "kept", "beta": "unchanged"}
    with Facts.open(house.root) as facts:
        assert facts.get("alpha.forest").num_rows == 55


def test_a_second_build_waits_for_nobody(house: House) -> None:
    store = Store(house.root)
    with store.lock(), pytest.raises(StoreError, match="another build"):
        house.build()


def test_mirror_that_is_no_folder(house: House) -> None:
    with pytest.raises(SourceError, match="not a folder"):
        build(house.root, mirror=house.mirror / "nowhere")


def test_lost_coverage_is_reported(house: House) -> None:
    house.build()
    house.write("alpha", [("forest", "KEN", 2020, 1, ""), ("rain", "KEN", 2020, 1, "")])
    house.build()
    with Facts.open(house.root) as facts:
        lost = facts.sql(
            "SELECT indicator, reason_params FROM quality WHERE \"check\" = 'coverage_lost'"
        )
    assert lost.column("indicator").to_pylist() == ["alpha.forest", "alpha.rain"]
    assert decode(lost.column("reason_params")[0].as_py()) == {
        "economies": 1,
        "facts": 1,
        "economies_before": 5,
        "facts_before": 55,
    }


def test_counts_are_those_of_the_tables(house: House) -> None:
    report = house.build()
    assert report.folder is not None
    noted = json.loads((report.folder / "build.json").read_text("utf-8"))
    with Facts.open(house.root) as facts:
        assert noted["facts"] == facts.sql("SELECT count(*) FROM facts").column(0)[0].as_py()
        assert noted["indicators"] == facts.indicators().num_rows


def test_matching_understands_producers() -> None:
    assert "aquastat" in match_datasets(["fao"])
    assert "aquastat" not in match_datasets(["undp"])
    assert match_datasets([""]) == match_datasets([])
    with pytest.raises(UnknownNameError, match="faoo"):
        match_datasets(["faoo"])
