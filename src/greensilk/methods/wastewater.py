"""Wastewater treatment: pollution removed, methane and nitrous oxide with and without the plant.

Masses are in tonnes a year, concentrations in t/m3 (1 g/L is 0.001 t/m3). Treatment is not first of
all a climate measure: where sewage ran into a river before, a plant can raise emissions through its
electricity, nitrogen removal and sludge, and the result says so with a negative reduction.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = ["bod_load", "bod_removed", "cod_removed", "sludge_mass"]

FAMILY = "wastewater"
BALANCE = "definition: volume times the fall of concentration"


@quantity(
    "t/m**3",
    name="influent_bod",
    family=FAMILY,
    en="BOD of the influent",
    zh="进水BOD5",
    source="IPCC 2006 Guidelines vol. 5 ch. 6, section 6.2.2.3 (COD 2.4 times BOD)",
    inputs={"influent_cod": "t/m**3", "cod_bod_ratio": "1"},
    level="internal",
    additive=False,
    example=({"influent_cod": 0.0005, "cod_bod_ratio": 2.0}, 0.00025),
)
def influent_bod_of_cod(influent_cod: Any, cod_bod_ratio: Any) -> Any:
    """Five-day biochemical oxygen demand, inferred from the chemical one."""
    return influent_cod / cod_bod_ratio


@quantity(
    "t/yr",
    family=FAMILY,
    en="COD removed",
    zh="COD削减量",
    source=BALANCE,
    inputs={"wastewater_volume": "m**3/yr", "influent_cod": "t/m**3", "effluent_cod": "t/m**3"},
    level="headline",
    verified=True,
    example=(
        {"wastewater_volume": 73000000.0, "influent_cod": 0.0005, "effluent_cod": 0.00005},
        32850.0,
    ),
)
def cod_removed(wastewater_volume: Any, influent_cod: Any, effluent_cod: Any) -> Any:
    """Chemical oxygen demand kept out of the water a year."""
    return wastewater_volume * (influent_cod - effluent_cod)


@quantity(
    "t/yr",
    family=FAMILY,
    en="BOD removed",
    zh="BOD5削减量",
    source=BALANCE,
    inputs={"wastewater_volume": "m**3/yr", "influent_bod": "t/m**3", "effluent_bod": "t/m**3"},
    level="detail",
    verified=True,
    example=(
        {"wastewater_volume": 73000000.0, "influent_bod": 0.00025, "effluent_bod": 0.00001},
        17520.0,
    ),
)
def bod_removed(wastewater_volume: Any, influent_bod: Any, effluent_bod: Any) -> Any:
    """Biochemical oxygen demand kept out of the water a year."""
    return wastewater_volume * (influent_bod - effluent_bod)


@quantity(
    "t/yr",
    family=FAMILY,
    en="Nitrogen removed",
    zh="总氮削减量",
    source=BALANCE,
    inputs={
        "wastewater_volume": "m**3/yr",
        "influent_nitrogen": "t/m**3",
        "effluent_nitrogen": "t/m**3",
    },
    level="detail",
    verified=True,
    example=(
        {
            "wastewater_volume": 73000000.0,
            "influent_nitrogen": 0.00004,
            "effluent_nitrogen": 0.000015,
        },
        1825.0,
    ),
)
def nitrogen_removed(wastewater_volume: Any, influent_nitrogen: Any, effluent_nitrogen: Any) -> Any:
    """Total nitrogen kept out of the water a year."""
    return wastewater_volume * (influent_nitrogen - effluent_nitrogen)


@quantity(
    "t/yr",
    family=FAMILY,
    en="Phosphorus removed",
    zh="总磷削减量",
    source=BALANCE,
    inputs={
        "wastewater_volume": "m**3/yr",
        "influent_phosphorus": "t/m**3",
        "effluent_phosphorus": "t/m**3",
    },
    level="detail",
    verified=True,
    example=(
        {
            "wastewater_volume": 73000000.0,
            "influent_phosphorus": 0.000006,
            "effluent_phosphorus": 0.0000005,
        },
        401.5,
    ),
)
def phosphorus_removed(
    wastewater_volume: Any, influent_phosphorus: Any, effluent_phosphorus: Any
) -> Any:
    """Total phosphorus kept out of the water a year."""
    return wastewater_volume * (influent_phosphorus - effluent_phosphorus)


@quantity(
    "1",
    family=FAMILY,
    en="Share of COD removed",
    zh="COD去除率",
    source="definition: 1 less effluent over influent",
    inputs={"influent_cod": "t/m**3", "effluent_cod": "t/m**3"},
    level="detail",
    additive=False,
    verified=True,
    example=({"influent_cod": 0.0005, "effluent_cod": 0.00005}, 0.9),
)
def cod_removal_share(influent_cod: Any, effluent_cod: Any) -> Any:
    """Share of the chemical oxygen demand that the plant takes out."""
    return 1.0 - effluent_cod / influent_cod


@quantity(
    "t/yr",
    family=FAMILY,
    en="BOD received",
    zh="进水BOD5负荷",
    source="IPCC 2019 Refinement vol. 5 ch. 6, equation 6.3 (TOW)",
    inputs={"wastewater_volume": "m**3/yr", "influent_bod": "t/m**3"},
    level="detail",
    example=({"wastewater_volume": 73000000.0, "influent_bod": 0.00025}, 18250.0),
)
def bod_load(wastewater_volume: Any, influent_bod: Any) -> Any:
    """Organic load that arrives in a year."""
    return wastewater_volume * influent_bod


@quantity(
    "t/yr",
    family=FAMILY,
    en="Sewage sludge, dry solids",
    zh="污泥产生量（干基）",
    source="definition: BOD removed times yield of dry solids",
    inputs={"bod_removed": "t/yr", "sludge_yield": "1"},
    level="detail",
    example=({"bod_removed": 17520.0, "sludge_yield": 0.9}, 15768.0),
)
def sludge_mass(bod_removed: Any, sludge_yield: Any) -> Any:
    """Dry solids of the sludge that must be disposed of in a year."""
    return bod_removed * sludge_yield


@quantity(
    "t/yr",
    family=FAMILY,
    en="Organic load taken out with the sludge",
    zh="随污泥去除的有机负荷",
    source="IPCC 2019 Refinement vol. 5 ch. 6, equation 6.3B (S = sludge mass x Krem)",
    inputs={"sludge_mass": "t/yr", "bod_per_sludge": "1", "bod_removed": "t/yr"},
    level="internal",
    example=(
        {"sludge_mass": 15768.0, "bod_per_sludge": 0.8, "bod_removed": 17520.0},
        12614.4,
    ),
)
def sludge_bod(sludge_mass: Any, bod_per_sludge: Any, bod_removed: Any) -> Any:
    """Organic load that leaves with the sludge, at most what the plant removes."""
    return np.minimum(sludge_mass * bod_per_sludge, bod_removed)
