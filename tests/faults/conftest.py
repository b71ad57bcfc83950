"""Print the table of faults once all of them were met."""

import pytest

from tests.faults.support.table import ROWS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show case, upstream requests, answer and time against deadline."""
    if ROWS:
        terminalreporter.section(f"{len(ROWS)} faults met")
        terminalreporter.write_line(
            f"{'case':<52}{'asked':>6}  {'answer':<38}{'seconds':>8} of deadline"
        )
        for row in ROWS:
            terminalreporter.write_line(str(row))
