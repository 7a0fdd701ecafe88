"""evolve(state, event): what each event changes.

It never fails for an event that the engine wrote, and never decides.
One small function an event, looked up by type.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mainspring.engine import events as e
from mainspring.engine import inner_events as i
from mainspring.engine.evolve_approvals import (
    APPROVALS,
    inherit,
    inherit_call,
    past_of,
    remember_effect,
    rename,
)
from mainspring.engine.evolve_work import WORK
from mainspring.engine.state import (
    Body,
    Closed,
    Compensation,
    ElementInstance,
    Incident,
    ProcessInstance,
    State,
    Subscription,
    Timer,
)

Change = Callable[[State, Any], None]


def evolve(state: State, event: Any) -> None:
    """Advance the state by one event."""
    CHANGES[type(event)](state, event)


def _instance_started(state: State, event: e.InstanceStarted) -> None:
    state.instances[event.key] = ProcessInstance(
        event.definition, event.version, event.process_id, event.parent, event.business_key, event.initiator
    )
    state.elements[event.key] = ElementInstance(event.key, event.process_id, event.parent, event.key)
    if event.parent is None:
        state.root = event.key
    else:
        caller = state.elements[event.parent]
        if caller.children is None:
            caller.children = {}
        caller.children[event.key] = None


def _instance_ended(state: State, key: int, outcome: str) -> None:
    info = state.instances.pop(key)
    record = state.elements.pop(key)
    _forget(state, key)
    if info.parent is None:
        state.outcome = outcome
        state.closed = Closed(info, record.variables, record.past)
        return
    caller = state.elements.get(info.parent)
    if caller is not None and record.past is not None:
        inherit_call(state, caller, record.past)
    if caller is not None and caller.children is not None:
        caller.children.pop(key, None)


def _instance_completed(state: State, event: e.InstanceCompleted) -> None:
    _instance_ended(state, event.key, "completed")


def _instance_terminated(state: State, event: e.InstanceTerminated) -> None:
    _instance_ended(state, event.key, "terminated")


def _instance_suspended(state: State, event: e.InstanceSuspended) -> None:
    state.instances[event.key].suspended = True


def _instance_resumed(state: State, event: e.InstanceResumed) -> None:
    state.instances[event.key].suspended = False


def _instance_migrated(state: State, event: e.InstanceMigrated) -> None:
    info = state.instances[event.key]
    info.definition, info.version = event.definition, event.version
    names = event.elements
    for record in state.elements.values():
        if record.instance == event.key:
            record.node = None
            record.element = names.get(record.element, record.element)
            rename(record, names)
    for timer in state.timers.values():
        if state.elements[timer.element_key].instance == event.key:
            timer.element = names.get(timer.element, timer.element)
    for subscription in state.subscriptions.values():
        if state.elements[subscription.element_key].instance == event.key:
            subscription.element = names.get(subscription.element, subscription.element)
    for kept in state.compensations.values():
        if kept.instance == event.key:
            kept.element = names.get(kept.element, kept.element)
            kept.handler = names.get(kept.handler, kept.handler)


def _element_activated(state: State, event: e.ElementActivated) -> None:
    key, element, scope_key, instance, loop_counter, flows = event
    record = ElementInstance(key, element, scope_key, instance, loop_counter)
    state.elements[key] = record
    scope = state.elements[scope_key]
    if scope.children is None:
        scope.children = {}
    scope.children[key] = None
    if loop_counter is not None:
        record.variables = {"loopCounter": Decimal(loop_counter)}
        if scope.body is not None:
            scope.body.begun += 1
    for flow in flows:
        tokens = scope.tokens
        if tokens:
            left = tokens.pop(flow, 1) - 1
            if left:
                tokens[flow] = left


def _element_completed(state: State, event: e.ElementCompleted) -> None:
    key = event.key
    record = state.elements.pop(key)
    scope = state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    del scope.children[key]  # type: ignore[union-attr] # it was put there on activation
    if scope.body is not None and record.loop_counter is not None:
        scope.body.ended += 1
    if record.past is not None:
        inherit(state, record, record.past)
    if state.undoing:
        state.undoing.pop(key, None)
    if state.compensations:
        for kept in state.compensations.values():
            if kept.scope == key:  # what was done inside can now be undone from outside
                kept.scope = scope.key
    if state.gateways:
        _forget(state, key)


def _element_terminated(state: State, event: e.ElementTerminated) -> None:
    _forget(state, event.key)
    state.undoing.pop(event.key, None)
    record = state.elements.pop(event.key)
    scope = state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    del scope.children[event.key]  # type: ignore[union-attr] # it was put there on activation
    if scope.body is not None and record.loop_counter is not None:
        scope.body.ended += 1


def _forget(state: State, scope: int) -> None:
    """A scope is gone, and with it what could be undone in it and which of its gateways had fired."""
    if state.compensations:
        for token in [t for t, kept in state.compensations.items() if kept.scope == scope]:
            del state.compensations[token]
            _forget(state, token)
    if state.gateways:
        for place in [place for place in state.gateways if place[0] == scope]:
            del state.gateways[place]


def _sequence_flow_taken(state: State, event: e.SequenceFlowTaken) -> None:
    scope = state.elements[event.scope]
    if scope.tokens is None:
        scope.tokens = {}
    scope.tokens[event.flow] = scope.tokens.get(event.flow, 0) + 1


def _variable_set(state: State, event: e.VariableSet) -> None:
    record = state.elements[event.scope]
    if record.variables is None:
        record.variables = {event.name: event.value}
    else:
        record.variables[event.name] = event.value


def _wait(state: State, element_key: int, key: int, kind: str) -> None:
    record = state.elements[element_key]
    if record.waits is None:
        record.waits = {}
    record.waits[key] = kind


def _no_wait(state: State, element_key: int, key: int) -> None:
    record = state.elements.get(element_key)
    if record is not None and record.waits:
        record.waits.pop(key, None)


def _timer_scheduled(state: State, event: e.TimerScheduled) -> None:
    state.timers[event.timer] = Timer(event.key, event.element, event.due, event.repetitions, event.interval)
    _wait(state, event.key, event.timer, "timer")


def _timer_gone(state: State, event: e.TimerFired | e.TimerCanceled) -> None:
    state.timers.pop(event.timer, None)
    _no_wait(state, event.key, event.timer)


def _subscription_opened(state: State, event: e.SubscriptionOpened) -> None:
    key = event.subscription
    state.subscriptions[key] = Subscription(
        event.key, event.element, event.kind, event.name, event.correlation_key
    )
    if event.kind == "condition":
        state.conditions[key] = None
    elif event.kind == "signal":
        state.signals.setdefault(event.name, {})[key] = None
    _wait(state, event.key, key, "subscription")


def _subscription_closed(state: State, event: e.SubscriptionClosed) -> None:
    subscription = state.subscriptions.pop(event.subscription)
    state.conditions.pop(event.subscription, None)
    if subscription.kind == "signal":
        waiting = state.signals[subscription.name]
        waiting.pop(event.subscription, None)
        if not waiting:
            del state.signals[subscription.name]
    _no_wait(state, event.key, event.subscription)


def _nothing(state: State, event: Any) -> None:
    """The event is a fact for readers; what follows from it has events of its own."""


def _thrown(state: State, event: e.MessageThrown | e.SignalThrown) -> None:
    remember_effect(state, state.elements[event.key], event.key)


def _incident_raised(state: State, event: e.IncidentRaised) -> None:
    state.incidents[event.incident] = Incident(event.key, event.kind, event.message, event.job, event.phase)
    state.elements[event.key].incident = event.incident


def _incident_resolved(state: State, event: e.IncidentResolved) -> None:
    del state.incidents[event.incident]
    record = state.elements.get(event.key)
    if record is not None:
        record.incident = None


def _repetition_started(state: State, event: i.RepetitionStarted) -> None:
    state.elements[event.key].body = Body(event.size, event.items)


def _item_collected(state: State, event: i.ItemCollected) -> None:
    body = state.elements[event.key].body
    if body is not None:
        body.results[event.place] = event.value


def _scope_interrupted(state: State, event: i.ScopeInterrupted) -> None:
    state.elements[event.key].tokens = None


def _compensation_enabled(state: State, event: i.CompensationEnabled) -> None:
    for kept in state.compensations.values():
        if kept.scope == event.key:  # only the handler of the whole decides about its parts
            kept.scope = event.token
    state.compensations[event.token] = Compensation(
        event.element, event.scope, event.instance, event.handler, event.variables
    )


def _compensation_triggered(state: State, event: i.CompensationTriggered) -> None:
    undone = state.compensations.pop(event.token, None)
    if undone is not None and undone.scope in state.elements:
        past_of(state.elements[undone.scope]).undone[undone.element] = event.element_key
    state.undoing[event.element_key] = event.key
    for kept in state.compensations.values():
        if kept.scope == event.token:
            kept.scope = event.element_key


def _gateway_reset(state: State, event: i.GatewayReset) -> None:
    if event.waiting:
        state.gateways.pop((event.scope, event.element), None)
        tokens = state.elements[event.scope].tokens
        for flow in event.flows:
            left = tokens.pop(flow, 1) - 1 if tokens else 0
            if left and tokens is not None:
                tokens[flow] = left
    else:
        state.gateways[event.scope, event.element] = list(event.flows)


CHANGES: dict[type, Change] = {
    e.InstanceStarted: _instance_started,
    e.InstanceCompleted: _instance_completed,
    e.InstanceTerminated: _instance_terminated,
    e.InstanceSuspended: _instance_suspended,
    e.InstanceResumed: _instance_resumed,
    e.InstanceMigrated: _instance_migrated,
    e.ElementActivated: _element_activated,
    e.ElementCompleted: _element_completed,
    e.ElementTerminated: _element_terminated,
    e.SequenceFlowTaken: _sequence_flow_taken,
    e.VariableSet: _variable_set,
    **WORK,
    **APPROVALS,
    e.TimerScheduled: _timer_scheduled,
    e.TimerFired: _timer_gone,
    e.TimerCanceled: _timer_gone,
    e.SubscriptionOpened: _subscription_opened,
    e.SubscriptionClosed: _subscription_closed,
    e.MessageCorrelated: _nothing,
    e.SignalReceived: _nothing,
    e.MessageThrown: _thrown,
    e.SignalThrown: _thrown,
    e.ErrorCaught: _nothing,
    e.EscalationCaught: _nothing,
    e.DecisionEvaluated: _nothing,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
    i.RepetitionStarted: _repetition_started,
    i.ItemCollected: _item_collected,
    i.ScopeInterrupted: _scope_interrupted,
    i.CompensationEnabled: _compensation_enabled,
    i.CompensationTriggered: _compensation_triggered,
    i.GatewayReset: _gateway_reset,
}
