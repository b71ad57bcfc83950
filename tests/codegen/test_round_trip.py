"""The JSON Schema of each generated model is the component that it was made from.

What a model cannot say, or says in more words, is in `LOSSES`, each with its reason. A component is
compared after those were done to it; one that is done to no component any more has to go.
"""

import copy
import functools
import importlib
import operator
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, RootModel

from codegen.composition import merged, resolved
from codegen.reach import component
from codegen.schema import rebuild
from tests.normal_form import normal

_REPOSITORY = Path(__file__).parents[2]
_GOLDEN = Path(__file__).parent / "golden"
_REFERENCE = "#/components/schemas/{model}"


@functools.cache
def _imported(name):
    """Import a generated module; the cases' packages are on the path only meanwhile."""
    folders = [str(folder) for folder in _GOLDEN.glob("*/files/generated")]
    sys.path[:0] = folders
    try:
        return importlib.import_module(name)
    finally:
        del sys.path[: len(folders)]


@dataclass(frozen=True)
class Module:
    """A generated module, and the components that it may have classes of."""

    name: str
    components: Mapping[str, object]

    @property
    def is_of_bodies(self):
        return self.name.endswith(".bodies")

    def model(self, name):
        """Return the class of a component, if it has one here."""
        # A component that is named like what classes are built of has a longer name as a class.
        classes = (getattr(_imported(self.name), each, None) for each in (name, f"{name}Model"))
        return next((each for each in classes if self._is_model(each)), None)

    def component(self, schema):
        """Return the component that a model's schema refers to by the name of its class."""
        named = component(schema) if isinstance(schema, dict) else None
        return next((n for n in self.components if named in (n, f"{n}Model")), None)

    def is_referred_to(self, name):
        """Tell whether members name the class of a component, rather than repeat what it says."""
        model = self.model(name)
        return model is not None and not issubclass(model, RootModel)

    def _is_model(self, found):
        is_class = isinstance(found, type) and issubclass(found, BaseModel)
        return is_class and found.__module__ == self.name


def _without(*keywords):
    def change(schema, module):  # noqa: ARG001
        return {key: value for key, value in schema.items() if key not in keywords}

    return change


def _without_words(schema, module):
    return _without("description")(schema, module) if module.is_of_bodies else schema


def _without_default(schema, module):
    return _without("default")(schema, module) if "properties" in schema else schema


def _written_out(schema, module):
    name = component(schema)
    if name is not None and not module.is_referred_to(name):
        return resolved(schema, module.components)
    return schema


def _put_together(schema, module):
    return merged(schema, module.components) if "allOf" in schema else schema


def _may_be_none(schema, module):
    if module.is_of_bodies or "properties" not in schema:
        return schema
    members = {
        name: part if name in schema.get("required", ()) else _or_none(part, module)
        for name, part in schema["properties"].items()
    }
    return {**schema, "properties": members}


def _or_none(part, module):
    schema = _written_out(part, module)
    if "default" in schema:
        return schema
    words = {key: schema[key] for key in ("description",) if key in schema}
    rest = {key: value for key, value in schema.items() if key not in words}
    return {**words, "anyOf": [rest, {"type": "null"}]}


LOSSES: Mapping[str, tuple[str, Callable]] = {
    "names of plain values": (
        "A named text, number, list or map is that itself in Python, without a class around it.",
        _written_out,
    ),
    "ingredients": ("Classes inherit, and a class's schema has all its members.", _put_together),
    "samples": (
        "Examples are for readers of the description; nothing is checked against a model's.",
        _without("example", "examples"),
    ),
    "notes": (
        "How a text is to be read is a note: real answers hold empty texts where a date is due.",
        _without("format", "contentEncoding", "contentMediaType"),
    ),
    "counts": (
        "A class has no number of members; the core counts those of a body (`Body.fewest`).",
        _without("minProperties", "maxProperties"),
    ),
    "words of bodies": (
        "The first call waits for these classes, so that they hold no words for readers.",
        _without_words,
    ),
    "default objects": ("A class is no instance of itself by default.", _without_default),
    "absence": (
        "A member that an answer may lack is None in Python then, so that None has to be allowed.",
        _may_be_none,
    ),
}


def _module(package, part, description):
    return Module(f"{package}.{part}", description.get("components", {}).get("schemas", {}))


def _read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _modules():
    shipped = _read(_REPOSITORY / "spec" / "discogs.openapi.yaml")
    yield from (_module("discogs_api", part, shipped) for part in ("models", "bodies"))
    for files in sorted(_GOLDEN.glob("*/files/generated")):
        case = _read(files.parents[1] / "openapi.yaml")
        for part in ("models", "bodies"):
            yield _module(f"{files.parents[1].name}_api", part, case)


_MODULES = list(_modules())
_CASES = [(module, name) for module in _MODULES for name in module.components]


def _expected(schema, module, lost=None):
    """Return a component less what its model loses; note in `lost` what that was."""
    if not isinstance(schema, dict):
        return schema
    for name, (_, change) in LOSSES.items():
        changed = change(schema, module)
        if lost is not None and changed != schema:
            lost.add(name)
        schema = changed
    return rebuild(schema, lambda part: _expected(part, module, lost))


def _made(module, name):
    """Return the JSON Schema of a model, with classes that are no component's written out."""
    whole = module.model(name).model_json_schema(ref_template=_REFERENCE)
    made = resolved(whole, whole.get("$defs", {}))
    return _written_out_classes(made, whole.get("$defs", {}), module)


def _written_out_classes(schema, classes, module):
    if component(schema if isinstance(schema, dict) else {}) is not None:
        name = module.component(schema)
        if name is not None and module.is_referred_to(name):
            return {**schema, "$ref": _REFERENCE.format(model=name)}
        words = {key: schema[key] for key in ("description",) if key in schema}
        schema = {**_without("description")(resolved(schema, classes), module), **words}
    return rebuild(schema, lambda part: _written_out_classes(part, classes, module))


@pytest.mark.parametrize(
    ("module", "name"),
    [case for case in _CASES if case[0].model(case[1])],
    ids=lambda part: part if isinstance(part, str) else part.name,
)
def test_a_model_says_what_its_component_says_less_what_is_listed(module, name):
    assert normal(_made(module, name)) == normal(_expected(module.components[name], module))


def test_every_component_has_a_model_or_is_a_plain_value_of_bodies():
    for models, bodies in zip(_MODULES[::2], _MODULES[1::2], strict=True):
        for name, schema in models.components.items():
            if models.model(name) is None:
                assert bodies.model(name) or "properties" not in schema


def test_every_loss_is_one_that_some_model_has():
    lost = set()
    for module, name in _CASES:
        if module.model(name):
            _expected(module.components[name], module, lost)

    assert lost == LOSSES.keys()


@pytest.mark.parametrize(
    ("place", "other"),
    [
        (("required",), ["name"]),
        (("description",), "Another dish."),
        (("properties", "size"), {"type": "integer", "minimum": 2}),
        (("properties", "size"), {"type": "number", "minimum": 1}),
        (("properties", "price"), {"type": "number", "description": "Null on request."}),
        (("properties", "allergens"), {"type": "array", "items": {"type": "integer"}}),
        (("properties", "extras"), {"type": "object"}),
        (("properties", "cook"), {"type": "string"}),
    ],
)
def test_a_component_that_says_anything_else_is_told_from_its_model(place, other):
    module = next(m for m in _MODULES if m.name == "nullable_and_optional_api.models")
    edited = copy.deepcopy(module.components["Dish"])
    *path, last = place
    functools.reduce(operator.getitem, path, edited)[last] = other

    assert normal(_made(module, "Dish")) != normal(_expected(edited, module))
