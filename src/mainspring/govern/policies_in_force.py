"""The policies in force: one object that everybody asks; a newer version takes the older's place."""

from collections.abc import Mapping

from mainspring.govern.policies import Decision, Policies, Value
from mainspring.govern.policy_source import Json
from mainspring.govern.principal import Principal
from mainspring.govern.resources import Resource


class PoliciesInForce(Policies):
    """Answers as the version that was put in force last.

    Replacing it is one assignment, so no question waits.
    """

    def __init__(self, first: Policies) -> None:
        self._now = first

    @property
    def version(self) -> str:  # type: ignore[override]  # a plain attribute there, the newest one's here
        """The version in force."""
        return self._now.version

    @property
    def sources(self) -> Mapping[str, Json]:
        """The policies by their ids."""
        return self._now.sources

    def put(self, newer: Policies) -> None:
        """Put a version in force."""
        self._now = newer

    def reads(self, attribute: str) -> bool:
        """Whether any policy looks at this attribute of the context."""
        return self._now.reads(attribute)

    def reason(self, policy_id: str) -> str:
        """The reason that a policy's author gave."""
        return self._now.reason(policy_id)

    def decide(
        self,
        principal: Principal,
        action: str,
        resource: Resource,
        context: Mapping[str, Value] | None = None,
    ) -> Decision:
        """Answer one question."""
        return self._now.decide(principal, action, resource, context)
