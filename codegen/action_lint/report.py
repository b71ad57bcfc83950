"""Findings as text for people and as JSON for programs."""

import json
from collections.abc import Sequence

from codegen.action_lint.finding import ERROR, Finding, Rule
from codegen.wording import count


def as_text(name: str, findings: Sequence[Finding]) -> str:
    """Return the findings one below the other, and how many there are."""
    lines = [_text(name, finding) for finding in findings]
    return "\n".join([*lines, f"{name}: {_counts(findings)}."]) + "\n"


def _text(name: str, finding: Finding) -> str:
    said = (f'\n    the GPT builder says: "{words}"' for words in finding.rule.builder)
    head = f"{name}: {finding.level} {finding.rule.id} {finding.message}"
    return f"{head}\n    at #{finding.pointer}{''.join(said)}"


def _counts(findings: Sequence[Finding]) -> str:
    errors = sum(finding.level == ERROR for finding in findings)
    return f"{count(errors, 'error')}, {count(len(findings) - errors, 'warning')}"


def as_json(name: str, findings: Sequence[Finding]) -> str:
    """Return the findings as one JSON object."""
    errors = sum(finding.level == ERROR for finding in findings)
    report = {
        "file": name,
        "errors": errors,
        "warnings": len(findings) - errors,
        "findings": [
            {
                "rule": finding.rule.id,
                "level": finding.level,
                "pointer": finding.pointer,
                "message": finding.message,
                "builder": list(finding.rule.builder),
            }
            for finding in findings
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def as_list(rules: Sequence[Rule]) -> str:
    """Return what the rules are, and what the builder says to who breaks them."""
    return "".join(
        f"{rule.id} {rule.level:7} {rule.title}\n"
        + "".join(f'    the GPT builder says: "{words}"\n' for words in rule.builder)
        for rule in rules
    )
