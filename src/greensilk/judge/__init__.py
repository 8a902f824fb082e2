"""The audit of claims: verdicts, consistency, and the baselines that reproduce them.

``audit`` is the one entry, ``findings`` its result in the schema that all rooms share; the parts
below are pure functions on arrays and may be used alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.judge.candidates import Candidate, CandidateSet, candidate_set
    from greensilk.judge.claims import AuditResult, audit, findings
    from greensilk.judge.detector import Detection, detect, solve
    from greensilk.judge.ladders import ladder

__all__ = [
    "AuditResult",
    "Candidate",
    "CandidateSet",
    "Detection",
    "audit",
    "candidate_set",
    "detect",
    "findings",
    "ladder",
    "solve",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "AuditResult": "claims",
        "Candidate": "candidates",
        "CandidateSet": "candidates",
        "Detection": "detector",
        "audit": "claims",
        "candidate_set": "candidates",
        "detect": "detector",
        "findings": "claims",
        "ladder": "ladders",
        "solve": "detector",
    },
)
