"""A small portfolio that has every thing a report must show, appraised as it is by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import pyarrow as pa
import pytest

import greensilk as gs
from greensilk.appraisal import Appraisal
from greensilk.core.errors import Fault
from greensilk.core.quantity import Quantity
from greensilk.engine.explain import Node
from greensilk.engine.sensitivity import By
from greensilk.projects import Reading

FILE = """\
project_id,component,name,name_zh,country,technology,capacity (MW),annual_generation (GWh),\
commissioning_year,section,claimed_emission_reductions (t),claimed_standard_coal (t),\
claimed_sulphur_dioxide (t),claimed_people
karot,,Karot hydropower plant,卡洛特水电站,PAK,hydro,720,3200,2022,,350万,140万,,500万
mozura,,Mozura wind farm,莫祖拉风电,MNE,wind_onshore,46,110,2019,,3000,,,
jujuy,,"Cauchari solar farm, Jujuy",高查瑞光伏电站,ARG,solar_pv,300,660,2020,,552000,200000,106,
nhon-hoa,,Nhon Hoa wind farm,九安风电,VNM,wind_onshore,46.2,110,2021,,90000,,,
dubai,tower,Dubai hybrid solar park,迪拜光热光伏混合发电,ARE,csp,700,2000,2023,,,,,
dubai,panels,Dubai hybrid solar park,迪拜光热光伏混合发电,ARE,solar_pv,250,500,2023,,,,,
adama,,Adama wind farm,阿达玛风电,ETH,wind_onshore,153,480,2015,,,,,
zhanatas,,Zhanatas wind farm,扎纳塔斯风电,KAZ,wind_onshore,100,350,2021,,260000,,,
reed,,Villonaco wind farm,芦苇桥风电,ECU,wind_onshore,16.5,60,2013,part one,,,,
penang,,Penang rooftop array,槟城屋顶光伏,MYS,solar_pv,7,9.1,2019,,1000000,,,
syrdarya,,Syrdarya gas power plant,锡尔河燃气电站,UZB,gas,1500,10000,,,,,,
laos-zone,,Saysettha low-carbon zone,万象赛色塔低碳示范区,LAO,programme,,,2022,,,,,2000
nowhere,,Plant of nowhere,,Atlantis,solar_pv,10,20,,,,,,
"""
PROJECTS = 12


class Sample:
    """The tables of an appraisal, which a test may change."""

    def __init__(self, result: Appraisal) -> None:
        self._result = result
        self.projects: pa.Table = result.projects
        self.components: pa.Table = result.components
        self.evidence: pa.Table = result.evidence
        self.audit: pa.Table = result.audit
        self.consistency: pa.Table = result.consistency
        self.baselines: pa.Table = result.baselines
        self.summary: pa.Table = result.summary
        self.totals: pa.Table = result.totals
        self.aggregates: pa.Table = result.aggregates
        self.grades: pa.Table = result.grades
        self.issues: Sequence[Fault] = list(result.issues)
        self.reading: Reading = result.reading
        self.options: Mapping[str, str | int] = result.options
        self.methods: Sequence[Quantity] = result.methods
        self.issue_rows: pa.Table = result.issues_table()

    def issues_table(self) -> pa.Table:
        return self.issue_rows

    def explain(self, project: str, quantity: str) -> Node:
        return self._result.explain(project, quantity)

    def sensitivity(self, quantity: str, project: str = "", by: By = "fact") -> pa.Table:
        return self._result.sensitivity(quantity, project, by)

    def empty(self) -> None:
        """Take every row out of every table."""
        names = (
            *("evidence", "audit", "consistency", "baselines", "projects", "components"),
            *("summary", "totals", "aggregates", "grades", "issue_rows"),
        )
        for name in names:
            setattr(self, name, getattr(self, name).slice(0, 0))
        self.issues = []
        self.reading = Reading()
        self.methods = []


@pytest.fixture(scope="session")
def appraisal(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    path = tmp_path_factory.mktemp("sample") / "projects.csv"
    path.write_text(FILE, encoding="utf-8")
    return cast("Appraisal", gs.appraise(path, draws=100))


@pytest.fixture
def sample(appraisal: Appraisal) -> Sample:
    return Sample(appraisal)
