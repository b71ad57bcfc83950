"""Names of the description turned into Python names."""

import re

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


def snake_case(name: str) -> str:
    """Turn `getMenuItems` into `get_menu_items`."""
    return "_".join(word.lower() for word in _WORD.findall(name))


def pascal_case(name: str) -> str:
    """Turn `getMenuItems` or `get_menu_items` into `GetMenuItems`."""
    return "".join(word[0].upper() + word[1:].lower() for word in _WORD.findall(name))


def entity(name: str) -> str:
    """Name what an operation is about, for logs: `get_menu` reads `menu`."""
    return name.removeprefix("get_") or name
