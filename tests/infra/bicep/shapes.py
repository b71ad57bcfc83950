"""What Azure's own client libraries say of a resource: properties, their types and values."""

import importlib
import inspect
import re
import sys
import types as python_types
import typing
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path

MODELS = {
    "Microsoft.Authorization/roleAssignments": ("authorization", "RoleAssignmentCreateParameters"),
    "Microsoft.Cache/redisEnterprise": ("redisenterprise", "Cluster"),
    "Microsoft.Cache/redisEnterprise/databases": ("redisenterprise", "Database"),
    "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments": (
        "redisenterprise",
        "AccessPolicyAssignment",
    ),
    "Microsoft.Insights/actionGroups": ("monitor", "ActionGroupResource"),
    "Microsoft.Insights/components": ("applicationinsights", "ApplicationInsightsComponent"),
    "Microsoft.Insights/scheduledQueryRules": ("monitor", "ScheduledQueryRuleResource"),
    "Microsoft.Insights/workbooks": ("applicationinsights", "Workbook"),
    "Microsoft.KeyVault/vaults": ("keyvault", "VaultCreateOrUpdateParameters"),
    "Microsoft.Network/natGateways": ("network", "NatGateway"),
    "Microsoft.Network/publicIPAddresses": ("network", "PublicIPAddress"),
    "Microsoft.Network/virtualNetworks": ("network", "VirtualNetwork"),
    "Microsoft.OperationalInsights/workspaces": ("loganalytics", "Workspace"),
    "Microsoft.Resources/resourceGroups": ("resource.resources", "ResourceGroup"),
    "Microsoft.Storage/storageAccounts": ("storage", "StorageAccountCreateParameters"),
    "Microsoft.Storage/storageAccounts/blobServices": ("storage", "BlobServiceProperties"),
    "Microsoft.Storage/storageAccounts/blobServices/containers": ("storage", "BlobContainer"),
    "Microsoft.Storage/storageAccounts/fileServices": ("storage", "FileServiceProperties"),
    "Microsoft.Storage/storageAccounts/fileServices/shares": ("storage", "FileShare"),
    "Microsoft.Web/serverfarms": ("web", "AppServicePlan"),
    "Microsoft.Web/sites": ("web", "Site"),
    "Microsoft.Web/sites/basicPublishingCredentialsPolicies": (
        "web",
        "CsmPublishingCredentialsPoliciesEntity",
    ),
    "Microsoft.Web/sites/config": ("web", "StringDictionary"),
}
"""The class that describes what is written, by type of resource."""
_ANSWERS = {
    "Microsoft.KeyVault/vaults": ("keyvault", "Vault"),
    "Microsoft.Storage/storageAccounts": ("storage", "StorageAccount"),
}
"""The class that describes what is read, where it is another one."""


_VERSION = re.compile(r'"(20\d\d-\d\d-\d\d(?:-preview)?)"')


@dataclass
class Shape:
    """What a value has to be."""

    kind: str
    """string, int, bool, object, array, map, or any where nothing is known."""
    model: type | None = None
    """The class of an object; it is looked into when asked for, since some hold themselves."""
    nested: dict[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None
    values: frozenset[str] = frozenset()
    """The texts that are allowed; none: all."""
    is_required: bool = False
    is_read_only: bool = False

    @property
    def members(self) -> dict[str, "Shape"]:
        """The properties of an object."""
        return _members(self.model) if self.model else self.nested


def of(resource_type: str) -> Shape | None:
    """Return the shape of a type of resource, or None where no library describes it."""
    return _of_model(MODELS.get(resource_type))


def of_answer(resource_type: str) -> Shape | None:
    """Return the shape of what Azure says of a resource that is there."""
    return _of_model(_ANSWERS.get(resource_type, MODELS.get(resource_type)))


@cache
def newest_version(resource_type: str) -> str:
    """Return the newest version that the library of a type of resource speaks."""
    library = importlib.import_module(f"azure.mgmt.{MODELS[resource_type][0]}")
    folder = Path(str(library.__file__)).parent
    # Some libraries have a folder for each version, the others name one with each call.
    versions = {each.name[1:].replace("_", "-") for each in folder.glob("v20*")}
    for file in folder.glob("operations/*.py"):
        versions.update(_VERSION.findall(file.read_text()))
    return max(versions)


def _of_model(model: tuple[str, str] | None) -> Shape | None:
    if model is None:
        return None
    library, name = model
    return Shape("object", getattr(importlib.import_module(f"azure.mgmt.{library}.models"), name))


@cache
def _members(model: type) -> dict[str, Shape]:
    members: dict[str, Shape] = {}
    mapped = getattr(model, "_attribute_map", None)
    for path, member in _mapped(model, mapped) if mapped else _described(model):
        _place(members, path, member)
    return members


def _place(members: dict[str, Shape], path: list[str], member: Shape) -> None:
    """Put a member where its path says: older libraries have `properties.name` in one."""
    for step in path[:-1]:
        members = members.setdefault(step, Shape("object")).nested
    members[path[-1]] = member


def _described(model: type) -> typing.Iterator[tuple[list[str], Shape]]:
    """Yield the members of a class of the newer libraries."""
    for name, hint in _hints(model).items():
        rest = inspect.getattr_static(model, name, None)
        if type(rest).__name__ != "_RestField":
            continue
        member = _of_hint(hint)
        member.is_read_only = rest._visibility == ["read"]  # noqa: SLF001 - nothing else says so
        yield [rest._rest_name_input or name], member  # noqa: SLF001


def _mapped(model: type, mapped: dict) -> typing.Iterator[tuple[list[str], Shape]]:
    """Yield the members of a class of the older libraries."""
    hints = _hints(model.__init__, model)
    rules = getattr(model, "_validation", {})
    for name, entry in mapped.items():
        member = _of_hint(hints[name]) if name in hints else Shape("any")
        member.is_read_only = bool(rules.get(name, {}).get("readonly"))
        member.is_required = bool(rules.get(name, {}).get("required"))
        yield (
            entry["key"].replace("\\.", "\0").replace(".", "\n").replace("\0", ".").split("\n"),
            member,
        )


def _hints(described: object, model: type | None = None) -> dict[str, object]:
    module = sys.modules[(model or described).__module__]
    package = importlib.import_module(module.__name__.rpartition(".")[0])
    return typing.get_type_hints(described, vars(module), vars(package) | {"_models": package})


def _of_hint(hint: object) -> Shape:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, python_types.UnionType}:
        shape = _of_union([part for part in parts if part is not type(None)])
        shape.is_required = type(None) not in parts
        return shape
    if origin in {list, typing.List}:  # noqa: UP006 - as the libraries write it
        return Shape("array", item=_of_hint(parts[0]))
    if origin in {dict, typing.Dict}:  # noqa: UP006
        return Shape("map", item=_of_hint(parts[1]))
    return _of_plain(hint)


def _of_union(parts: list) -> Shape:
    enums = [part for part in parts if isinstance(part, type) and issubclass(part, Enum)]
    if enums:
        return Shape("string", values=frozenset(str(each.value) for each in enums[0]))
    return _of_hint(parts[0]) if len(parts) == 1 else Shape("any")


def _of_plain(hint: object) -> Shape:
    kinds = {str: "string", int: "int", float: "int", bool: "bool"}
    if hint in kinds:
        return Shape(kinds[hint], is_required=True)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _of_union([hint])
    if isinstance(hint, type) and hint.__module__.startswith("azure.mgmt."):
        return Shape("object", hint, is_required=True)
    return Shape("any")
