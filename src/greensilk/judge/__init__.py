"""The audit of claims: verdicts, consistency, and the baselines that reproduce them.

``audit`` is the one entry; the parts below it are pure functions on arrays and may be used alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.judge.audit import AuditResult, audit
    from greensilk.judge.candidates import Candidate, CandidateSet
    from greensilk.judge.collect import candidate_set
    from greensilk.judge.detector import Detection, detect, solve

__all__ = [
    "AuditResult",
    "Candidate",
    "CandidateSet",
    "Detection",
    "audit",
    "candidate_set",
    "detect",
    "solve",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "AuditResult": "audit",
        "audit": "audit",
        "Candidate": "candidates",
        "CandidateSet": "candidates",
        "Detection": "detector",
        "candidate_set": "collect",
        "detect": "detector",
        "solve": "detector",
    },
)
