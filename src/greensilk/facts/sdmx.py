"""The data structure of the facts in SDMX terms, as SDMX-ML 2.1."""

from __future__ import annotations

from greensilk.core.text import LANGUAGES, label

__all__ = ["COLUMNS", "STRUCTURE_ID", "structure"]

AGENCY, ID, VERSION = "GREENSILK", "FACTS", "1.0"
STRUCTURE_ID = f"{AGENCY}:{ID}({VERSION})"

# Dimensions and attributes; the labels ``sdmx.<id>`` say what they are.
DIMENSIONS = ("INDICATOR", "REF_AREA")
ATTRIBUTES = ("UNIT_MEASURE", "SOURCE", "OBS_STATUS", "FLAG")
COLUMNS = (
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    *DIMENSIONS,
    "TIME_PERIOD",
    "OBS_VALUE",
    *ATTRIBUTES,
)

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/{path}"'
    for prefix, path in (("mes", "message"), ("str", "structure"), ("com", "common"))
)


def structure() -> str:
    """Return the structure message: one concept scheme and one data structure."""
    concepts = "".join(
        f'<str:Concept id="{name}">{_names(name)}</str:Concept>'
        for name in (*DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", *ATTRIBUTES)
    )
    dimensions = "".join(
        f'<str:Dimension id="{name}" position="{position}">{_concept(name)}{_text("String")}'
        "</str:Dimension>"
        for position, name in enumerate(DIMENSIONS, start=1)
    )
    time = (
        f'<str:TimeDimension id="TIME_PERIOD" position="{len(DIMENSIONS) + 1}">'
        f"{_concept('TIME_PERIOD')}{_text('GregorianYear')}</str:TimeDimension>"
    )
    attributes = "".join(
        f'<str:Attribute id="{name}" assignmentStatus="Conditional">{_concept(name)}'
        f"{_text('String')}<str:AttributeRelationship>"
        '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure>'
        "</str:AttributeRelationship></str:Attribute>"
        for name in ATTRIBUTES
    )
    artefact = f'agencyID="{AGENCY}" version="{VERSION}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<mes:Structure {_NAMESPACES}>"
        "<mes:Header><mes:ID>FACTS</mes:ID><mes:Test>false</mes:Test>"
        f'<mes:Prepared>2000-01-01T00:00:00</mes:Prepared><mes:Sender id="{AGENCY}"/></mes:Header>'
        "<mes:Structures><str:Concepts>"
        f'<str:ConceptScheme id="CONCEPTS" {artefact}>'
        f"{_names('CONCEPTS')}{concepts}"
        "</str:ConceptScheme></str:Concepts><str:DataStructures>"
        f'<str:DataStructure id="{ID}" {artefact}>'
        f"{_names('FACTS')}<str:DataStructureComponents>"
        f'<str:DimensionList id="DimensionDescriptor">{dimensions}{time}</str:DimensionList>'
        f'<str:AttributeList id="AttributeDescriptor">{attributes}</str:AttributeList>'
        '<str:MeasureList id="MeasureDescriptor"><str:PrimaryMeasure id="OBS_VALUE">'
        f"{_concept('OBS_VALUE')}{_text('Double')}</str:PrimaryMeasure></str:MeasureList>"
        "</str:DataStructureComponents></str:DataStructure></str:DataStructures>"
        "</mes:Structures></mes:Structure>\n"
    )


def _names(name: str) -> str:
    return "".join(
        f'<com:Name xml:lang="{lang}">{label(f"sdmx.{name}", lang)}</com:Name>'
        for lang in LANGUAGES
    )


def _concept(name: str) -> str:
    return (
        f'<str:ConceptIdentity><Ref id="{name}" maintainableParentID="CONCEPTS" '
        f'maintainableParentVersion="{VERSION}" agencyID="{AGENCY}" class="Concept" '
        'package="conceptscheme"/></str:ConceptIdentity>'
    )


def _text(kind: str) -> str:
    return f'<str:LocalRepresentation><str:TextFormat textType="{kind}"/></str:LocalRepresentation>'
