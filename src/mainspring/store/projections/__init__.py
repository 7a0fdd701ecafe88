"""From events to rows: one small function for each event that changes a projection.

The same functions serve the commands as they happen and `store.rebuild`. What an event does not say itself
(which process an instance follows, which element a key stands for) the `Stream` remembers from earlier
events.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mainspring.store.projections import approvals, instances, waits, work
from mainspring.store.projections.stream import Follows, Step, Stream

__all__ = ["STEPS", "Follows", "Step", "Stream"]

STEPS: Mapping[type, Step] = MappingProxyType(
    {**instances.STEPS, **work.STEPS, **waits.STEPS, **approvals.STEPS}
)
"""Event type -> what it changes; an event that is not here changes no projection."""
