"""Parameters held against the generated Pydantic models."""

from collections.abc import Mapping
from functools import cache
from pkgutil import resolve_name

from pydantic import BaseModel, ConfigDict, ValidationError


class Sent(BaseModel):
    """The base of the generated models; each is built at its first use, so no call pays for all."""

    model_config = ConfigDict(defer_build=True)


_MOST = 10
_LONGEST_NAME = 64


def problems(model: str, values: Mapping[str, object]) -> list[str]:
    """Return a sentence for each value that the model refuses; the values stay out of them.

    Names of fields may be the caller's own, so that there are bounds to how much of them comes
    back: ten sentences, and 64 characters of each name.
    """
    try:
        _load(model).model_validate(values, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        sentences = (f"{_name(fault['loc'], values)}: {fault['msg']}." for fault in faults[:_MOST])
        return list(dict.fromkeys(sentences))
    return []


def _name(tokens: tuple[str | int, ...], value: object) -> str:
    """Name a place in what was sent; of several types, Pydantic also tells which it tried."""
    names: list[str] = []
    for token in tokens:
        if isinstance(value, Mapping):
            value = value.get(token)
        elif isinstance(value, list) and isinstance(token, int):
            value = value[token]
        else:
            break
        names.append(str(token)[:_LONGEST_NAME])
    return ".".join(names)


@cache
def _load(model: str) -> type[BaseModel]:
    found = resolve_name(model)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        message = f"{model} is no Pydantic model"
        raise TypeError(message)
    return found
