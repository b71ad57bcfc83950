"""The Action spec held against what importers take, before anything is written."""

import json

from codegen.action import PLACE, PLACEHOLDER_HOST
from codegen.action_lint.finding import ERROR
from codegen.action_lint.linter import lint
from codegen.action_lint.report import as_text
from codegen.action_lint.spec import Profile
from codegen.output import Files


class ActionRefused(Exception):
    """An Action spec that could not be imported; the message is the report on it."""


def admit(files: Files) -> str:
    """Return the linter's warnings about the Action spec; raise `ActionRefused` on an error.

    A description that offers nothing makes a spec that nobody imports.
    """
    spec = json.loads(files[PLACE])
    if not spec["paths"]:
        return ""
    findings = lint(spec, Profile(placeholder=PLACEHOLDER_HOST))
    report = as_text(PLACE, findings) if findings else ""
    if any(finding.level == ERROR for finding in findings):
        raise ActionRefused(report)
    return report
