"""What lies on the way to Discogs, wrapped so that it tells telemetry what happens there."""

from discogs_proxy.circuit import Ticket
from discogs_proxy.exchange import Answer, Outbound, Send
from discogs_proxy.state import CircuitState
from discogs_proxy.telemetry import Telemetry


def with_telemetry(send: Send, telemetry: Telemetry) -> Send:
    """Wrap the network, so that each request to Discogs is told."""

    async def told(outbound: Outbound) -> Answer:
        with telemetry.attempt(outbound) as end:
            answer = await send(outbound)
            end(answer.status)
        return answer

    return told


class MeasuredCircuit:
    """A circuit that tells what it says: every call asks it before anything else."""

    def __init__(self, circuit: CircuitState, telemetry: Telemetry) -> None:
        self._circuit = circuit
        self._telemetry = telemetry

    async def wait(self) -> float:
        """Return the seconds for which there is no point in asking."""
        wait = await self._circuit.wait()
        self._telemetry.circuit(wait)
        return wait

    async def enter(self) -> Ticket | None:
        """Return a ticket for one attempt; None while refusing."""
        return await self._circuit.enter()

    async def leave(self, ticket: Ticket, *, went_well: bool | None) -> bool:
        """Take back a ticket; tell whether that opened or closed the circuit."""
        return await self._circuit.leave(ticket, went_well=went_well)
