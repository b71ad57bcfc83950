"""What can be told of PowerShell without running it: its grammar, its names, its secrets.

Every finding is a sentence. Cmdlets are known by the short list of those that the scripts use, so
that a slip of the pen is no cmdlet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import tree_sitter
import tree_sitter_pwsh

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_pwsh.language()))
_CMDLETS = {
    "ConvertFrom-Json", "Export-ModuleMember", "ForEach-Object", "Get-Command", "Import-Module",
    "Invoke-WebRequest", "Join-Path", "New-TemporaryFile", "Out-Host", "Pop-Location",
    "Push-Location", "Read-Host", "Remove-Item", "Select-Object", "Set-StrictMode", "Split-Path",
    "Start-Sleep", "Where-Object", "Write-Information", "Write-Verbose",
    "Write-Warning",
}  # fmt: skip
_PROGRAMS = {"az", "chmod", "&"}
_AUTOMATIC = {
    "_", "true", "false", "null", "lastexitcode", "iswindows", "psscriptroot", "pscmdlet",
    "erroractionpreference", "progresspreference", "psnativecommanduseerroractionpreference",
}  # fmt: skip
_COMMON = {"erroraction", "verbose", "whatif", "confirm"}
# Where a secret comes from, and the names under which it is handed on.
_SOURCES = {"Get-Secret", "ConvertFrom-Secret", "Get-FirstKey"}
_SECRETS = {"secret", "given", "keys", "token", "plain", "discogstoken", "clientapikey"}
# Who shows or passes on what he is given.
_TELLTALES = re.compile(r"(?:az|chmod|Invoke-AzureCli|Show-Message|Write-(?!VaultSecret).*)$")
Node = tree_sitter.Node


@dataclass
class Function:
    """A function, or a script, by the parameters that it takes."""

    name: str
    node: Node
    parameters: dict[str, bool] = field(default_factory=dict)
    """By name in small letters: whether it must be given."""


def findings(files: Mapping[str, str]) -> list[str]:
    """Return what is wrong in files that know each other."""
    trees = {name: PARSER.parse(text.encode()).root_node for name, text in files.items()}
    functions = {f.name: f for tree in trees.values() for f in functions_of(tree)}
    found = []
    for name, tree in trees.items():
        parts = (_faults(tree), _calls(tree, functions), _variables(tree), _leaks(tree))
        found += [f"{name}: {finding}" for part in parts for finding in part]
    return found


def functions_of(tree: Node) -> Iterator[Function]:
    """Return the functions of a file."""
    for node in of_type(tree, "function_statement"):
        name = next(of_type(node, "function_name")).text.decode()
        yield Function(name, node, parameters_of(node))


def parameters_of(node: Node) -> dict[str, bool]:
    """Return the parameters of a function or of a whole script."""
    block = next(of_type(node, "param_block"), None)
    if block is None:
        return {}
    made = {}
    for parameter in of_type(block, "script_parameter"):
        variables = [child for child in parameter.children if child.type == "variable"]
        mandatory = any(n.text == b"Mandatory" for n in of_type(parameter, "simple_name"))
        made[_name(variables[0])] = mandatory
    return made


def of_type(node: Node, kind: str) -> Iterator[Node]:
    """Return the nodes of one kind below a node, itself included."""
    if node.type == kind:
        yield node
    for child in node.children:
        yield from of_type(child, kind)


def command_name(command: Node) -> str:
    """Return what is called; `&` where a variable says it."""
    return next(of_type(command, "command_name"), command.children[0]).text.decode()


def _faults(tree: Node) -> Iterator[str]:
    for node in _all(tree):
        if node.type == "ERROR" or node.is_missing:
            yield f"line {_line(node)} does not fit the grammar"


def _calls(tree: Node, functions: Mapping[str, Function]) -> Iterator[str]:
    for command in of_type(tree, "command"):
        name = command_name(command)
        if name in functions:
            yield from _parameters(command, functions[name])
        elif name not in _CMDLETS | _PROGRAMS:
            yield f"line {_line(command)}: nobody knows {name}"


def _parameters(command: Node, function: Function) -> Iterator[str]:
    elements = [e for child in command.children if child.type == "command_elements"
                for e in child.children]  # fmt: skip
    given = {
        element.text.decode().strip("-:").lower()
        for element in elements
        if element.type == "command_parameter"
    }
    where = f"line {_line(command)}: {function.name}"
    for name in sorted(given - {*function.parameters} - _COMMON):
        yield f"{where} has no -{name}"
    if not any(element.text.startswith(b"@") and element.text[1:2] != b"(" for element in elements):
        needed = {name for name, mandatory in function.parameters.items() if mandatory}
        for name in sorted(needed - given):
            yield f"{where} needs -{name}"


def _variables(tree: Node) -> Iterator[str]:
    inside = [function.node for function in functions_of(tree)]
    script = _known(tree, without=inside)
    for place in (tree, *inside):
        own = inside if place is tree else ()
        known = script | (_known(place) if place is not tree else set())
        for node in _all(place, without=own):
            if node.type == "variable" and not _is_known(_name(node), known, script):
                yield f"line {_line(node)}: nobody set {node.text.decode()}"
    for function in functions_of(tree):
        body = function.node.text.decode().lower()
        for name in function.parameters:
            if len(re.findall(rf"[$@]{{?{name}\b", body)) < 2:
                yield f"line {_line(function.node)}: {function.name} does not use -{name}"


def _is_known(name: str, known: set[str], script: set[str]) -> bool:
    if name.startswith("script:"):
        return name in script
    return name in known or name in _AUTOMATIC or name.startswith("env:")


def _known(node: Node, without: list[Node] | tuple[()] = ()) -> set[str]:
    """Return what is set in a place: parameters, assignments, loops."""
    names = set()
    for each in _all(node, without=without):
        if each.type in {"left_assignment_expression", "script_parameter", "foreach_statement"}:
            names |= {_name(child) for child in _first_variables(each)}
    return names


def _first_variables(node: Node) -> list[Node]:
    if node.type == "left_assignment_expression":
        return list(of_type(node, "variable"))[:1]
    return [child for child in node.children if child.type == "variable"]


def _leaks(tree: Node) -> Iterator[str]:
    tainted = _tainted(tree)
    for command in of_type(tree, "command"):
        if _TELLTALES.match(command_name(command)):
            for node in _secrets(command, tainted):
                yield f"line {_line(node)}: {command_name(command)} is given {node.text.decode()}"
    for text in of_type(tree, "expandable_string_literal"):
        for node in _secrets(text, tainted):
            yield f"line {_line(node)}: a text holds {node.text.decode()}"


def _tainted(tree: Node) -> set[str]:
    """Return the variables that hold a secret, or something made of one."""
    tainted = set(_SECRETS)
    assignments = list(of_type(tree, "assignment_expression"))
    for _ in assignments:
        for assignment in assignments:
            left, right = assignment.children[0], assignment.children[-1]
            calls = [command_name(command) for command in of_type(right, "command")]
            if _SOURCES & {*calls} or (not calls and any(_secrets(right, tainted))):
                tainted |= {_name(variable) for variable in _first_variables(left)}
    return tainted


def _secrets(node: Node, tainted: set[str]) -> Iterator[Node]:
    for each in _all(node):
        is_secret = each.type == "variable" and _name(each) in tainted
        if is_secret or (each.type == "command_name" and each.text.decode() in _SOURCES):
            yield each


def _all(node: Node, without: list[Node] | tuple[()] = ()) -> Iterator[Node]:
    yield node
    for child in node.children:
        if child not in without:
            yield from _all(child, without)


def _name(variable: Node) -> str:
    return variable.text.decode().lstrip("$@").strip("{}").lower()


def _line(node: Node) -> int:
    return node.start_point[0] + 1
