"""The choices of one appraisal, printed with every result."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from greensilk.core.errors import GreenSilkError

__all__ = ["CHOICES", "Options"]

# option -> the values it may take; they are also key columns of reference tables
CHOICES: dict[str, tuple[str, ...]] = {
    "baseline": ("ifi", "tool07"),
    "period": ("first", "later"),
    "gwp": ("ar5", "ar6"),
}


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
                raise GreenSilkError(
                    f"option {name} = {value!r}: expected one of {', '.join(allowed)}",
                    f"选项 {name} = {value!r}：应为 {'、'.join(allowed)} 之一",
                )
        from greensilk import reference

        years = {row.keys[0] for row in reference.load("china_thermal_fleet").rows}
        if self.fleet_year not in years:
            raise GreenSilkError(
                f"option fleet_year = {self.fleet_year!r}: the table of the Chinese thermal fleet "
                f"holds {min(years)} to {max(years)}",
                f"选项 fleet_year = {self.fleet_year!r}：中国火电机组数据表的年份为 "
                f"{min(years)} 至 {max(years)}",
            )
        if self.draws != 0 and not 20 <= self.draws <= 1_000_000:
            raise GreenSilkError(
                f"option draws = {self.draws}: expected 0 (no ranges) or 20 to 1,000,000",
                f"选项 draws = {self.draws}：应为 0（不给区间）或 20 至 1,000,000",
            )

    def attributes(self) -> dict[str, str]:
        """Return the options that reference tables are keyed on."""
        return {name: str(getattr(self, name)) for name in (*CHOICES, "fleet_year")}

    def as_dict(self) -> dict[str, Any]:
        """Return every option by name."""
        return asdict(self)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the options."""
        return tuple(item.name for item in fields(cls))
