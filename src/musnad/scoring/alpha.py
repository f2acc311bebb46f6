"""Krippendorff's alpha: how far coders agree beyond what chance alone would give, whatever their number.

Klaus Krippendorff, Content Analysis: An Introduction to Its Methodology, chapter on reliability; worked through in
"Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania, 2011), whose examples are our tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def nominal(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Alpha for nominal values. Each unit holds what each coder said of it; None is a value that is missing.

    1 is full agreement, 0 what chance gives, below 0 worse than chance. Units with fewer than two values do not count.
    None when fewer than two values differ over all units: then there is nothing to agree on.
    """
    observed = 0.0
    totals: Counter[Hashable] = Counter()
    for unit in units:
        values = Counter(v for v in unit if v is not None)
        m = values.total()
        if m < 2:
            continue
        totals.update(values)
        observed += (m * m - sum(n * n for n in values.values())) / (m - 1)
    n = totals.total()
    expected = n * n - sum(t * t for t in totals.values())
    return 1 - (n - 1) * observed / expected if expected else None
