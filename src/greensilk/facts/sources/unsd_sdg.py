"""The UN Statistics Division's global SDG indicators database.

The division carries the series; the custodian agency of each is its producer. Economies are M49
numbers, groups stand among them. Extra key columns (location, sex, age, product, ...) become part
of the series key after a dot; members that mean "all" leave no trace in it. The database says of
each figure what it is (country data, adjusted, estimated, modelled) and which ones are imputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._ddf import TOTALS, read_series
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

REPOSITORY = "open-numbers/ddf--unstats--sdg_indicators"
AREAS = "ddf--entities--geo_area.csv"
# The database's "nature of the figure", best first: it decides where two stand for one year.
NATURES = {
    "c": "",
    "ca": "adjusted",
    "e": "estimated",
    "g": "monitored",
    "m": "modelled",
    "n": "",
    "notspec": "",
}
# Key columns beside the economy and the year, as they stand in the names of the files.
DIMENSIONS = {
    "ag_fpa_comm": ("type_of_product",),
    "ag_prd_agvas": ("observation_status",),
    "ag_prd_fiesmsi": ("age", "observation_status", "sex"),
    "ag_prd_fiesmsin": ("age", "observation_status", "sex"),
    "ag_prd_fiessi": ("age", "observation_status", "sex"),
    "ag_prd_fiessin": ("age", "observation_status", "sex"),
    "ag_prd_ortind": ("observation_status",),
    "ag_xpd_agsgb": ("observation_status",),
    "eg_elc_accs": ("location",),
    "en_atm_pm25": ("location",),
    "en_haz_treatv": ("type_of_waste_treatment",),
    "en_mat_domcmpc": ("type_of_product",),
    "en_mat_domcmpg": ("type_of_product",),
    "en_mat_domcmpt": ("type_of_product",),
    "er_bdy_abt2np": ("level_status",),
    "er_h2o_iwrmd": ("level_status",),
    "er_h2o_prdu": ("location",),
    "er_h2o_rurp": ("location",),
    "er_h2o_stress": ("observation_status",),
    "iu_cor_brib": ("sex",),
    "is_rdp_frgvol": ("mode_of_transportation",),
    "is_rdp_pfvol": ("mode_of_transportation",),
    "is_rdp_porfvol": ("mode_of_transportation",),
    "it_net_bbn": ("type_of_speed",),
    "it_net_bbp": ("type_of_speed",),
    "sg_scp_polins": ("policy_instruments",),
    "sh_h2o_safe": ("location",),
    "sh_hap_hbsag": ("age",),
    "sh_ihr_caps": ("ihr_capacity",),
    "sh_san_defect": ("location",),
    "sh_san_hndwsh": ("location",),
    "sh_san_safe": ("location",),
    "sh_sta_poisn": ("sex",),
    "sh_sta_wash": ("age", "sex"),
    "sn_itk_defc": ("age",),
    "sp_acs_bsrvh2o": ("location",),
    "sp_acs_bsrvsan": ("location",),
}


def _path(series: str) -> str:
    keys = sorted({"geo_area", "nature", "units", *DIMENSIONS.get(series, ())})
    return f"ddf--datapoints--{series}--by--{'--'.join(keys)}--year.csv"


def _files() -> tuple[SourceFile, ...]:
    names = sorted({series.split(".")[0] for series in dataset_indicators("unsd_sdg")})
    return (
        repository_file("unsd_sdg", REPOSITORY, AREAS, name="areas"),
        *(repository_file("unsd_sdg", REPOSITORY, _path(name), name=name) for name in names),
    )


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    import polars as pl

    return pl.concat([_read(files[name], name) for name in files if name != "areas"]).filter(
        pl.col("value").is_not_null()
    )


def _read(path: object, name: str) -> pl.DataFrame:
    from pathlib import Path

    import polars as pl

    table = read_series(Path(str(path)), name)
    extra = [
        column
        for column in table.columns
        if column not in ("geo_area", "nature", "units", "year", "observation_status", name)
    ]
    # A sole member of a dimension says nothing beyond the title, except the one of a location.
    extra = [c for c in extra if c == "location" or table[c].n_unique() > 1]
    parts = [
        pl.when(pl.col(column).is_in(list(TOTALS)))
        .then(pl.lit(""))
        .otherwise(pl.lit(".") + pl.col(column))
        for column in extra
    ]
    order = {nature: rank for rank, nature in enumerate(NATURES)}
    flag = pl.col("nature").replace_strict(NATURES, default="")
    if "observation_status" in table.columns:
        flag = pl.when(pl.col("observation_status") == "i").then(pl.lit("imputed")).otherwise(flag)
    return (
        table.with_columns(rank=pl.col("nature").replace_strict(order, default=9))
        .sort("rank", maintain_order=True)
        .select(
            series=pl.concat_str([pl.lit(name), *parts]),
            key=pl.col("geo_area"),
            year=pl.col("year").cast(pl.Int32),
            value=pl.col(name).cast(pl.Float64, strict=False),
            flag=flag,
        )
    )


def _areas(files: Files) -> Mapping[str, str]:
    import polars as pl

    table = pl.read_csv(files["areas"], infer_schema_length=0)
    return dict(table.select("geo_area", "name").iter_rows())


DATASET = Dataset(
    id="unsd_sdg",
    en="Global SDG indicators database",
    zh="联合国可持续发展目标全球指标数据库",
    address="https://unstats.un.org/sdgs/dataportal",
    key_kind="m49",
    files=_files(),
    parse=parse,
    aggregates=_areas,
)
