"""The choices of one appraisal, printed with every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from greensilk import reference
from greensilk.core.errors import OptionError, UnknownNameError
from greensilk.core.text import Labels

__all__ = ["CHOICES", "Options"]

# option -> the values it may take; they are also key columns of reference tables
CHOICES: dict[str, tuple[str, ...]] = {
    "baseline": ("ifi", "tool07"),
    "period": ("first", "later"),
    "gwp": ("ar5", "ar6"),
}
# fewest draws that have a 5th percentile, and the most that memory allows
DRAWS = (20, 1_000_000)


@dataclass(frozen=True, slots=True)
class Options:
    """How to appraise.

    Parameters
    ----------
    draws
        Number of Monte Carlo draws behind every range; 0 gives best estimates without ranges.
    seed
        Starts the keyed generator; the same seed gives the same draws on any machine.
    baseline
        ``ifi``: the harmonised combined margins of the international financial institutions,
        version 3.2; ``tool07``: operating and build margin weighted by CDM TOOL07.
    period
        Crediting period for TOOL07's weights: ``first`` or ``later``.
    gwp
        Global warming potentials of the IPCC's fifth (``ar5``) or sixth (``ar6``) assessment.
    fleet_year
        Year of the Chinese thermal fleet behind coal saved and air pollutants avoided.
    facts
        Where country facts come from: ``packaged`` for the snapshot in the package (the same on
        every machine), or the folder of a store built by ``greensilk facts build``.

    Raises
    ------
    OptionError
        If an option cannot be taken.
    """

    draws: int = 1000
    seed: int = 2023
    baseline: str = "ifi"
    period: str = "first"
    gwp: str = "ar6"
    fleet_year: str = "2022"
    facts: str = "packaged"

    def __post_init__(self) -> None:
        """Check every choice."""
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise OptionError(
                    "option_value", option=name, value=str(value), expected=Labels(allowed)
                )
        years = {row.keys[0] for row in reference.load("china_thermal_fleet").rows}
        if self.fleet_year not in years:
            raise OptionError(
                "option_fleet_year", value=self.fleet_year, first=min(years), last=max(years)
            )
        least, most = DRAWS
        if self.draws != 0 and not least <= self.draws <= most:
            raise OptionError("option_draws", value=self.draws, least=least, most=f"{most:,}")

    def attributes(self) -> dict[str, str]:
        """Return the options that reference tables are keyed on."""
        return {name: str(getattr(self, name)) for name in (*CHOICES, "fleet_year")}

    def as_dict(self) -> dict[str, str | int]:
        """Return every option by name."""
        return asdict(self)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the options."""
        return tuple(item.name for item in fields(cls))

    @classmethod
    def of(cls, choices: Mapping[str, object]) -> Options:
        """Return the options that ``choices`` names; the others keep their defaults.

        Raises
        ------
        UnknownNameError
            If there is no such option.
        """
        unknown = set(choices) - set(cls.names())
        if unknown:
            raise UnknownNameError("option", min(unknown), cls.names())
        return cls(**choices)  # type: ignore[arg-type]
