"""Parameters held against the generated Pydantic models."""

from collections.abc import Mapping
from functools import cache
from pkgutil import resolve_name

from pydantic import BaseModel, ValidationError


def problems(model: str, values: Mapping[str, object]) -> list[str]:
    """Return a sentence for each value that the model refuses; the values stay out of them."""
    try:
        _load(model).model_validate(values, strict=True)
    except ValidationError as error:
        return [
            f"{'.'.join(str(token) for token in fault['loc'])}: {fault['msg']}."
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    return []


@cache
def _load(model: str) -> type[BaseModel]:
    found = resolve_name(model)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        message = f"{model} is no Pydantic model"
        raise TypeError(message)
    return found
