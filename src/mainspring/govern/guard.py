"""The runtime's guard, filled: every command of a process is a question to the policies."""

from collections.abc import Mapping
from typing import Any

from mainspring.engine import approval_commands as people
from mainspring.engine import commands
from mainspring.engine.events import Actor
from mainspring.govern import acts, history, identity, proxies
from mainspring.govern.errors import ProxyError, UnknownPersonError
from mainspring.govern.guard_denials import denials
from mainspring.govern.policies import Policies, Value
from mainspring.govern.principal import KINDS, Kind, Principal
from mainspring.govern.resources import COMPANY, Resource, process
from mainspring.runtime.errors import Denied
from mainspring.runtime.guard import Broadcast, Delete, Deploy, Facts, Publish, Start, TaskFacts
from mainspring.store import Store, Tx
from mainspring.store.keys import Clock, utc_now

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
    Delete: "cancel",
    commands.SuspendInstance: "change_run",
    commands.ResumeInstance: "change_run",
    commands.SetVariables: "change_run",
    commands.ModifyInstance: "change_run",
    commands.MigrateInstance: "change_run",
    people.ReturnTask: "return_task",
    people.WithdrawStep: "withdraw",
    people.RevokeInstance: "revoke",
    people.AddSigners: "add_signers",
    people.RemoveSigners: "remove_signers",
    people.TransferTask: "transfer_task",
    people.DelegateTask: "delegate_task",
    people.HandOver: "hand_over",
    people.RemindTask: "remind",
    people.CopyCase: "copy_case",
    people.ReadCopy: "read_copy",
    people.SaveDraft: "save_draft",
    people.JumpTo: "jump",
    people.ReopenInstance: "reopen",
}
"""The action that each command is in the policies. A command that is not here is denied."""


PREPARER = "prepared_by"
"""The variable that names who shaped what is confirmed later; who could write it could confirm their own."""
_WRITE_BACK = frozenset({"agent", "system"})


class RuntimeGuard:
    """Asks the policies; people's roles are read in each command's transaction, so a lost role is gone.

    Args:
        policies: the company's.
        agents: principals of agents and of the system that hold roles or groups; others hold none.
        store: where denials are recorded whose transaction is undone; None leaves those out.
        clock: the time, for stand-ins and the record.
    """

    def __init__(
        self,
        policies: Policies,
        agents: Mapping[str, Principal] | None = None,
        *,
        store: Store | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._policies = policies
        self._agents = dict(agents or {})
        self._store = store
        self._clock = clock

    def check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
        """Return when the policies allow it; a denial is recorded.

        Raises:
            Denied: with the rule, or why nobody can tell.
        """
        try:
            self._check(tx, actor, command, facts)
        except Denied as denied:
            self._note(tx, actor, command, facts, denied)
            raise

    def _check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
        action = ACTIONS.get(type(command))
        if action is None:
            raise Denied(f"no policy knows the command {type(command).__name__}")
        if actor.kind not in _WRITE_BACK and PREPARER in _variables(command):
            raise Denied(
                f"the variable {PREPARER} is written by the house alone",
                where=facts.element or facts.process_id or "",
                mend="Leave it out.",
            )
        principal = self._principal(tx, actor, action, facts)
        resource = _resource(action, command, facts)
        context = _context(principal, command, facts)
        if facts.instance is not None and self._policies.reads("did"):
            context["did"] = history.did(tx, facts.instance, principal)
        decision = self._policies.decide(principal, action, resource, context)
        if not decision.allowed:
            raise Denied(
                f"{actor.kind} {actor.id} may not {action}: {decision.because}",
                where=facts.element or resource.id,
                mend="Ask whoever looks after the policies.",
            )

    def _note(self, tx: Tx, actor: Actor, command: Any, facts: Facts, denied: Denied) -> None:
        if not tx.writable:
            return
        kind: Kind = next((one for one in KINDS if one == actor.kind), "customer")
        by = Principal(kind, actor.id, on_behalf_of=actor.on_behalf_of)
        detail = {"element": facts.element, "process": facts.process_id, "because": denied.message}
        denials(tx, self._store).add(
            acts.row(
                "denied",
                by,
                type(command).__name__,
                now=self._clock(),
                instance=facts.instance,
                detail=detail,
            )
        )

    def _principal(self, tx: Tx, actor: Actor, action: str, facts: Facts) -> Principal:
        if actor.kind not in KINDS:
            raise Denied(f"{actor.kind!r} is no kind of actor")
        if actor.kind == "person":
            try:
                if actor.on_behalf_of is None:
                    return identity.principal(tx, actor.id)
                return self._acting(tx, actor.id, actor.on_behalf_of, action, facts)
            except (UnknownPersonError, ProxyError) as error:
                raise Denied(error.message, mend=error.mend) from None
        held = self._agents.get(actor.id)
        if held is not None and held.kind == actor.kind:
            return held._replace(on_behalf_of=actor.on_behalf_of)
        return Principal(actor.kind, actor.id, on_behalf_of=actor.on_behalf_of)

    def _acting(self, tx: Tx, stand_in: str, person: str, action: str, facts: Facts) -> Principal:
        if action not in proxies.ACTIONS:
            raise ProxyError(f"nobody may {action} in the place of another", mend="Do it in your own name.")
        return proxies.acting(tx, stand_in, person, now=self._clock(), process_id=facts.process_id)


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
    if facts.initiator is not None:
        context["initiator"] = facts.initiator in _names(principal)
    if facts.added_by:
        context["added"] = all(by == principal.id for by in facts.added_by)
    if task is not None:
        context["kind"] = task.kind
        context["own"] = task.assignee in _names(principal)
        context["asked"] = _asked(principal, command, task)
    return context


def _variables(command: Any) -> frozenset[str]:
    """The names of the variables that a command would write."""
    given = getattr(command, "variables", None) or getattr(command, "answer", None) or ()
    return frozenset(given)


def _names(principal: Principal) -> frozenset[str]:
    """The person, and the one in whose place they act."""
    lent = principal.on_behalf_of if principal.kind == "person" else None
    return frozenset(name for name in (principal.id, lent) if name)


def _asked(principal: Principal, command: Any, task: TaskFacts) -> bool:
    """Whether the task is this principal's: assigned to it, or unassigned and offered to it or to all."""
    names = _names(principal)
    if isinstance(command, (commands.ClaimTask, commands.AssignTask)) and command.assignee not in {
        None,
        *names,
    }:
        return False  # handing a task to someone else is another matter than taking it
    if task.assignee is not None:
        return task.assignee in names
    if not task.candidate_users and not task.candidate_groups:
        return True
    return bool(names & set(task.candidate_users)) or any(
        principal.holds(group) for group in task.candidate_groups
    )
