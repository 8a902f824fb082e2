"""From a file to the results, through the public call."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import greensilk as gs
from greensilk.core.errors import (
    GreenSilkError,
    InputError,
    OptionError,
    OutputError,
    UnknownNameError,
)
from greensilk.core.findings import FINDINGS
from greensilk.core.text import catalogue
from greensilk.demo import projects_path
from greensilk.engine.aggregate import aggregate_table, totals_table
from greensilk.engine.packaged import default_graph
from greensilk.engine.run import run_local
from greensilk.engine.summary import summary_table
from greensilk.output import FILES
from greensilk.stream import LargeAppraisal

ROWS = [
    {"id": "w", "name": "Wind", "country": "Kenya", "technology": "wind", "capacity_mw": 100},
    {"id": "s", "name": "光伏", "country": "老挝", "technology": "光伏", "capacity_mw": 50},
    {"id": "c", "name": "Coal", "country": "PAK", "technology": "coal", "capacity_mw": 660},
    {"id": "n", "name": "Nepal", "country": "Nepal", "technology": "wind", "capacity_mw": 10},
]


@pytest.fixture(scope="module")
def small() -> gs.Appraisal:
    return gs.appraise(pl.DataFrame(ROWS), draws=200)


@pytest.fixture(scope="module")
def demo() -> gs.Appraisal:
    with projects_path() as path:
        return gs.appraise(path, draws=200)


def _cells(result: gs.Appraisal) -> dict[tuple[str, str], dict]:
    return {(row["project_id"], row["quantity"]): row for row in result.evidence.to_pylist()}


def test_five_columns_are_enough(small: gs.Appraisal) -> None:
    cells = _cells(small)
    wind = cells["w", "emission_reductions"]
    assert wind["low"] < wind["value"] < wind["high"]
    assert wind["unit"] == "tCO2e/yr"
    # a coal plant avoids nothing and shows what it emits
    assert ("c", "emission_reductions") not in cells
    assert cells["c", "project_emissions"]["value"] > 1e6
    # a grid without emissions leaves nothing to avoid, and that is said as it is
    assert cells["n", "emission_reductions"]["value"] == 0
    assert cells["n", "net_generation"]["value"] > 0


def test_every_number_has_unit_grade_basis_and_range(small: gs.Appraisal) -> None:
    for row in small.evidence.to_pylist():
        assert row["unit"]
        assert 1 <= row["grade"] <= 5
        assert row["basis"] in ("measured", "claimed", "country_fact", "default")
        assert row["low"] <= row["value"] <= row["high"]


def test_explanations_come_back_to_the_value(demo: gs.Appraisal) -> None:
    for row in demo.evidence.to_pylist():
        if row["quantity"] not in ("emission_reductions", "project_emissions", "people_served"):
            continue
        tree = demo.explain(row["project_id"], row["quantity"])
        assert tree.value == row["value"]
        assert tree.recompute() == pytest.approx(row["value"], rel=1e-12)
        for _, node in tree.walk():
            if node.kind == "fact":
                assert node.source
                assert node.year
            if node.kind == "formula":
                assert node.source
                assert node.formula


def test_the_reports_projects_are_all_there(demo: gs.Appraisal) -> None:
    assert demo.projects.num_rows >= 40
    assert not [fault for fault in demo.faults if fault.severity == "refused"]
    verdicts = {(row["project_id"], row["claim"]): row["verdict"] for row in demo.audit.to_pylist()}
    assert verdicts["mozura-wind", "claimed_emission_reductions"] == "low"
    assert verdicts["karot-hydropower", "claimed_emission_reductions"] == "high"
    best = next(row for row in demo.baselines.to_pylist() if row["project_id"] == "cauchari-solar")
    assert "2020" in best["candidate"] + str(best["year"])
    assert best["implied_generation"] == pytest.approx(663_000, rel=0.003)


def test_hybrid_is_the_sum_of_its_units(demo: gs.Appraisal) -> None:
    whole = _cells(demo)["dubai-hybrid-solar", "emission_reductions"]
    tree = demo.explain("dubai-hybrid-solar", "emission_reductions")
    assert tree.kind == "sum"
    assert len(tree.children) == 5
    assert sum(child.value for child in tree.children) == pytest.approx(whole["value"])
    row = next(r for r in demo.projects.to_pylist() if r["project_id"] == "dubai-hybrid-solar")
    assert (row["capacity"], row["technology"]) == (950.0, "hybrid")


def test_options_change_the_answer_and_are_printed() -> None:
    frame = pl.DataFrame(ROWS[:1])
    ifi = gs.appraise(frame, draws=0)
    tool07 = gs.appraise(frame, draws=0, baseline="tool07")
    pick = ("w", "combined_margin")
    # Kenya: the published 461.6 g/kWh, and 0.75 OM + 0.25 BM from its margins
    assert _cells(ifi)[pick]["value"] == pytest.approx(0.4616)
    assert _cells(tool07)[pick]["value"] == pytest.approx(0.75 * 0.5740 + 0.25 * 0.1244, rel=1e-3)
    assert tool07.options["baseline"] == "tool07"
    with pytest.raises(GreenSilkError, match="expected one of"):
        gs.appraise(frame, baseline="cdm")
    with pytest.raises(GreenSilkError, match="expected local, dask"):
        gs.appraise(frame, engine="spark")


def test_unknown_names_are_answered_with_near_ones(small: gs.Appraisal) -> None:
    with pytest.raises(UnknownNameError, match="emission_reductions"):
        small.explain("w", "emission_reduction")
    with pytest.raises(UnknownNameError, match="did you mean"):
        small.explain("x", "emission_reductions")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_saving_writes_everything_once(small: gs.Appraisal, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "result"
    small.save(out, lang)
    assert {path.name for path in out.iterdir()} == set(FILES)
    assert pq.read_table(out / "evidence.parquet").num_rows == small.evidence.num_rows
    evidence = pl.read_csv(out / "evidence.csv")
    assert evidence["quantity"].to_list() == small.evidence.column("quantity").to_pylist()
    label = {"en": "Emission reductions", "zh": "减排量"}[lang]
    assert label in evidence["quantity_label"].to_list()
    issues = pl.read_csv(out / "issues.csv")
    assert set(issues["severity"]) <= {"assumed", "note", "doubtful", "refused"}
    assert "s" in issues["project_id"].to_list()
    with pytest.raises(OutputError, match="--force"):
        small.save(out, lang)
    keep = out / "notes.txt"
    keep.write_text("mine")
    small.save(out, lang, force=True)
    assert keep.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["result"]


def test_a_failure_leaves_nothing_behind(
    small: gs.Appraisal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(gs.Appraisal, "to_xlsx", full)
    with pytest.raises(OutputError, match="No space left on device"):
        small.save(tmp_path / "result")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_leaves_nothing_behind(
    small: gs.Appraisal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gs.Appraisal, "to_html", stop)
    with pytest.raises(KeyboardInterrupt):
        small.save(tmp_path / "result")
    assert list(tmp_path.iterdir()) == []


def test_cells_that_would_run_as_formulas_are_defused(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "id": "=HYPERLINK(1)", "name": "@SUM(A1)"}]
    gs.appraise(pl.DataFrame(rows), draws=0).save(tmp_path / "r")
    text = (tmp_path / "r" / "evidence.csv").read_text(encoding="utf-8-sig")
    assert "\n=" not in text
    assert "\n'=HYPERLINK(1)" in text.replace('"', "")


def test_strict_stops_at_a_bad_row_and_lenient_goes_on() -> None:
    frame = pl.DataFrame([*ROWS, {**ROWS[0], "id": "bad", "country": "Congo"}])
    lenient = gs.appraise(frame, draws=0)
    assert "w" in {row["project_id"] for row in lenient.evidence.to_pylist()}
    assert any("COG" in fault.message() for fault in lenient.faults)
    with pytest.raises(InputError, match="COG"):
        gs.appraise(frame, draws=0, strict=True)


def test_partitions_do_not_change_a_bit(demo: gs.Appraisal) -> None:
    again = run_local(demo.components, demo.settings, rows=7)
    assert again.evidence.equals(demo.evidence)


@pytest.mark.slow
def test_dask_returns_the_same_bits(demo: gs.Appraisal) -> None:
    from greensilk.engine.cluster import run_dask

    graph = default_graph()
    for rows in (9, 25):
        output = run_dask(demo.components, demo.settings, rows=rows)
        assert output.evidence.equals(demo.evidence)
        assert totals_table(graph, output.sums).equals(demo.totals)
        assert aggregate_table(graph, output.sums).equals(demo.aggregates)
        assert summary_table(graph, output.counts, output.sums).equals(demo.summary)


def test_large_files_in_parts_agree_with_the_whole(
    demo: gs.Appraisal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greensilk.appraisal.LARGE_ROWS", 10)
    with projects_path() as path:
        result = gs.appraise(path, options=demo.settings, workspace=tmp_path)
        assert isinstance(result, LargeAppraisal)
        tree = result.explain("karot-hydropower", "减排量")
    assert tree.value == demo.explain("karot-hydropower", "emission_reductions").value
    assert result.evidence.to_table().cast(demo.evidence.schema).equals(demo.evidence)
    assert result.project_count == demo.projects.num_rows
    assert result.totals.equals(demo.totals)
    assert result.aggregates.equals(demo.aggregates)
    assert result.aggregate("family", "country").equals(demo.aggregate("family", "country"))
    assert result.summary.equals(demo.summary)
    out = tmp_path / "out"
    files = result.save(out, "zh")
    assert {path.name for path in files} == {path.name for path in out.iterdir()}
    # nothing but the saved files is left, and the result reads them there
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert result.audit.count_rows() == demo.audit.num_rows
    assert pl.read_csv(out / "issues.csv").columns == [
        "severity", "code", "count", "project_id", "row", "field", "value", "message",
    ]  # fmt: skip
    totals = pl.read_csv(out / "totals.csv")
    assert totals["value"].to_list() == demo.totals.column("value").to_pylist()


def test_a_large_file_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(count: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("greensilk.appraisal.LARGE_ROWS", 10)
    with projects_path() as path, pytest.raises(KeyboardInterrupt):
        gs.appraise(path, draws=0, workspace=tmp_path, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_sums_by_group_add_up_to_the_totals(demo: gs.Appraisal) -> None:
    table = pl.DataFrame(pl.from_arrow(demo.aggregates))
    rows = table.filter(pl.col("quantity") == "emission_reductions")
    blank = {"family": "", "country": "", "technology": ""}
    overall = rows.filter(
        pl.col("grade").is_null(), *(pl.col(name) == value for name, value in blank.items())
    )
    assert overall["value"].to_list() == [
        row["value"]
        for row in demo.totals.to_pylist()
        if row["quantity"] == "emission_reductions" and not row["family"]
    ]
    for by in ("family", "country", "technology", "grade"):
        part = rows.filter(
            pl.col("grade").is_not_null() if by == "grade" else pl.col(by) != "",
            *(pl.col(name) == "" for name in blank if name != by),
            *([pl.col("grade").is_null()] if by != "grade" else []),
        )
        assert part["value"].sum() == pytest.approx(overall["value"][0], rel=1e-9)
        assert part["projects"].sum() == overall["projects"][0]
        assert (part["low"] <= part["value"]).all()
        assert (part["value"] <= part["high"]).all()
    with pytest.raises(UnknownNameError, match="grouping"):
        demo.aggregate("continent")


def test_the_range_of_a_group_is_that_of_its_draws() -> None:
    # two plants on one grid and one on another: the groups are what appraisals of their own give
    frame = pl.DataFrame(
        [{**ROWS[0], "id": f"{country}{i}", "country": country, "capacity_mw": 10.0 + i}
         for country, count in (("Kenya", 2), ("Laos", 1)) for i in range(count)]
    )  # fmt: skip
    result = gs.appraise(frame, draws=200)
    for code, country in (("KEN", "Kenya"), ("LAO", "Laos")):
        alone = gs.appraise(frame.filter(pl.col("country") == country), draws=200)
        row = next(
            row
            for row in result.aggregate("country").to_pylist()
            if (row["quantity"], row["country"]) == ("emission_reductions", code)
        )
        total = next(
            row
            for row in alone.totals.to_pylist()
            if (row["quantity"], row["family"]) == ("emission_reductions", "")
        )
        names = ("value", "low", "high", "unit", "projects")
        assert [row[name] for name in names] == [total[name] for name in names]


def test_the_summary_says_what_the_portfolio_is(small: gs.Appraisal) -> None:
    rows = {row["quantity"]: row for row in small.summary.to_pylist()}
    assert rows["projects"]["value"] == 4
    assert rows["countries"]["value"] == 4
    assert (rows["capacity"]["value"], rows["capacity"]["unit"]) == (820.0, "MW")
    assert rows["projects_with_results"]["value"] == 4
    assert rows["near_zero_grids"]["projects"] == 1
    assert rows["net_generation"]["low"] < rows["net_generation"]["value"]
    grades = small.grades.to_pylist()
    everything = sum(row["results"] for row in grades if row["quantity"] == "")
    assert everything == small.evidence.num_rows


def test_findings_join_what_was_assumed_and_what_was_wrong() -> None:
    frame = pl.DataFrame([*ROWS, {**ROWS[0], "id": "bad", "country": "Congo"}])
    findings = gs.appraise(frame, draws=0).findings
    assert findings.schema.equals(FINDINGS)
    rows = findings.to_pylist()
    default = next(row for row in rows if row["rule"] == "assumed_default")
    assert default["low"] <= default["value"] <= default["high"]
    assert default["source"]
    assert default["outcome"] == "assumed"
    assert any(row["rule"] == "input" and row["outcome"] == "refused" for row in rows)
    assert all(row["reason_code"] in catalogue() for row in rows if row["room"] == "engine")


def test_issues_hold_codes_and_words_are_added_when_shown(small: gs.Appraisal) -> None:
    codes = small.issues_table()
    assert "message" not in codes.column_names
    for lang, part in (("en", "stands in"), ("zh", "采用缺省值")):
        words = small.issues_table(lang)
        assert words.num_rows == codes.num_rows
        assert words.column("project_id").to_pylist() == codes.column("project_id").to_pylist()
        assert any(part in message for message in words.column("message").to_pylist())


def test_projects_and_quantities_are_named_in_either_language(demo: gs.Appraisal) -> None:
    expected = demo.explain("karot-hydropower", "emission_reductions").value
    for project, quantity in (
        ("卡洛特", "减排量"),
        ("KAROT-hydropower", "Emission reductions"),
    ):
        assert demo.explain(project, quantity).value == expected
    for project, near in (("karott-hydropower", "karot"), ("卡落特", "卡洛特")):
        with pytest.raises(UnknownNameError, match=near):
            demo.explain(project, "减排量")
    with pytest.raises(UnknownNameError, match="emission_reductions"):
        demo.explain("卡洛特", "emision_reductions")


def test_evidence_with_names_has_the_same_rows(demo: gs.Appraisal) -> None:
    table = demo.evidence_table(names=True)
    assert table.column_names[:4] == ["project_id", "name", "name_zh", "country"]
    assert table.drop(["name", "name_zh", "country"]).equals(demo.evidence)
    names = {row["project_id"]: row["country"] for row in table.to_pylist()}
    assert names["karot-hydropower"] == "PAK"


@pytest.mark.parametrize(("locale", "word"), [("zh_CN.UTF-8", "减排量"), ("C", "Emission red")])
def test_a_notebook_shows_totals_and_verdicts(
    demo: gs.Appraisal, monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    page = demo._repr_html_()
    assert word in page
    assert page.startswith("<table>")


def test_errors_of_options_speak_both_languages() -> None:
    frame = pl.DataFrame(ROWS[:1])
    for choices, code in (
        ({"baseline": "cdm"}, "option_value"),
        ({"draws": 5}, "option_draws"),
        ({"fleet_year": "1890"}, "option_fleet_year"),
        ({"engine": "spark"}, "engine_unknown"),
        ({"options": gs.Options(), "draws": 20}, "options_twice"),
    ):
        with pytest.raises(OptionError) as caught:
            gs.appraise(frame, **choices)
        assert caught.value.code == code
        assert caught.value.message("zh") != caught.value.message("en")
    with pytest.raises(UnknownNameError, match="baseline"):
        gs.appraise(frame, base_line="ifi")


def test_plain_dicts_are_projects_too(small: gs.Appraisal) -> None:
    columns = {key: [row[key] for row in ROWS] for key in ROWS[0]}
    for source in (ROWS, columns):
        assert gs.appraise(source, draws=200).evidence.equals(small.evidence)
    assert (
        gs.explain(ROWS, "光伏", "减排量").value
        == _cells(small)["s", "emission_reductions"]["value"]
    )


def test_results_serialise(small: gs.Appraisal) -> None:
    tree = small.explain("w", "emission_reductions")
    assert json.loads(json.dumps(tree.as_dict()))["inputs"]
    assert isinstance(small.totals, pa.Table)


def test_names_are_saved_when_asked_for(small: gs.Appraisal, tmp_path: Path) -> None:
    small.save(tmp_path / "r", names=True)
    table = pl.read_csv(tmp_path / "r" / "evidence.csv")
    assert table.columns[:3] == ["project_id", "name", "country"]
    assert "Wind" in table["name"].to_list()
