"""What a template comes to with given parameters, as far as it is known before a deployment."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property

from tree_sitter import Node

from tests.infra.bicep import syntax
from tests.infra.bicep.document import Declaration, Document


class Refused(Exception):
    """The template called fail()."""


class Later(str):
    """What Azure knows only while it deploys, in the words of the template."""

    __slots__ = ()


class Evaluation:
    """A template with parameters."""

    def __init__(self, document: Document, parameters: Mapping[str, object]) -> None:
        self._document = document
        self._parameters = parameters

    @cached_property
    def resources(self) -> dict[str, object]:
        """The bodies of the resources that come about, by symbol; of a loop, a list of bodies."""
        written = self._document.of("resource").values()
        bodies = {each.name: self._declared(each) for each in written if not each.is_existing}
        return {name: body for name, body in bodies.items() if body is not None}

    @cached_property
    def modules(self) -> dict[str, "Evaluation"]:
        """The modules that come about, with what they are given."""
        return {
            name: Evaluation(self._document.sibling(module.target), body["params"])
            for name, module in self._document.of("module").items()
            if (body := self._declared(module)) is not None
        }

    @property
    def parameters(self) -> dict[str, object]:
        """All parameters, those that were not given by their defaults."""
        return {name: self._name(name, {}) for name in self._document.of("param")}

    @property
    def outputs(self) -> dict[str, object]:
        """The outputs by name."""
        declared = self._document.of("output").items()
        return {name: self.value(each.value, {}) for name, each in declared if each.value}

    def _declared(self, declaration: Declaration) -> object:
        """Return the body of a resource or module, None where its condition does not hold."""
        node = declaration.value
        if node is not None and node.type == "if_statement":
            condition, node = node.named_children
            if not self.value(condition, {}):
                return None
        return self.value(node, {})

    def value(self, node: Node | None, names: Mapping[str, object]) -> object:
        """Return what an expression comes to; `names` are those of the loops around it."""
        if node is None:
            return None
        if node.type == "identifier":
            return self._name(syntax.text(node), names)
        if node.type in {"number", "boolean", "null"}:
            return syntax.literal(node)
        return _EVALUATORS[node.type](self, node, names)

    def _name(self, name: str, names: Mapping[str, object]) -> object:
        if name in names:
            return names[name]
        if name in self._parameters:
            return self._parameters[name]
        found = self._document.symbols[name]
        return self.value(found.value, {}) if found.kind in {"param", "var"} else Later(name)

    def _text(self, node: Node, names: Mapping[str, object]) -> str:
        parts = []
        for child in node.named_children:
            if child.type == "interpolation":
                value = self.value(child.named_children[0], names)
                parts.append(f"<{value}>" if isinstance(value, Later) else str(value))
            else:
                parts.append(syntax.piece(child))
        return "".join(parts)

    def _object(self, node: Node, names: Mapping[str, object]) -> dict[str, object]:
        return {key: self.value(value, names) for key, value in syntax.properties(node).items()}

    def _array(self, node: Node, names: Mapping[str, object]) -> list[object]:
        items = [child for child in node.named_children if child.type != "comment"]
        return [self.value(item, names) for item in items]

    def _loop(self, node: Node, names: Mapping[str, object]) -> list[object]:
        variables, over, body = node.named_children
        new = [variables] if variables.type == "identifier" else variables.named_children
        inner = [syntax.text(name) for name in new]
        items = enumerate(self.value(over, names))
        return [
            self.value(body, {**names, **dict(zip(inner, (item, n), strict=False))})
            for n, item in items
        ]

    def _ternary(self, node: Node, names: Mapping[str, object]) -> object:
        condition, then, otherwise = node.named_children
        return self.value(then if self.value(condition, names) else otherwise, names)

    def _binary(self, node: Node, names: Mapping[str, object]) -> object:
        left, sign, right = node.children
        if sign.type in {"&&", "||"}:
            first = bool(self.value(left, names))
            return bool(self.value(right, names)) if first is (sign.type == "&&") else first
        return _OPERATORS[sign.type](self.value(left, names), self.value(right, names))

    def _unary(self, node: Node, names: Mapping[str, object]) -> object:
        return not self.value(node.named_children[0], names)

    def _member(self, node: Node, names: Mapping[str, object]) -> object:
        owner, member = self.value(node.named_children[0], names), node.named_children[-1]
        if isinstance(owner, Later):
            return Later(f"{owner}.{syntax.text(member)}")
        return owner[syntax.text(member)]

    def _subscript(self, node: Node, names: Mapping[str, object]) -> object:
        owner, index = (self.value(each, names) for each in node.named_children)
        return Later(f"{owner}[{index}]") if isinstance(owner, Later) else owner[index]

    def _call(self, node: Node, names: Mapping[str, object]) -> object:
        function, arguments = node.named_children
        values = self._array(arguments, names)
        called = syntax.text(function)
        if called == "loadTextContent":
            return (self._document.path.parent / str(values[0])).read_text()
        return _FUNCTIONS[called](*values) if called in _FUNCTIONS else Later(f"{called}()")

    def _inner(self, node: Node, names: Mapping[str, object]) -> object:
        return self.value(node.named_children[0], names)


def _fail(message: str) -> object:
    raise Refused(message)


def _unique(*parts: str) -> str:
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:13]


def _union(*parts: object) -> dict[str, object]:
    return {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}


_EVALUATORS: dict[str, Callable[[Evaluation, Node, Mapping[str, object]], object]] = {
    "string": Evaluation._text,  # noqa: SLF001 - the table of this class
    "object": Evaluation._object,  # noqa: SLF001
    "array": Evaluation._array,  # noqa: SLF001
    "for_statement": Evaluation._loop,  # noqa: SLF001
    "ternary_expression": Evaluation._ternary,  # noqa: SLF001
    "binary_expression": Evaluation._binary,  # noqa: SLF001
    "unary_expression": Evaluation._unary,  # noqa: SLF001
    "member_expression": Evaluation._member,  # noqa: SLF001
    "subscript_expression": Evaluation._subscript,  # noqa: SLF001
    "call_expression": Evaluation._call,  # noqa: SLF001
    "parenthesized_expression": Evaluation._inner,  # noqa: SLF001
}
_OPERATORS: dict[str, Callable[[object, object], object]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "+": lambda left, right: left + right,
}
_FUNCTIONS: dict[str, Callable[..., object]] = {
    "concat": lambda *lists: [item for each in lists for item in each],
    "empty": lambda value: not value,
    "fail": _fail,
    "guid": lambda *parts: "/".join(map(str, parts)),
    "min": min,
    "replace": lambda text, old, new: text.replace(old, new),
    "string": lambda value: value if isinstance(value, str) else _plain(value),
    "subscriptionResourceId": lambda kind, name: f"/{kind}/{name}",
    "take": lambda value, count: value[:count],
    "toLower": str.lower,
    "union": _union,
    "uniqueString": _unique,
}


def _plain(value: object) -> object:
    return value if isinstance(value, dict) else str(value)
