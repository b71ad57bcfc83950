"""Files, which go in and out only in two shapes of ChatGPT's own."""

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.action_lint.finding import ERROR, Problem, Rule
from codegen.action_lint.media import is_binary
from codegen.action_lint.spec import Schema, Spec, types
from codegen.document import join, mapping
from codegen.paths import Place

_SENT = "openaiFileIdRefs"
_ANSWERED = "openaiFileResponse"
_MEMBERS = {"name", "mime_type", "content"}


def _files(spec: Spec) -> Iterator[Problem]:
    for at in spec.operations:
        yield from _media(join(at.pointer, "requestBody"), spec.body(at))
        for response in spec.responses(at):
            yield from _media(response.pointer, response.node)
        yield from _sent(spec, at)
        yield from _answered(spec, at)
    for pointer, node in spec.schemas():
        if node.get("format") == "binary" or "contentEncoding" in node:
            inside = f"/{_ANSWERED}/" in pointer
            if not inside:
                yield Problem(pointer, f"only text goes in and out; a file goes out as {_ANSWERED}")


def _media(pointer: str, holder: Mapping[str, Any]) -> Iterator[Problem]:
    for kind in mapping(holder.get("content")):
        if is_binary(kind):
            message = f"'{kind}' is no text, and only text goes in and out"
            yield Problem(join(pointer, "content", kind), message)


def _sent(spec: Spec, at: Place) -> Iterator[Problem]:
    for argument in spec.arguments(at):
        if argument.name == _SENT:
            items = mapping(argument.node.get("items"))
            kinds = (types(argument.node), types(items))
            if at.method != "post" or kinds != (["array"], ["string"]):
                message = f"'{_SENT}' is an array of strings in the body of a POST"
                yield Problem(argument.pointer, message)


def _answered(spec: Spec, at: Place) -> Iterator[Problem]:
    for response in spec.responses(at):
        root = response.json and spec.target(response.json)
        if not root:
            continue
        node = mapping(mapping(root.node.get("properties")).get(_ANSWERED))
        place = join(root.pointer, "properties", _ANSWERED)
        if node and not _is_list_of_files(spec, Schema(place, node)):
            message = f"'{_ANSWERED}' is an array of addresses, or of objects with name, mime_type"
            yield Problem(place, f"{message} and content")


def _is_list_of_files(spec: Spec, schema: Schema) -> bool:
    pointer, node = spec.target(schema)
    item = spec.target(Schema(join(pointer, "items"), mapping(node.get("items")))).node
    is_file = types(item) == ["object"] and mapping(item.get("properties")).keys() == _MEMBERS
    return types(node) == ["array"] and (types(item) == ["string"] or is_file)


RULES = (
    Rule(
        "GA032",
        ERROR,
        f"no forms and no binary data, but for {_SENT} and {_ANSWERED} in their shapes",
        _files,
    ),
)
