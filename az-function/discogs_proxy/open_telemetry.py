"""What happens as spans and metrics of OpenTelemetry, by its conventions for HTTP.

They hold facts about a call and never what was sent in it. So `url.path` and `url.full`, which the
conventions ask for, are not there: a path may hold a user's name. Its template stands for it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from opentelemetry.context import Context
from opentelemetry.metrics import Histogram
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from discogs_proxy import __version__, trace
from discogs_proxy.errors import AttemptFailed
from discogs_proxy.exchange import Inbound, Outbound
from discogs_proxy.operation import Operation
from discogs_proxy.settings import API_PREFIX
from discogs_proxy.telemetry import EndAttempt, EndRequest, Facts

SERVICE = "discogs-gateway"
_ON_SPANS = (
    *("operation", "face", "cache", "covered", "reason", "attempts", "upstream_ms", "queue_ms"),
    *("budget_remaining", "bytes_in", "bytes_out"),
)
"""The facts that a span has; who called is for the log alone."""
_ON_CALLS = ("operation", "face", "cache", "error")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40)
"""Seconds; those of the conventions, and then to the usual deadline."""

Attributes: TypeAlias = dict[str, str | int]


class OpenTelemetry:
    """Makes spans and metrics of what it is told, for a processor and a reader to take away."""

    def __init__(
        self,
        processor: SpanProcessor,
        reader: MetricReader,
        upstream_url: str,
        clock: Callable[[], float],
    ) -> None:
        """Wire it all; the clock is a monotonic one, in seconds."""
        resource = Resource.create({"service.name": SERVICE, "service.version": __version__})
        self._ids = _Ids()
        self._spans = TracerProvider(resource=resource, id_generator=self._ids)
        self._spans.add_span_processor(processor)
        self._metrics = MeterProvider([reader], resource=resource)
        self._tracer = self._spans.get_tracer(SERVICE, __version__)
        self._upstream = _server(upstream_url)
        self._clock = clock
        meter = self._metrics.get_meter(SERVICE, __version__)
        self._requests, self._attempts = (
            meter.create_histogram(
                f"http.{side}.request.duration", "s", explicit_bucket_boundaries_advisory=_BUCKETS
            )
            for side in ("server", "client")
        )
        self._calls = meter.create_counter("discogs_proxy.calls", "{call}")
        self._retries = meter.create_counter("discogs_proxy.retries", "{request}")
        self._drift = meter.create_counter("discogs_proxy.drift", "{answer}")
        self._budget = meter.create_gauge("discogs_proxy.budget.remaining", "{request}")
        self._circuit = meter.create_gauge("discogs_proxy.circuit.open", "1")

    @contextmanager
    def request(self, offer: Operation, inbound: Inbound, trace_id: str) -> Iterator[EndRequest]:
        """Enclose a call to the proxy; a failure is noted on its way out."""
        known: Attributes = {
            "http.request.method": inbound.method,
            "http.route": API_PREFIX + offer.path,
            "url.scheme": inbound.url.partition(":")[0],
        }
        self._ids.next_trace_id = int(trace_id, 16)
        parent = _parent(inbound.headers)
        with self._timed(SpanKind.SERVER, known, self._requests, parent) as (span, outcome):

            def end(status: int, facts: Facts) -> None:
                outcome["http.response.status_code"] = status
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    outcome["error.type"] = facts.get("reason", str(status))
                span.set_attributes(_chosen(facts, _ON_SPANS))
                self._count(status, facts)

            yield end

    @contextmanager
    def attempt(self, outbound: Outbound) -> Iterator[EndAttempt]:
        """Enclose one request to Discogs; a failure is noted on its way out."""
        known: Attributes = {
            "http.request.method": outbound.method,
            "url.template": outbound.operation.path,
            **self._upstream,
        }
        if outbound.resends:
            self._retries.add(1, {"discogs_proxy.operation": outbound.operation.name})
        with self._timed(SpanKind.CLIENT, known, self._attempts) as (span, outcome):
            if outbound.resends:
                span.set_attribute("http.request.resend_count", outbound.resends)

            def end(status: int) -> None:
                outcome["http.response.status_code"] = status
                if status >= HTTPStatus.BAD_REQUEST:
                    outcome["error.type"] = str(status)

            yield end

    def circuit(self, wait: float) -> None:
        """Note for how many seconds Discogs is not asked, 0 when it is."""
        self._circuit.set(int(wait > 0))

    def drift(self, line: Mapping[str, Any]) -> None:
        """Note how answers differ from the description; where, is in the log."""
        operation = line["operation"]
        for difference in line["differences"]:
            what = {"discogs_proxy.operation": operation, "discogs_proxy.what": difference["what"]}
            self._drift.add(difference["seen"], what)

    def close(self) -> None:
        """Hand over what there is, and end."""
        self._spans.shutdown()
        self._metrics.shutdown()

    @contextmanager
    def _timed(
        self, kind: SpanKind, known: Attributes, seconds: Histogram, parent: Context | None = None
    ) -> Iterator[tuple[Span, Attributes]]:
        """Enclose an exchange in a span, and yield what takes the attributes of its outcome."""
        began = self._clock()
        outcome: Attributes = {}
        template = known.get("http.route") or known["url.template"]
        with self._tracer.start_as_current_span(
            f"{known['http.request.method']} {template}",
            *(parent, kind, known),
            # The message of an exception may quote anything.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span, outcome
            except BaseException as error:
                outcome["error.type"] = _word(error)
                raise
            finally:
                span.set_attributes(outcome)
                if "error.type" in outcome:
                    span.set_status(StatusCode.ERROR)
                seconds.record(self._clock() - began, {**known, **outcome})

    def _count(self, status: int, facts: Facts) -> None:
        call = {**_chosen(facts, _ON_CALLS), "http.response.status_code": status}
        self._calls.add(1, call)
        if "budget_remaining" in facts:
            self._budget.set(int(facts["budget_remaining"]))


class _Ids(RandomIdGenerator):
    """Begins a trace under the id that the log has for the call."""

    def __init__(self) -> None:
        self.next_trace_id: int | None = None

    def generate_trace_id(self) -> int:
        own, self.next_trace_id = self.next_trace_id, None
        return own or super().generate_trace_id()


def _parent(headers: Mapping[str, str]) -> Context:
    """Return what a call belongs to: the caller's span, or nothing."""
    caller = trace.caller(headers)
    if caller is None:
        return Context()
    ids = int(caller.trace_id, 16), int(caller.span_id, 16)
    span = SpanContext(*ids, is_remote=True, trace_flags=TraceFlags(int(caller.flags, 16)))
    return set_span_in_context(NonRecordingSpan(span), Context())


def _server(url: str) -> Attributes:
    parts = urlsplit(url)
    port = parts.port or {"http": 80}.get(parts.scheme, 443)
    address = parts.hostname or ""
    return {"url.scheme": parts.scheme, "server.address": address, "server.port": port}


def _chosen(facts: Facts, names: tuple[str, ...]) -> Attributes:
    return {f"discogs_proxy.{name}": facts[name] for name in names if name in facts}


def _word(error: BaseException) -> str:
    return error.error_type if isinstance(error, AttemptFailed) else type(error).__name__
