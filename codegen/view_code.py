"""Views written as Python: a constant for each component and each operation that is offered."""

from collections.abc import Collection

from codegen.ir import Api
from codegen.naming import snake_case
from codegen.python import header
from codegen.view import Field, Shape, View, Views


def render_views(api: Api, views: Views) -> str:
    """Render the module of the views, each constant after those that it names."""
    lines = [
        header(api.source),
        '"""What agents are shown of answers."""',
        f"from {api.core}.view import Field, View",
    ]
    made: set[str] = set()
    for name, view in views.components.items():
        lines.append(f"{_constant(name)}: View = {_view(view, made)}")
        made.add(name)
    for operation in api.operations:
        if operation.operation_id in views.answers:
            shape = views.answers[operation.operation_id]
            lines.append(f"{operation.constant} = {_shape(shape, made) or 'View(fields=())'}")
    return "\n\n".join(lines) + "\n"


def _constant(component: str) -> str:
    """Return a name that no operation has."""
    return f"_{snake_case(component).upper()}"


def _shape(shape: Shape, made: Collection[str]) -> str | None:
    if isinstance(shape, str):
        return _constant(shape) if shape in made else f"lambda: {_constant(shape)}"
    return None if shape is None else _view(shape, made)


def _view(view: View, made: Collection[str]) -> str:
    fields = "".join(f"{_field(field, made)}," for field in view.fields)
    rest = None if view.rest is None else _field(view.rest, made)
    given = (
        ("fields", f"({fields})"),
        ("rest", rest),
        ("text", _literal(view.text)),
        ("url", _literal(view.url)),
    )
    return f"View({_arguments(given)})"


def _field(field: Field, made: Collection[str]) -> str:
    given = (
        ("name", _literal(field.name)),
        ("kinds", _literal(field.kinds)),
        ("items", _literal(field.items)),
        ("group", _literal(field.group)),
        ("whole", _literal(field.whole)),
        ("view", _shape(field.shape, made)),
        ("noise", _literal(field.noise)),
        ("longest", _literal(field.longest)),
    )
    return f"Field({_arguments(given)})"


def _literal(value: object) -> str | None:
    """Write a value; nothing for one that says no more than its default."""
    return None if value in (None, ()) else repr(value)


def _arguments(given: tuple[tuple[str, str | None], ...]) -> str:
    return ", ".join(f"{name}={text}" for name, text in given if text is not None)
