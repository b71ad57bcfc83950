"""A spec held against every rule."""

from collections.abc import Mapping
from typing import Any

from codegen.action_lint import (
    answers,
    bodies,
    files,
    operations,
    parameters,
    references,
    schemas,
    security,
    servers,
    structure,
    words,
)
from codegen.action_lint.finding import ERROR, Finding
from codegen.action_lint.spec import Profile, Spec

_SUBJECTS = (
    structure,
    servers,
    operations,
    words,
    parameters,
    bodies,
    schemas,
    references,
    security,
    answers,
    files,
)
RULES = tuple(
    sorted((rule for subject in _SUBJECTS for rule in subject.RULES), key=lambda rule: rule.id)
)
_GENERAL = structure.RULES[1]


def lint(root: Mapping[str, Any], profile: Profile = Profile()) -> list[Finding]:  # noqa: B008
    """Return what is wrong with a spec, by rule; what other readers say of the same place is not.

    `root` is what a JSON file may hold.
    """
    spec = Spec(root, profile)
    # What several operations share is found once for each of them, and is one finding.
    found = list(dict.fromkeys(each for rule in RULES for each in rule.findings(spec)))
    errors = [each.pointer for each in found if each.level == ERROR and each.rule != _GENERAL]
    return [each for each in found if each.rule != _GENERAL or not _is_explained(each, errors)]


def _is_explained(finding: Finding, errors: list[str]) -> bool:
    """Tell whether an error with words of its own is at the same place, around it or inside it."""
    place = f"{finding.pointer}/"
    return any(place.startswith(f"{at}/") or at.startswith(place) for at in errors)
