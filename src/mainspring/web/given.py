"""Bodies of requests: JSON through `base.jsonio`, so that no number passes through a float, then checked."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, ValidationError

from mainspring.base import jsonio
from mainspring.web.errors import RequestError, Unfit

M = TypeVar("M", bound=BaseModel)


class Given(BaseModel):
    """A body; what it does not name is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def given(model: type[M]) -> M:
    """The dependency that reads a body of this model; an empty body is an empty object.

    Raises:
        NotJsonError: it is no JSON.
        Unfit: fields are missing, wrong or unknown.
    """

    async def body(request: Request) -> M:
        data = await request.body()
        try:
            return model.model_validate(jsonio.loads_strictly(data) if data else {})
        except ValidationError as error:
            places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise Unfit(places, where="body", mend="Correct the named fields.") from None
        except RecursionError:
            raise RequestError("the JSON is nested too deeply", where="body", mend="Flatten it.") from None

    body.__mainspring_body__ = model  # type: ignore[attr-defined]
    checked: M = Depends(body)
    return checked


def model_of(dependency: Callable[..., Any] | None) -> type[BaseModel] | None:
    """The model of the body that a dependency reads; None when it reads none."""
    model: type[BaseModel] | None = getattr(dependency, "__mainspring_body__", None)
    return model
