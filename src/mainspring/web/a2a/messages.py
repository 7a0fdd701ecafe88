"""Between A2A's messages and what the house knows: what is asked for, and how a task stands."""

from collections.abc import Mapping
from typing import Any

from a2a.helpers import get_data_parts, get_raw_parts, get_text_parts, new_data_artifact, new_text_message
from a2a.types import InvalidParamsError, Message, Role, Task, TaskState, TaskStatus

from mainspring.app.partner_tasks import Asked, Standing
from mainspring.base import jsonio

MOST_NAME = 200
STATES: Mapping[str, TaskState] = {
    "working": TaskState.TASK_STATE_WORKING,
    "waiting": TaskState.TASK_STATE_WORKING,
    "stuck": TaskState.TASK_STATE_WORKING,
    "done": TaskState.TASK_STATE_COMPLETED,
    "ended": TaskState.TASK_STATE_CANCELED,
}
"""A task that waits for a person of this company is in work: nothing is wanted of its sender."""
ENDED = frozenset({"done", "ended"})


def asked_in(message: Message) -> Asked:
    """What a message asks for: a data part with `skill` and `variables`, or a text or file as a document.

    Raises:
        InvalidParamsError: it names no message id, or a data part is not as it should be.
    """
    if not message.message_id or len(message.message_id) > MOST_NAME or len(message.context_id) > MOST_NAME:
        raise InvalidParamsError(
            message=f"message_id must have 1 to {MOST_NAME} characters, context_id no more"
        )
    data = get_data_parts(message.parts)
    if len(data) > 1 or (data and not isinstance(data[0], Mapping)):
        raise InvalidParamsError(message="one data part is taken, and it is an object")
    given: Mapping[str, Any] = data[0] if data else {}
    skill, variables = given.get("skill"), given.get("variables", {})
    unknown = sorted(set(given) - {"skill", "variables"})
    if unknown or not isinstance(variables, Mapping) or not isinstance(skill, str | None):
        said = "a data part has the fields skill (text) and variables (object), and no others"
        raise InvalidParamsError(message=said)
    document, name, media_type = _document(message)
    context = message.context_id or message.message_id
    # Numbers of protobuf are doubles: read again as the decimals that were written.
    exact = jsonio.loads(jsonio.dumps(dict(variables)))
    return Asked(skill, exact, document, name, media_type, context, message.message_id)


def _document(message: Message) -> tuple[bytes | None, str, str]:
    files = [part for part in message.parts if part.HasField("raw")]
    if files:
        raw = get_raw_parts(message.parts)[0]
        return (
            raw,
            files[0].filename[:MOST_NAME] or "document",
            files[0].media_type or "application/octet-stream",
        )
    texts = get_text_parts(message.parts)
    if texts:
        return "\n".join(texts).encode(), "message.txt", "text/plain"
    return None, "", ""


def task_of(standing: Standing) -> Task:
    """A task as A2A shows it; what came of it is its one artifact, once it is done."""
    task = Task(id=str(standing.instance), context_id=standing.context_id, status=status_of(standing))
    if standing.state == "done":
        answer = jsonio.loads(jsonio.dumps(standing.answer))
        task.artifacts.append(new_data_artifact("answer", _plain(answer), artifact_id="answer"))
    return task


def status_of(standing: Standing) -> TaskStatus:
    """The status with a word on what it waits for."""
    said = new_text_message(
        standing.note, context_id=standing.context_id, task_id=str(standing.instance), role=Role.ROLE_AGENT
    )
    status = TaskStatus(state=STATES[standing.state], message=said)
    status.timestamp.FromDatetime(standing.at)
    return status


def _plain(value: Any) -> Any:
    """Decimals as text: protobuf would make doubles of them, and an amount would lose its digits."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | bool):
        return value
    return str(value)
