"""Write the generated pages of ``docs/``: the method book, the reference tables, the fields,
the rules of the audit.

``python tools/make_docs.py`` writes them; ``--check`` fails if a page differs from the code, which
is how the tests keep them true.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from greensilk import reference
from greensilk.core.document import Cell, Code, Document, Table
from greensilk.core.text import join_words, label, name_label
from greensilk.engine.book import Entry, method_book
from greensilk.facts import catalogue
from greensilk.facts.thresholds import thresholds
from greensilk.judge.view import view_ladders
from greensilk.methods.registry import documents
from greensilk.projects import schema, technologies
from greensilk.reference import economies, laws
from greensilk.report.render.passages import cell_text

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
WORDS = {
    "en": {
        "book": "Method book",
        "book_intro": "Every formula of the engine, read from the code. *Verified* means that the "
        "formula was checked against the document named.",
        "unit": "unit",
        "source": "Source",
        "verified": "verified",
        "unverified": "not verified",
        "inputs": "input | unit | meaning | provided by",
        "example": "Worked value",
        "all": "All kinds of project",
        "several": "Several kinds of project",
        "serves": "For",
        "documents": "Documents behind the formulas",
        "tables": "Reference tables",
        "tables_intro": "Every packaged figure has a row with its range, source and clause in "
        "`src/greensilk/reference/tables/`. This page lists the tables and their documents.",
        "rows": "rows",
        "checked": "checked against the source",
        "fields": "Fields of a project file",
        "fields_intro": "Headers may be written in Chinese or English, with a unit in brackets. "
        "Read from `schema.csv`.",
        "field_head": "field | unit | English | Chinese | meaning",
        "technologies": "Technologies",
        "facts": "Country facts: sources",
        "facts_intro": "Built by `greensilk facts build` from the publishers' files. *Open* means "
        "free to redistribute and use commercially; other sources stay out of exports unless "
        "asked for.",
        "fact_head": "producer | source | edition | indicators | licence",
        "thresholds": "What the checks and choices go by",
        "threshold_head": "threshold | value | unit | reason",
        "open": "open",
        "not_open": "not open",
    },
    "zh": {
        "book": "方法手册",
        "book_intro": "引擎的全部公式，直接取自代码。“已核对”表示已与所列文件核对。",
        "unit": "单位",
        "source": "来源",
        "verified": "已核对",
        "unverified": "未核对",
        "inputs": "输入 | 单位 | 含义 | 取值来源",
        "example": "算例",
        "all": "各类项目通用",
        "several": "多类项目共用",
        "serves": "适用",
        "documents": "公式所依据的文件",
        "tables": "基准数据表",
        "tables_intro": "每个内置数值均在 `src/greensilk/reference/tables/` 中占一行，"
        "载明取值范围、来源与条款。本页列出各表及其出处。",
        "rows": "行",
        "checked": "已与来源核对",
        "fields": "项目文件字段",
        "fields_intro": "表头可用中文或英文，单位写在括号内。取自 `schema.csv`。",
        "field_head": "字段 | 单位 | 英文 | 中文 | 含义",
        "technologies": "技术类型",
        "facts": "国别数据来源",
        "facts_intro": "由 `greensilk facts build` 根据各发布机构的文件建库。"
        "“开放”指可自由再分发和商用；其余来源默认不进入导出。",
        "fact_head": "发布机构 | 来源 | 版次 | 指标数 | 许可",
        "thresholds": "检查与取舍所依据的阈值",
        "threshold_head": "阈值 | 取值 | 单位 | 理由",
        "open": "开放",
        "not_open": "非开放",
    },
}


def book(lang: str) -> str:
    """Return the method book as Markdown."""
    words = WORDS[lang]
    lines = [f"# {words['book']}", "", words["book_intro"], ""]
    by_family: dict[str, list[Entry]] = defaultdict(list)
    for entry in method_book():
        by_family[entry.families[0] if len(entry.families) == 1 else ""].append(entry)
    titles = {"*": words["all"], "": words["several"]}
    for family, entries in by_family.items():
        title = titles.get(family) or label(f"family.{family}", lang)
        lines += [f"## {title}", ""]
        for entry in entries:
            mark = words["verified"] if entry.verified else words["unverified"]
            lines += [
                f"### {label(entry.label, lang)} `{entry.method}`",
                "",
                f"`{entry.name}` [{entry.unit}] = `{entry.formula}`",
                "",
            ]
            lines += [entry.explanation(lang).replace("\n", " "), ""]
            if family == "":
                names = [label(f"family.{item}", lang) for item in entry.families]
                lines += [f"{words['serves']}: {join_words(names, lang)}", ""]
            lines += [f"{words['source']}: {entry.citation(lang)} ({mark})", ""]
            lines += [words["inputs"], "--- | --- | --- | ---"]
            lines += [
                f"`{item.name}` | {item.unit} | {name_label(item.name, lang)} | "
                + (", ".join(f"`{provider}`" for provider in item.providers) or "-")
                for item in entry.inputs
            ]
            lines.append("")
            values = ", ".join(f"{key} = {value:g}" for key, value in entry.example[0].items())
            lines += [f"{words['example']}: {values} → {entry.example[1]:g} {entry.unit}", ""]
    lines += [f"## {words['documents']}", ""]
    for item in documents().values():
        edition = ", ".join(str(part) for part in (item.edition, item.year) if part)
        address = f". <{item.address}>" if item.address else ""
        lines.append(f"- {item.publisher}: {item.document} ({edition}){address}")
    return "\n".join(lines).rstrip() + "\n"


def tables(lang: str) -> str:
    """Return the list of reference tables with their documents."""
    words = WORDS[lang]
    lines = [f"# {words['tables']}", "", words["tables_intro"], ""]
    for name in reference.names():
        lines += _table(reference.load(name), lang)
    return "\n".join(lines).rstrip() + "\n"


def _table(table: reference.Table, lang: str) -> list[str]:
    words = WORDS[lang]
    checked = sum(row.verified for row in table.rows)
    lines = [
        f"## {table.title[lang]} `{table.name}`",
        "",
        f"{len(table.rows)} {words['rows']}; {words['checked']}: {checked}",
        "",
    ]
    if table.description and lang == "en":
        lines += [table.description, ""]
    lines += [
        f"- {source.citation()}. {source.licence.name}. <{source.address}>"
        for source in table.sources.values()
    ]
    return [*lines, ""]


def fields(lang: str) -> str:
    """Return the fields of a project file and the technologies."""
    words = WORDS[lang]
    lines = [f"# {words['fields']}", "", words["fields_intro"], ""]
    lines += [words["field_head"], "--- | --- | --- | --- | ---"]
    lines += [
        f"`{row.name}` | {row.unit} | {row.en} | {row.zh} | "
        f"{label(f'description.{row.name}', lang)}"
        for row in schema()
    ]
    lines += ["", f"## {words['technologies']}", ""]
    lines += [f"- `{row.code}`: {row.zh} / {row.en}" for row in technologies()]
    return "\n".join(lines) + "\n"


def country_facts(lang: str) -> str:
    """Return the sources of the country facts, with licence and number of indicators."""
    words = WORDS[lang]
    count = Counter(indicator.source for indicator in catalogue.indicators().values())
    lines = [f"# {words['facts']}", "", words["facts_intro"], "", words["fact_head"]]
    lines.append("--- | --- | --- | --- | ---")
    for source in sorted(
        catalogue.sources().values(), key=lambda source: (source.producer.en, source.id)
    ):
        mark = words["open"] if source.licence.open else words["not_open"]
        lines.append(
            f"{getattr(source.producer, lang)} | [{getattr(source, lang)}]({source.address}) | "
            f"{source.vintage} | {count[source.id]} | {source.licence.name} ({mark})"
        )
    lines += ["", f"## {words['thresholds']}", "", words["threshold_head"], "--- | --- | --- | ---"]
    lines += [
        f"`{row.id}` | {row.value:.10g} | {row.unit} | {getattr(row, lang)}"
        for row in thresholds().values()
    ]
    return "\n".join(lines) + "\n"


def notice() -> str:
    """Return the notice: whose figures are packaged, under which terms."""
    lines = [
        "GreenSilk",
        "",
        "The code is under the Apache License 2.0. Figures that come with it keep their",
        "publishers' terms and are cited where they stand. Documents behind the reference tables",
        "(src/greensilk/reference/tables):",
        "",
    ]
    cited = {
        f"{source.citation()}. {source.licence.name}. {source.address}".strip()
        for name in reference.names()
        for source in reference.load(name).sources.values()
    }
    lines += [f"- {line}" for line in sorted(cited)]
    lines += ["", "Registers (src/greensilk/reference/data):", ""]
    for source in [*economies.sources().values(), *laws.sources().values()]:
        parts = (source.producer.en, source.en, source.licence.name, source.address)
        lines.append("- " + ". ".join(part for part in parts if part))
    snapshot = ROOT / "src" / "greensilk" / "facts" / "snapshot_data" / "NOTICE.txt"
    lines += ["", "Country facts in the package (src/greensilk/facts/snapshot_data):", ""]
    lines.append(snapshot.read_text(encoding="utf-8").rstrip())
    return "\n".join(lines) + "\n"


def verdict_ladder(lang: str) -> str:
    """Return the rules of the audit: its ladders, limits and thresholds."""
    return markdown(view_ladders(), lang)


def markdown(document: Document, lang: str) -> str:
    """Return a document of sections with tables as Markdown."""
    lines = [f"# {cell_text(document.title, lang)}", ""]
    if document.subtitle:
        lines += [cell_text(document.subtitle, lang), ""]
    for section in document.walk():
        lines += [f"## {cell_text(section.title, lang)}", ""]
        for block in section.blocks:
            if isinstance(block, Table):
                heads = [cell_text(column.title, lang) for column in block.columns]
                lines += [" | ".join(heads), " | ".join("---" for _ in heads)]
                rows = (" | ".join(_cell(cell, lang) for cell in row) for row in block.rows)
                lines += [row.rstrip() for row in rows]
                lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cell(cell: Cell, lang: str) -> str:
    text = cell_text(cell, lang).replace("|", "\\|")
    return f"`{text}`" if isinstance(cell, Code) else text


def pages() -> dict[str, str]:
    """Return every generated page by its path below ``docs``."""
    made = {"../NOTICE": notice()}
    for lang, suffix in (("en", ""), ("zh", ".zh")):
        made[f"method-book{suffix}.md"] = book(lang)
        made[f"reference-tables{suffix}.md"] = tables(lang)
        made[f"fields{suffix}.md"] = fields(lang)
        made[f"country-facts{suffix}.md"] = country_facts(lang)
        made[f"verdict-ladder{suffix}.md"] = verdict_ladder(lang)
    return made


def main() -> int:
    """Write the pages, or compare them with ``--check``."""
    stale = []
    for name, page in pages().items():
        path = DOCS / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != page:
                stale.append(name)
        else:
            path.write_text(page, encoding="utf-8")
    if stale:
        print(f"docs differ from the code: {', '.join(stale)}; run: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
