"""The report of an appraisal as a document: what it found, and what that rests on."""

from __future__ import annotations

from greensilk.core.document import Document, Section
from greensilk.core.text import Count, Label, Parameter, Sentence
from greensilk.projects.view import reading_section
from greensilk.report.views.appendix import (
    cited_documents,
    issues_section,
    methods_section,
    sources_section,
    terms_section,
)
from greensilk.report.views.claims import baselines_section, claims_section, count_claims
from greensilk.report.views.overview import (
    key_section,
    portfolio_estimate,
    quality_section,
    sensitivities,
)
from greensilk.report.views.portfolio import ReportData, read_portfolio
from greensilk.report.views.projects import explain_projects, projects_section
from greensilk.report.views.sheets import data_tables

__all__ = ["appraisal_view"]


def appraisal_view(data: ReportData) -> Document:
    """Return the report of an appraisal.

    Nothing is computed here: every number is evidence, a finding, or a row of a table of the
    appraisal; the view chooses what is shown, in which order, and how much of it.

    Parameters
    ----------
    data
        An :class:`~greensilk.Appraisal`, or anything with its tables.
    """
    portfolio = read_portfolio(data)
    counts = count_claims(data.audit)
    facts = sensitivities(data)
    trees = explain_projects(data, portfolio)
    documents = cited_documents(trees.items())
    sections: tuple[Section | None, ...] = (
        key_section(data, portfolio, counts, facts),
        claims_section(data.audit, data.consistency, portfolio, counts),
        quality_section(data, facts),
        baselines_section(data.baselines, portfolio),
        reading_section(data.reading),
        issues_section(data.issues, portfolio),
        projects_section(data, portfolio, trees),
        methods_section(data.methods, portfolio),
        sources_section(documents, len(trees)),
        terms_section(data.options),
    )
    projects = portfolio_estimate(data.summary, "projects")
    countries = portfolio_estimate(data.summary, "countries")
    title: Parameter = str(data.options.get("title", "")) or Label("report.title")
    return Document(
        id="appraisal",
        title=title,
        subtitle=Sentence(
            "report.what",
            {
                "projects": Count(int(projects.value) if projects else 0),
                "countries": Count(int(countries.value) if countries else 0),
            },
        ),
        brand=Label("report.name"),
        sections=tuple(section for section in sections if section is not None),
        footer=Sentence("report.footer", {"version": str(data.options.get("version", ""))}),
        data=data_tables(data, portfolio, documents),
    )
