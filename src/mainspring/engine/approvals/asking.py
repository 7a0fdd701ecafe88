"""What people's operations find before they begin: the task, its element, the running case."""

from mainspring.engine.changes import check_settled
from mainspring.engine.errors import CommandRejected
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance, ProcessInstance, Task


def root_of(run: Run) -> ProcessInstance:
    """The root instance, which runs.

    Raises:
        CommandRejected: it has not begun, has ended or is suspended.
    """
    root = run.state.root
    if root is None or run.state.outcome is not None:
        raise CommandRejected("the instance has ended" if root else "the instance has not begun")
    info = run.state.instances[root]
    if info.suspended:
        raise CommandRejected("the instance is suspended", mend="Resume it first.")
    return info


def open_task(run: Run, key: int) -> tuple[Task, ElementInstance]:
    """An open task of a running case, and its element instance.

    Raises:
        CommandRejected: there is none, or its answer or assignment is being checked.
    """
    task = run.state.tasks.get(key)
    if task is None:
        raise CommandRejected(f"there is no open task {key}", mend="It was completed or withdrawn meanwhile.")
    root_of(run)
    record = run.state.elements[task.element_key]
    check_settled(record)
    return task, record


def drawn_task(run: Run, key: int) -> tuple[Task, ElementInstance]:
    """An open task of a user task in the model, in the hands of whoever is responsible.

    Raises:
        CommandRejected: it is a review or an approval of a job, or with a delegate.
    """
    task, record = open_task(run, key)
    if task.job is not None:
        raise CommandRejected(
            f"the task {key} is a {task.kind} of a digital employee's work, no step of the model",
            mend="Answer it: a rejection sends the work back.",
        )
    if task.owners:
        raise CommandRejected(
            f"the task is delegated to {task.assignee}", mend=f"It comes back to {task.owners[-1]} first."
        )
    return task, record


def some_people(people: tuple[str, ...]) -> list[str]:
    """The people named, each once.

    Raises:
        CommandRejected: none is named.
    """
    named = list(dict.fromkeys(person.strip() for person in people))
    if not named or "" in named:
        raise CommandRejected("nobody is named", mend="Name at least one person by id.")
    return named
