"""Answers A2A requests to one digital employee, for whoever the token of the request stands for."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, NoReturn, TypeVar

from a2a.server.context import ServerCallContext
from a2a.server.events.event_queue import Event
from a2a.server.request_handlers import RequestHandler
from a2a.types import (
    AgentCard,
    CancelTaskRequest,
    DeleteTaskPushNotificationConfigRequest,
    GetExtendedAgentCardRequest,
    GetTaskPushNotificationConfigRequest,
    GetTaskRequest,
    InvalidParamsError,
    ListTaskPushNotificationConfigsRequest,
    ListTaskPushNotificationConfigsResponse,
    ListTasksRequest,
    ListTasksResponse,
    Message,
    PushNotificationNotSupportedError,
    SendMessageRequest,
    SubscribeToTaskRequest,
    Task,
    TaskArtifactUpdateEvent,
    TaskNotCancelableError,
    TaskNotFoundError,
    TaskPushNotificationConfig,
    TaskStatusUpdateEvent,
    UnsupportedOperationError,
)
from fastapi.concurrency import run_in_threadpool

from mainspring.agents.definition import AgentDefinition
from mainspring.app import partner_tasks
from mainspring.app.house import House
from mainspring.app.partner_skills import skills_of
from mainspring.app.partner_tasks import PAGE, Asked, Standing
from mainspring.base.errors import MainspringError
from mainspring.govern.principal import Principal
from mainspring.runtime import NotFound
from mainspring.web.a2a.card import card_of
from mainspring.web.a2a.messages import ENDED, STATES, asked_in, status_of, task_of

PAUSE = 0.2
"""Seconds between two looks at a case that is followed."""
MOST_DIGITS = 19
T = TypeVar("T")


class EmployeeHandler(RequestHandler):
    """One employee's side of the protocol.

    Args:
        house: whose.
        agent: the employee.
        address: of the application, for its card.
        closing: whether the application ends, which ends what is followed.
    """

    def __init__(
        self,
        house: House,
        agent: AgentDefinition,
        address: str,
        closing: Callable[[], bool],
        pause: float = PAUSE,
    ) -> None:
        self._house, self._agent, self._address = house, agent, address
        self._closing, self._pause = closing, pause

    async def on_message_send(self, params: SendMessageRequest, context: ServerCallContext) -> Task | Message:
        """Begin a task; answers when it has ended, waits for people, or at once when that is asked for."""
        principal = _principal(context)
        key = await self._send(params.message, principal)
        standing = await self._standing(principal, key)
        while (
            not params.configuration.return_immediately
            and standing.state == "working"
            and not self._closing()
        ):
            await asyncio.sleep(self._pause)
            standing = await self._standing(principal, key)
        return task_of(standing)

    async def on_message_send_stream(
        self, params: SendMessageRequest, context: ServerCallContext
    ) -> AsyncGenerator[Event]:
        """Begin a task and follow it to its end."""
        principal = _principal(context)
        key = await self._send(params.message, principal)
        async for event in self._followed(principal, key):
            yield event

    async def on_subscribe_to_task(
        self, params: SubscribeToTaskRequest, context: ServerCallContext
    ) -> AsyncGenerator[Event]:
        """Follow a task to its end."""
        principal = _principal(context)
        async for event in self._followed(principal, _key(params.id)):
            yield event

    async def on_get_task(self, params: GetTaskRequest, context: ServerCallContext) -> Task | None:
        """How a task stands; one of another sender does not exist."""
        return task_of(await self._standing(_principal(context), _key(params.id)))

    async def on_list_tasks(self, params: ListTasksRequest, context: ServerCallContext) -> ListTasksResponse:
        """The sender's own tasks, oldest first."""
        principal = _principal(context)
        size = min(params.page_size or PAGE, PAGE)
        after = _key(params.page_token) if params.page_token else 0

        def look() -> list[Standing]:
            with self._house.store.read() as tx:
                return partner_tasks.listed(
                    self._house, tx, self._agent, principal, params.context_id, after, size
                )

        found = await self._done(look)
        wanted = [one for one in found if not params.status or STATES[one.state] == params.status]
        tasks = [task_of(one) for one in wanted]
        token = str(found[-1].instance) if len(found) == size else ""
        return ListTasksResponse(tasks=tasks, next_page_token=token, page_size=size, total_size=len(tasks))

    async def on_cancel_task(self, params: CancelTaskRequest, context: ServerCallContext) -> Task | None:
        """End a task, where the policies leave that to its sender."""
        principal, key = _principal(context), _key(params.id)
        if (await self._standing(principal, key)).state in ENDED:
            raise TaskNotCancelableError(message="the task has ended already")

        def end() -> None:
            with self._house.store.write() as tx:
                partner_tasks.cancel(self._house, tx, self._agent, principal, key)

        try:
            await run_in_threadpool(end)
        except NotFound as error:
            raise TaskNotFoundError(message=error.message) from None
        except MainspringError as error:
            raise TaskNotCancelableError(message=_said(error)) from None
        return task_of(await self._standing(principal, key))

    async def on_get_extended_agent_card(
        self,
        params: GetExtendedAgentCardRequest,
        context: ServerCallContext,
    ) -> AgentCard:
        """The card with what this employee can be asked for."""
        del params  # it names nothing but a tenant, and a house has one
        _principal(context)

        def look() -> AgentCard:
            with self._house.store.read() as tx:
                return card_of(self._agent, skills_of(tx, self._agent), self._address)

        return await self._done(look)

    # -- push notifications: none, since they would let a sender make this server call an address ----------

    async def on_create_task_push_notification_config(
        self,
        params: TaskPushNotificationConfig,
        context: ServerCallContext,
    ) -> TaskPushNotificationConfig:
        """Not offered."""
        _no_push(params, context)

    async def on_get_task_push_notification_config(
        self,
        params: GetTaskPushNotificationConfigRequest,
        context: ServerCallContext,
    ) -> TaskPushNotificationConfig:
        """Not offered."""
        _no_push(params, context)

    async def on_list_task_push_notification_configs(
        self,
        params: ListTaskPushNotificationConfigsRequest,
        context: ServerCallContext,
    ) -> ListTaskPushNotificationConfigsResponse:
        """Not offered."""
        _no_push(params, context)

    async def on_delete_task_push_notification_config(
        self,
        params: DeleteTaskPushNotificationConfigRequest,
        context: ServerCallContext,
    ) -> None:
        """Not offered."""
        _no_push(params, context)

    # -- the house ------------------------------------------------------------------------------------------

    async def _send(self, message: Message, principal: Principal) -> int:
        if message.task_id:
            raise UnsupportedOperationError(message="a task takes no further messages; send a new one")
        asked: Asked = asked_in(message)

        def begin() -> int:
            with self._house.store.write() as tx:
                return partner_tasks.send(self._house, tx, self._agent, principal, asked)

        return await self._done(begin)

    async def _standing(self, principal: Principal, key: int) -> Standing:
        def look() -> Standing:
            with self._house.store.read() as tx:
                return partner_tasks.standing(self._house, tx, self._agent, principal, key)

        try:
            return await run_in_threadpool(look)
        except NotFound as error:
            raise TaskNotFoundError(message=error.message) from None

    async def _followed(self, principal: Principal, key: int) -> AsyncGenerator[Event]:
        standing = await self._standing(principal, key)
        yield task_of(standing)
        known = standing.state
        while known not in ENDED and not self._closing():
            await asyncio.sleep(self._pause)
            standing = await self._standing(principal, key)
            if standing.state == known:
                continue
            known = standing.state
            task = task_of(standing)
            for artifact in task.artifacts:
                yield TaskArtifactUpdateEvent(task_id=task.id, context_id=task.context_id, artifact=artifact)
            yield TaskStatusUpdateEvent(
                task_id=task.id, context_id=task.context_id, status=status_of(standing)
            )

    async def _done(self, work: Callable[[], T]) -> T:
        """What the house answers; what it refuses is the sender's to mend."""
        try:
            return await run_in_threadpool(work)
        except MainspringError as error:
            raise InvalidParamsError(message=_said(error)) from None


def _principal(context: ServerCallContext) -> Principal:
    found: Any = context.state.get("principal")
    if not isinstance(found, Principal):
        raise UnsupportedOperationError(message="nobody is named who asks")
    return found


def _key(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS or int(text) >= 2**63:
        raise TaskNotFoundError(message="there is no such task")
    return int(text)


def _said(error: MainspringError) -> str:
    return f"{error.message}. {error.mend}".strip()


def _no_push(*_: object) -> NoReturn:
    raise PushNotificationNotSupportedError(message="follow the task by streaming, or ask how it stands")
