"""Operations as language models are offered them, small enough to see through."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from discogs_proxy.agent_operation import AgentOperation, Presence
from discogs_proxy.operation import Body, Operation, Parameter
from discogs_proxy.view import Field as Kept
from discogs_proxy.view import View


class AlbumParameters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    album: Annotated[int, Field(ge=1)]
    per_page: Annotated[int, Field(ge=1, le=50)] | None = None
    currency: str | None = None
    include: Annotated[str, Field(pattern="^[a-z,]+$")] | None = None
    continue_from: Annotated[str, Field(pattern=r"^[a-z_.]+:[0-9]{1,9}$")] | None = None
    add_copy: bool | None = None


class MoveBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rating: Annotated[int, Field(ge=0, le=5)] | None = None
    new_shelf: int | None = None


_ID = Parameter("album", "path", "integer")
_PER_PAGE = Parameter("per_page", "query", "integer")
_CURRENCY = Parameter("currency", "query", "string")
_INCLUDE = Parameter("include", "query", "string")
_CONTINUE = Parameter("continue_from", "query", "string")
_OVERRIDE = Parameter("add_copy", "query", "boolean")

ALBUM_VIEW = View(
    fields=(
        Kept("id", ("integer",)),
        Kept("title", ("string",), longest=100),
        Kept("year", ("integer",), noise=(0,)),
        Kept("tracks", ("array",)),
        Kept("credits", ("array",), group="credits"),
    )
)
ROW_VIEW = View(fields=(Kept("instance_id", ("integer",)), Kept("note", ("string",))))


def _operation(name: str, method: str, path: str, *parameters: Parameter, **more: object):
    return Operation(
        name=name,
        entity="album",
        method=method,
        path=path,
        parameters=parameters,
        model=f"{__name__}:AlbumParameters",
        **{"require_query": None, **more},
    )


def _offered(operation: Operation, *parameters: Parameter, **more: object) -> AgentOperation:
    face = _operation(
        f"gpt_{operation.name}",
        operation.method,
        f"/gpt{operation.path}",
        *parameters,
        body=more.pop("body", None),
        is_idempotent=operation.is_idempotent,
        require_query=more.pop("require_query", None),
    )
    return AgentOperation(operation, face, **{"view": f"{__name__}:ALBUM_VIEW", **more})


_PATH = "/albums/{album}"
GET_ALBUM = _operation("get_album", "GET", _PATH, _ID, _PER_PAGE, _CURRENCY, cache_seconds=600)
GET_COPIES = _operation("get_copies", "GET", f"{_PATH}/copies", _ID)
_ADD = _operation("add_copy", "POST", f"{_PATH}/copies", _ID, is_idempotent=False)
_MOVE = _operation(
    "move",
    "POST",
    f"{_PATH}/move",
    _ID,
    is_idempotent=False,
    body=Body("application/json", is_required=True),
)
_KEEP = _operation("keep", "PUT", _PATH, _ID)
_REMOVE = _operation("remove", "DELETE", _PATH, _ID, produces=None)
_FIND = _operation("find", "GET", "/albums", _PER_PAGE, _CURRENCY, require_query="nothing_to_find")

ALBUM = _offered(
    GET_ALBUM,
    *(_ID, _PER_PAGE, _INCLUDE, _CONTINUE),
    groups=("credits",),
    page="https://www.discogs.com/release/{album}",
    defaults=(("per_page", "25"),),
    hints=((404, "Look for the album by its title."), (400, "Never said.")),
)
FIND = _offered(
    _FIND,
    *(_PER_PAGE, _CURRENCY, _INCLUDE, _CONTINUE),
    require_query="nothing_to_find",
    defaults=(("per_page", "25"),),
)
ADD_COPY = _offered(
    _ADD,
    *(_ID, _OVERRIDE),
    view=f"{__name__}:ROW_VIEW",
    presence=Presence(GET_COPIES, "releases", "add_copy"),
    done="A copy was added.",
    present="It is there already.",
)
MOVE = _offered(
    _MOVE,
    _ID,
    view=f"{__name__}:ROW_VIEW",
    renames=(("new_shelf", "shelf"),),
    body=Body("application/json", is_required=True, model=f"{__name__}:MoveBody", fewest=1),
    done="It was moved.",
)
KEEP = _offered(
    _KEEP,
    _ID,
    view=f"{__name__}:ROW_VIEW",
    since="added",
    done="It is kept now.",
    present="It was kept before.",
)
REMOVE = _offered(
    _REMOVE, _ID, view=f"{__name__}:ROW_VIEW", done="It was removed.", gone="It was not there."
)
