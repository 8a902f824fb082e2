"""A document that has every block and every kind of cell, for tests of the renderers."""

from __future__ import annotations

import pyarrow as pa

from greensilk.core.document import (
    Axis,
    Badge,
    Chart,
    Code,
    Column,
    DataColumn,
    DataTable,
    Document,
    Joined,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Notes,
    Section,
    Small,
    Spark,
    Strong,
    Table,
    Terms,
    Tree,
    TreeNode,
)
from greensilk.core.text import Amount, Count, Formula, Label, Name, Sentence, Text, Times

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

AMOUNT = Amount(2.4e6, "tCO2e/yr", 2.0e6, 2.9e6)
COLUMNS = (
    Column("project", Label("report.column.project"), width=30),
    Column("value", Label("report.column.value"), numeric=True, part="value"),
    Column("range", Label("report.column.range"), numeric=True, part="range"),
    Column("unit", Label("report.column.unit"), part="unit"),
    Column("verdict", Label("report.column.verdict"), width=20),
)


def table(name: str = "Karot", sheet: bool = False) -> Table:
    rows = [
        (Link(Text(name, "卡洛特"), "#karot"), AMOUNT, AMOUNT, AMOUNT,
         Badge(Label("verdict.high"), "warning", "high")),
        (Joined(("Mozura", Small("as written: 3 kt", line=True))), Amount(8.1e4, "tCO2e/yr"),
         Amount(8.1e4, "tCO2e/yr"), Amount(8.1e4, "tCO2e/yr"),
         Joined((Badge("3", code="grade3"), Spark((2000, 2010), (1.0, 3.0), "good", "rising")))),
    ]  # fmt: skip
    return Table(
        COLUMNS,
        rows,
        title=Label("report.ranges.title"),
        groups={0: Strong("Asia")},
        below={0: Sentence("report.claims.written", {"text": ATTACK})},
        anchors={1: "row-mozura"},
        strong={1},
        sheet=sheet,
    )


def charts() -> tuple[Chart, ...]:
    names = (Text("Karot hydropower", "卡洛特水电站"), Text("Mozura wind farm", "莫祖拉风电"))
    technologies = {code: Label(f"technology.{code}") for code in ("hydro", "wind_onshore")}
    value = Axis("value", Sentence("report.chart.avoided_axis"), "tCO2e/yr")
    rows = [
        {"name": names[0], "value": 1.2e6, "low": 9e5, "high": 1.4e6, "kind": "hydro"},
        {"name": names[1], "value": 8.1e4, "low": 6.8e4, "high": 9.6e4, "kind": "wind_onshore"},
    ]
    grades = {f"grade{grade}": Label(f"report.grade.{grade}") for grade in (3, 4)}
    shares = [{"name": names[0], "value": 3.0, "kind": "grade3"},
              {"name": names[0], "value": 1.0, "kind": "grade4"}]  # fmt: skip
    band = {"low": 0.8, "high": 1.2}
    ratios = [{"name": names[0], "value": 2.9, "kind": "high", **band},
              {"name": names[1], "value": 1 / 27, "kind": "low", **band}]  # fmt: skip

    verdicts = {code: Label(f"verdict.{code}") for code in ("high", "low")}
    tornado = [{"name": Name("combined_margin"), "low": -2e5, "high": 3e5}]
    lines = [{"year": year, "value": 3.0 * year, "kind": "hydro"} for year in (2000, 2010, 2020)]
    y = Axis("name")
    log = Axis("value", Label("report.chart.projects_axis"), "tCO2e/yr", logarithmic=True)
    alt = Label("report.country.alt")
    return (
        Chart("bars", rows, value, y, low="low", high="high", colour="kind",
              categories=technologies, title=Label("report.country.title"), text=alt),
        Chart("shares", shares, Axis("value"), y, colour="kind", categories=grades, text=alt),
        Chart("shares", shares, Axis("value"), Axis(""), colour="kind", categories=grades,
              text=alt),
        Chart("ranges", rows, log, y, low="low", high="high", text=alt,
              caption=Label("report.ranges.caption")),
        Chart("ratios", ratios, Axis("value", Label("report.claims.axis")), y, low="low",
              high="high", colour="kind",
              categories={**verdicts, "band": Label("report.claims.band")}, text=alt),
        Chart("tornado", tornado, value, y, low="low", high="high", text=alt),
        Chart("lines", lines, Axis("year"), value, colour="kind",
              categories={"hydro": Label("technology.hydro")}, text=alt),
    )  # fmt: skip


def tree() -> Tree:
    leaf = TreeNode(
        Name("combined_margin"), Amount(0.386, "tCO2e/MWh", 0.31, 0.46),
        (Badge("3", code="grade3"), Text("IFI TWG (2022)", "IFI TWG（2022）"), ATTACK),
    )  # fmt: skip
    formula = Formula("net_generation * combined_margin")
    return Tree(TreeNode(Name("baseline_emissions"), AMOUNT, (formula,), (leaf,)))


def specimen() -> Document:
    """Return the document."""
    cards = KeyFigures(
        (
            KeyFigure(Name("emission_reductions"), AMOUNT, Label("report.emitters.note"), "good"),
            KeyFigure(Label("report.card.claims"), Count(9), unit=Sentence(
                "report.card.claims.of", {"total": Count(21)})),
        )
    )  # fmt: skip
    entry = Section(
        "karot", Text("Karot", "卡洛特"), (table(ATTACK), tree()), folded=True, menu=False,
        result=AMOUNT, facts=Joined((Label("economy.PAK"), "Jhelum"), "list"),
        marks=(Badge(Label("verdict.high"), "warning", "high"),), search="karot",
    )  # fmt: skip
    data = pa.table({"project_id": ["karot", "=1+1"], "value": [1.5, None],
                     "verdict": ["high", "low"], "code": ["above", "above"]})  # fmt: skip
    columns = (
        DataColumn("project_id", Label("report.sheet.column.project_id")),
        DataColumn("value", Label("report.sheet.column.value")),
        DataColumn("words", Label("report.sheet.column.verdict_words"), 14, "label", "verdict",
                   "verdict."),
    )  # fmt: skip
    return Document(
        id="specimen",
        title=Label("report.title"),
        subtitle=Label("report.emitters.note"),
        brand=Label("report.name"),
        head=(Terms(((Label("report.column.project"), Code("P1")),)),),
        sections=(
            Section(
                "key",
                Label("report.key.title"),
                (
                    cards,
                    Notes(
                        (Label("report.issues.lead"), ATTACK), title=Label("report.claims.title")
                    ),
                    Note(Label("report.project.shallow"), "warning"),
                    Note(Times(2.84), "muted"),
                    *charts(),
                ),
                short=Label("report.nav.key"),
            ),
            Section("tables", Label("report.claims.title"), (table(), table(sheet=True))),
            Section(
                "projects",
                Label("report.projects.title"),
                sections=(entry,),
                finder=Label("report.projects.only_bad"),
            ),
            Section(
                "terms",
                Label("report.terms.title"),
                (Terms(((Strong("tce"), Label("report.term.coal.meaning")),)),),
            ),
        ),
        footer=Sentence("report.footer", {"version": "0"}),
        data={"evidence": DataTable(Label("report.sheet.evidence"), columns, data)},
    )
