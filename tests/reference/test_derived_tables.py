"""Tables rebuilt from public data files equal the packaged ones."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from greensilk import reference

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "src/greensilk/reference/tables"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "table", "file"),
    [
        (
            "derive_capacity_factors",
            "capacity_factors_by_country",
            "wri+global-power-plant-database/output_database/global_power_plant_database.csv",
        ),
        (
            "derive_electricity_use",
            "electricity_use",
            "open-numbers+ddf--gapminder--systema_globalis/countries-etc-datapoints/"
            "ddf--datapoints--electricity_use_per_person--by--geo--time.csv",
        ),
    ],
)
def test_the_script_gives_the_packaged_table(
    name: str,
    table: str,
    file: str,
    mirror: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    module = tool(name)
    monkeypatch.setattr(module, "TABLE", tmp_path / "table.csv")
    module.main(str(mirror / file))
    capsys.readouterr()
    again = (tmp_path / "table.csv").read_text(encoding="utf-8")
    assert again == (TABLES / f"{table}.csv").read_text(encoding="utf-8")


def test_country_figures_lie_inside_the_world_range() -> None:
    """A country's median plant must be one the world range holds possible."""
    world = reference.load("capacity_factors")
    for row in reference.load("capacity_factors_by_country").rows:
        default = world.get("capacity_factor", technology=row.keys[1])
        assert default.low <= row.value <= default.high, row.keys
