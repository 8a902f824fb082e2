"""The data structure of the facts in SDMX terms, as SDMX-ML 2.1."""

from __future__ import annotations

__all__ = ["COLUMNS", "STRUCTURE_ID", "structure"]

AGENCY, ID, VERSION = "GREENSILK", "FACTS", "1.0"
STRUCTURE_ID = f"{AGENCY}:{ID}({VERSION})"

# Dimensions and attributes with the concept in words.
DIMENSIONS = {"INDICATOR": "Indicator", "REF_AREA": "Reference area (ISO 3166-1 alpha-3)"}
ATTRIBUTES = {
    "UNIT_MEASURE": "Unit of measure",
    "SOURCE": "Source",
    "OBS_STATUS": "Observation status",
    "FLAG": "Flag of the publisher",
}
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
    concepts = {
        **DIMENSIONS,
        "TIME_PERIOD": "Year",
        "OBS_VALUE": "Value",
        **ATTRIBUTES,
    }
    schemes = "".join(
        f'<str:Concept id="{name}"><com:Name xml:lang="en">{title}</com:Name></str:Concept>'
        for name, title in concepts.items()
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
        f'<com:Name xml:lang="en">Concepts of the country facts</com:Name>{schemes}'
        "</str:ConceptScheme></str:Concepts><str:DataStructures>"
        f'<str:DataStructure id="{ID}" {artefact}>'
        '<com:Name xml:lang="en">Country facts</com:Name><str:DataStructureComponents>'
        f'<str:DimensionList id="DimensionDescriptor">{dimensions}{time}</str:DimensionList>'
        f'<str:AttributeList id="AttributeDescriptor">{attributes}</str:AttributeList>'
        '<str:MeasureList id="MeasureDescriptor"><str:PrimaryMeasure id="OBS_VALUE">'
        f"{_concept('OBS_VALUE')}{_text('Double')}</str:PrimaryMeasure></str:MeasureList>"
        "</str:DataStructureComponents></str:DataStructure></str:DataStructures>"
        "</mes:Structures></mes:Structure>\n"
    )


def _concept(name: str) -> str:
    return (
        f'<str:ConceptIdentity><Ref id="{name}" maintainableParentID="CONCEPTS" '
        f'maintainableParentVersion="{VERSION}" agencyID="{AGENCY}" class="Concept" '
        'package="conceptscheme"/></str:ConceptIdentity>'
    )


def _text(kind: str) -> str:
    return f'<str:LocalRepresentation><str:TextFormat textType="{kind}"/></str:LocalRepresentation>'
