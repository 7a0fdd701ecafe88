"""Sending a case back to an earlier step, and taking one's own step back."""

from typing import Any

from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine.approvals.asking import drawn_task, root_of
from mainspring.engine.approvals.layout import Layout, lifted
from mainspring.engine.approvals.moving import Move, back, carry_out, is_scope, named, scopes, visit
from mainspring.engine.approvals.signing import ask_first, take_vote_back
from mainspring.engine.errors import CommandRejected
from mainspring.engine.graph import Node
from mainspring.engine.past import Step
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance, Task


def send_back(run: Run, command: ac.ReturnTask) -> None:
    """Return an open task to an earlier step."""
    if command.mode not in {ac.FORWARD, ac.BACK}:
        raise CommandRejected(f"a return goes on '{ac.FORWARD}' or '{ac.BACK}', not '{command.mode}'")
    task, record = drawn_task(run, command.task)
    if command.to == ac.INITIATOR:
        _to_initiator(run, command, task, record)
        return
    mode = command.mode
    found = (
        _previous(run, record, mode) if command.to == ac.PREVIOUS else _named(run, record, mode, command.to)
    )
    _go(run, command, record, found, None)


def _go(
    run: Run,
    command: ac.ReturnTask,
    record: ElementInstance,
    found: tuple[Move, Step],
    lead: str | None,
) -> None:
    move, step = found
    places = _way_back(run, command, record, move.scope) if command.mode == ac.BACK else []
    forgotten = list(move.forgotten)
    run.emit(
        a.TaskReturned(
            command.task,
            record.key,
            move.target.id,
            move.scope.key,
            command.mode,
            command.reason,
            forgotten,
        )
    )
    course: dict[str, Any] = {"person": step.person, "back": places}
    carry_out(run, move, course if lead is None else {**course, "lead": lead})


def _way_back(
    run: Run, command: ac.ReturnTask, record: ElementInstance, scope: ElementInstance
) -> list[list[Any]]:
    """Where the step goes when it is done: to this task, then to where this task itself was to go."""
    person = None if record.ballot is not None or run.node(record).sign is not None else command.by
    then = record.course["back"] if record.course is not None else []
    return [[record.element, scope.key, person], *then]


def steps_before(
    run: Run, record: ElementInstance, mode: str
) -> list[tuple[Step, str, Move | CommandRejected]]:
    """The steps that were done before an element instance, latest first: each with its move, or why not."""
    found: list[tuple[Step, str, Move | CommandRejected]] = []
    for scope, child in scopes(run, record):
        past = scope.past
        for element, step in past.steps.items() if past is not None else ():
            target = run.graph(scope.instance).nodes[element]
            move: Move | CommandRejected
            try:
                if mode == ac.BACK:
                    move = visit(run, scope, record, target, step.task)
                else:
                    move = back(run, scope, [run.node(child)], target, step.task)
            except CommandRejected as refusal:
                move = refusal
            found.append((step, element, move))
    return sorted(found, key=lambda each: each[0].task, reverse=True)


def _previous(run: Run, record: ElementInstance, mode: str) -> tuple[Move, Step]:
    """The latest step that lies on the way here; what bars the way to it bars the return."""
    refusal: CommandRejected | None = None
    for step, _, move in steps_before(run, record, mode):
        if isinstance(move, Move):
            return move, step
        if "does not come before" not in move.message:
            raise move
        refusal = move
    raise CommandRejected(
        "nobody has done a step before this one" if refusal is None else refusal.message,
        mend="Return it to the initiator.",
    )


def _named(run: Run, record: ElementInstance, mode: str, element: str) -> tuple[Move, Step]:
    for step, name, move in steps_before(run, record, mode):
        if name == element:
            if isinstance(move, Move):
                return move, step
            raise move
    raise CommandRejected(
        f"nobody has done '{element}' before this task, as far as it lies in this scope or one around it",
        mend="Ask which steps a return may lead to.",
    )


def _to_initiator(run: Run, command: ac.ReturnTask, task: Task, record: ElementInstance) -> None:
    """To the initiator's own first step; else to the first step, amended by the initiator; else here."""
    initiator = root_of(run).initiator
    if initiator is None:
        raise CommandRejected(
            "no person is on record as the initiator of this case", mend="Return it to an earlier step."
        )
    known = steps_before(run, record, command.mode)
    reachable = [(step, move) for step, _, move in known if isinstance(move, Move)]
    own = [(move, step) for step, move in reachable if step.person == initiator]
    if own:
        _go(run, command, record, own[-1], None)
        return
    barred = [
        move for step, _, move in known if step.person == initiator and isinstance(move, CommandRejected)
    ]
    if barred:
        raise barred[-1]
    if reachable and command.mode == ac.FORWARD:
        step, move = reachable[-1]
        _go(run, command, record, (move, step), initiator)
    else:
        ask_first(run, command, task, record, initiator)


def take_back(run: Run, command: ac.WithdrawStep) -> None:
    """Take one's own last step back: an undecided signature, or a step after which nobody has acted."""
    root_of(run)
    if command.by is None:
        raise CommandRejected("only a person takes a step back")
    if take_vote_back(run, command):
        return
    scope, element, step = _own_step(run, command)
    graph = run.graph(scope.instance)
    target = graph.nodes[element]
    if target.sign is not None:
        raise CommandRejected(
            f"the signing of {named(target)} is decided; a signature cannot be taken back now"
        )
    move = back(run, scope, _sources(run, scope, target), target, step.task)
    past = scope.past
    for other, later in past.steps.items() if past is not None else ():
        if later.task > step.task and other in move.forgotten:
            raise _too_late(f"{later.person or 'someone'} has done {named(graph.nodes[other])}")
    for record in move.withdrawn:
        _check_untouched(run, record)
    run.emit(a.StepWithdrawn(scope.key, element, scope.key, command.by, command.reason, list(move.forgotten)))
    carry_out(run, move, {"person": command.by, "back": []})


def _own_step(run: Run, command: ac.WithdrawStep) -> tuple[ElementInstance, str, Step]:
    own = [
        (scope, element, step)
        for scope in run.state.elements.values()
        if scope.past is not None and is_scope(run.node(scope), scope)
        for element, step in scope.past.steps.items()
        if step.person == command.by and command.element in {None, element}
    ]
    if not own:
        raise CommandRejected(
            f"{command.by} has done no step in this case that could be taken back",
            mend="The initiator may revoke the case.",
        )
    return max(own, key=lambda each: each[2].task)


def _sources(run: Run, scope: ElementInstance, target: Node) -> list[Node]:
    """The children of the scope that have a token of the step: those after it."""
    top = lifted(target, run.node(scope))
    downstream = Layout(run.node(scope)).downstream(top) if top is not None else set()
    living = [run.node(run.state.elements[key]) for key in scope.children or ()]
    return [node for node in living if node in downstream]


def _check_untouched(run: Run, record: ElementInstance) -> None:
    """Nobody has acted inside what would be withdrawn.

    Raises:
        CommandRejected: someone has.
    """
    node = run.node(record)
    if record.ballot is not None and record.ballot.votes():
        raise _too_late(f"{record.ballot.votes()[0]['person']} has signed {named(node)}")
    for element, step in record.past.steps.items() if record.past is not None else ():
        raise _too_late(f"{step.person or 'someone'} has done '{element}'")
    for key in record.children or ():
        _check_untouched(run, run.state.elements[key])


def _too_late(what: str) -> CommandRejected:
    return CommandRejected(f"it is too late: {what}", mend="Ask that person to return the case.")
