"""Parameters held against the generated Pydantic models."""

from collections.abc import Mapping
from functools import cache
from pkgutil import resolve_name

from pydantic import BaseModel, ValidationError

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
        return [f"{_name(fault['loc'])}: {fault['msg']}." for fault in faults[:_MOST]]
    return []


def _name(tokens: tuple[str | int, ...]) -> str:
    return ".".join(str(token)[:_LONGEST_NAME] for token in tokens)


@cache
def _load(model: str) -> type[BaseModel]:
    found = resolve_name(model)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        message = f"{model} is no Pydantic model"
        raise TypeError(message)
    return found
