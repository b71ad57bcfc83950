"""What a call is told to beside the log: whoever measures, or nobody."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, TypeAlias

from discogs_proxy.exchange import Inbound, Outbound
from discogs_proxy.operation import Operation

Facts: TypeAlias = Mapping[str, str | int]
"""What the log line of a call says of it; never what was sent in it."""
EndRequest: TypeAlias = Callable[[int, Facts], None]
"""Takes the status that the caller got, and the facts."""
EndAttempt: TypeAlias = Callable[[int], None]
"""Takes the status that Discogs gave."""


class Telemetry(Protocol):
    """Takes what happens as it happens; it never waits, and never fails what it is told of."""

    def request(
        self, offer: Operation, inbound: Inbound, trace_id: str
    ) -> AbstractContextManager[EndRequest]:
        """Enclose a call to the proxy; a failure is noted on its way out."""

    def attempt(self, outbound: Outbound) -> AbstractContextManager[EndAttempt]:
        """Enclose one request to Discogs; a failure is noted on its way out."""

    def circuit(self, wait: float) -> None:
        """Note for how many seconds Discogs is not asked, 0 when it is."""

    def drift(self, line: Mapping[str, Any]) -> None:
        """Note how answers differ from the description, as the log says it."""


def _ignore(*_: object) -> None:
    pass


class _Silent:
    """Tells nobody."""

    def __init__(self) -> None:
        self._nothing = nullcontext(_ignore)

    def request(
        self,
        offer: Operation,  # noqa: ARG002 - as the protocol names them
        inbound: Inbound,  # noqa: ARG002
        trace_id: str,  # noqa: ARG002
    ) -> AbstractContextManager[EndRequest]:
        return self._nothing

    def attempt(self, outbound: Outbound) -> AbstractContextManager[EndAttempt]:  # noqa: ARG002
        return self._nothing

    def circuit(self, wait: float) -> None:
        pass

    def drift(self, line: Mapping[str, Any]) -> None:
        pass


SILENT: Telemetry = _Silent()
