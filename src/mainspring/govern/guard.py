"""The runtime's guard, filled: every command of a process is a question to the policies."""

from collections.abc import Mapping
from typing import Any

from mainspring.engine import commands
from mainspring.engine.events import Actor
from mainspring.govern import identity
from mainspring.govern.errors import UnknownPersonError
from mainspring.govern.policies import Policies, Value
from mainspring.govern.principal import KINDS, Principal
from mainspring.govern.resources import COMPANY, Resource, process
from mainspring.runtime.errors import Denied
from mainspring.runtime.guard import Broadcast, Deploy, Facts, Publish, Start, TaskFacts
from mainspring.store import Tx

ACTIONS: Mapping[type[Any], str] = {
    Deploy: "deploy",
    Publish: "publish",
    Broadcast: "publish",
    Start: "start",
    commands.StartInstance: "start",
    commands.CompleteJob: "do_job",
    commands.FailJob: "do_job",
    commands.ThrowJobError: "do_job",
    commands.AskPeople: "do_job",
    commands.ActivateAdHoc: "do_job",
    commands.CompleteTask: "do_task",
    commands.ClaimTask: "assign_task",
    commands.AssignTask: "assign_task",
    commands.UpdateTask: "assign_task",
    commands.FireTimer: "drive",
    commands.Correlate: "drive",
    commands.ReceiveSignal: "drive",
    commands.ResolveIncident: "mend",
    commands.SetJobRetries: "mend",
    commands.CancelInstance: "cancel",
    commands.SuspendInstance: "change_run",
    commands.ResumeInstance: "change_run",
    commands.SetVariables: "change_run",
    commands.ModifyInstance: "change_run",
    commands.MigrateInstance: "change_run",
}
"""The action that each command is in the policies. A command that is not here is denied."""


class RuntimeGuard:
    """Asks the policies; people's roles are read in each command's transaction, so a lost role is gone.

    Args:
        policies: the company's.
        agents: principals of agents and of the system that hold roles or groups; others hold none.
    """

    def __init__(self, policies: Policies, agents: Mapping[str, Principal] | None = None) -> None:
        self._policies = policies
        self._agents = dict(agents or {})

    def check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
        """Return when the policies allow it.

        Raises:
            Denied: with the rule, or why nobody can tell.
        """
        action = ACTIONS.get(type(command))
        if action is None:
            raise Denied(f"no policy knows the command {type(command).__name__}")
        principal = self._principal(tx, actor)
        resource = _resource(action, command, facts)
        decision = self._policies.decide(principal, action, resource, _context(principal, command, facts))
        if not decision.allowed:
            raise Denied(
                f"{actor.kind} {actor.id} may not {action}: {decision.because}",
                where=facts.element or resource.id,
                mend="Ask whoever looks after the policies.",
            )

    def _principal(self, tx: Tx, actor: Actor) -> Principal:
        if actor.kind not in KINDS:
            raise Denied(f"{actor.kind!r} is no kind of actor")
        if actor.kind == "person":
            try:
                return identity.principal(tx, actor.id)._replace(on_behalf_of=actor.on_behalf_of)
            except UnknownPersonError as error:
                raise Denied(error.message, mend=error.mend) from None
        held = self._agents.get(actor.id)
        if held is not None and held.kind == actor.kind:
            return held._replace(on_behalf_of=actor.on_behalf_of)
        return Principal(actor.kind, actor.id, on_behalf_of=actor.on_behalf_of)


def _resource(action: str, command: Any, facts: Facts) -> Resource:
    if action in {"deploy", "publish"}:
        return COMPANY
    return process(facts.process_id or getattr(command, "process_id", None) or "")


def _context(principal: Principal, command: Any, facts: Facts) -> dict[str, Value]:
    task = facts.task
    context: dict[str, Value] = {
        "element": facts.element,
        "job_type": facts.job_type,
        "on_behalf_of": principal.on_behalf_of,
    }
    if isinstance(command, Publish) and principal.kind == "customer":
        # Whoever lets a customer in has checked their link and took the correlation key from it.
        context["own"] = True
    if task is not None:
        context["kind"] = task.kind
        context["own"] = task.assignee == principal.id
        context["asked"] = _asked(principal, command, task)
    return context


def _asked(principal: Principal, command: Any, task: TaskFacts) -> bool:
    """Whether the task is this principal's: assigned to it, or unassigned and offered to it or to all."""
    if isinstance(command, (commands.ClaimTask, commands.AssignTask)) and command.assignee not in {
        None,
        principal.id,
    }:
        return False  # handing a task to someone else is another matter than taking it
    if task.assignee is not None:
        return task.assignee == principal.id
    if not task.candidate_users and not task.candidate_groups:
        return True
    return principal.id in task.candidate_users or any(
        principal.holds(group) for group in task.candidate_groups
    )
