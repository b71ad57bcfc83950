"""Operations of every shape that the core knows, small enough to see through."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from discogs_proxy.exchange import Outbound
from discogs_proxy.operation import Body, Operation, Parameter


class FolderParameters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    username: str
    folder: str
    note: str | None = None
    price: Annotated[float, Field(ge=0)] | None = None
    exact: bool | None = None
    currency: str | None = Field(None, alias="X-Currency")


FOLDER = Operation(
    name="get_folder",
    entity="folder",
    method="GET",
    path="/users/{username}/folders/{folder}",
    parameters=(
        Parameter("username", "path", "string"),
        Parameter("folder", "path", "string"),
        Parameter("note", "query", "string"),
        Parameter("price", "query", "number"),
        Parameter("exact", "query", "boolean"),
        Parameter("X-Currency", "header", "string"),
    ),
    model="tests.proxy.support.operations:FolderParameters",
    require_query=None,
)


class ThingParameters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    thing: Annotated[int, Field(ge=1)]
    if_modified_since: str | None = Field(None, alias="If-Modified-Since")


class RatingBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rating: Annotated[int, Field(ge=1, le=5)]
    weight: float | Literal["auto"] | None = None


class MessageBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message: str | None = None
    status: str | None = None
    email: bool | None = None


def _thing(name: str, method: str, **more: Any) -> Operation:
    return Operation(
        name=name,
        entity="thing",
        method=method,
        path="/things/{thing}",
        parameters=(
            Parameter("thing", "path", "integer"),
            Parameter("If-Modified-Since", "header", "string"),
        ),
        model=f"{__name__}:ThingParameters",
        require_query=None,
        **more,
    )


def _json(model: type[BaseModel], **more: Any) -> Body:
    return Body("application/json", model=f"{__name__}:{model.__name__}", **more)


RATE = _thing("rate", "PUT", body=_json(RatingBody, is_required=True))
MESSAGE = _thing(
    "add_message",
    "POST",
    body=_json(MessageBody, is_required=False, fewest=1, most=2),
    is_idempotent=False,
)
UPLOAD = _thing(
    "upload",
    "POST",
    body=Body("multipart/form-data", is_required=True, parts=("upload",)),
    produces=None,
    is_idempotent=False,
)
DOWNLOAD = _thing("download", "GET", produces="text/csv")
STATUS = _thing("get_status", "GET")
ADD = _thing("add_thing", "POST", is_idempotent=False)
REMOVE = _thing("remove_thing", "DELETE", produces=None)
ORDER = _thing("get_order", "GET", is_private=True)
KEPT = _thing("get_kept", "GET", cache_seconds=600)
KEPT_SHORTLY = _thing("get_kept_shortly", "GET", cache_seconds=30)
PRIVATE = _thing("get_private", "GET", cache_seconds=600, is_private=True)
CHANGE = _thing("change_kept", "PUT", invalidates=("get_kept", "list_kept"))
KEPT_LIST = replace(FOLDER, name="list_kept", cache_seconds=600)


def request(method: str = "GET", target: str = "/x", **more: Any) -> Outbound:
    """Make a request for Discogs; operation facts such as `produces` may be changed by name."""
    kept = {name: more.pop(name) for name in ("headers", "call") if name in more}
    return Outbound(_thing("do", method, **more), method, target, **kept)
