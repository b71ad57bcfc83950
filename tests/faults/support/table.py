"""What became of each fault."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: str
    requests: int
    answer: str
    seconds: float
    deadline: float

    def __str__(self) -> str:
        return (
            f"{self.case:<52}{self.requests:>6}  {self.answer:<38}"
            f"{self.seconds:>8.2f} of {self.deadline:g}"
        )


ROWS: list[Row] = []
