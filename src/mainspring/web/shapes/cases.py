"""Cases: instances of processes, their history and what went wrong in them."""

from mainspring.web.shapes.parts import ActorShape, KeyText, Shape, Values, When


class InstanceShape(Shape):
    """A process instance; `state` is active, suspended, completed or terminated."""

    key: KeyText
    root: KeyText
    parent: KeyText | None
    process_id: str
    definition: KeyText
    version: int
    business_key: str | None
    state: str
    started_at: When
    ended_at: When | None
    initiator: str | None


class IncidentShape(Shape):
    """Something that a person must mend."""

    key: KeyText
    instance: KeyText
    process_instance: KeyText
    process_id: str
    element: str
    element_key: KeyText
    kind: str
    message: str
    job: KeyText | None
    raised_at: When


class WholeInstance(InstanceShape):
    """An instance with its variables and the open incidents of its case."""

    variables: Values
    incidents: list[IncidentShape]


class EventShape(Shape):
    """An event of a case: when, by whom, what, where."""

    position: KeyText
    seq: int
    at: When
    actor: ActorShape
    type: str
    element: str | None


class Received(Shape):
    """An inquiry that was taken in, and the case that it started."""

    inquiry_no: str
    instance: KeyText
    already_known: bool


class Published(Shape):
    """A message that was taken in."""

    key: KeyText
