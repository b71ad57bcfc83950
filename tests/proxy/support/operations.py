"""Operations with shapes that the description does not have yet."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from discogs_proxy.operation import Operation, Parameter


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
