"""Telemetry that stays in memory, and what it came to."""

from dataclasses import dataclass, field

from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from discogs_proxy.open_telemetry import OpenTelemetry
from tests.proxy.support.rig import loop_time


@dataclass
class Measured:
    """What is told to `telemetry`, on the clock of the running loop."""

    exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    reader: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)
    telemetry: OpenTelemetry = field(init=False)

    def __post_init__(self) -> None:
        self.telemetry = OpenTelemetry(
            SimpleSpanProcessor(self.exporter), self.reader, "https://api.discogs.com", loop_time
        )

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        """The spans, in the order of their ends."""
        return self.exporter.get_finished_spans()

    def of_kind(self, kind: str) -> list[ReadableSpan]:
        """Return the spans of a kind, such as SERVER."""
        return [span for span in self.spans if span.kind.name == kind]

    def metrics(self) -> dict[str, list[tuple[dict[str, object], float]]]:
        """Return the points by metric: attributes, and the value or the sum."""
        found = self.reader.get_metrics_data()
        metrics = found.resource_metrics[0].scope_metrics[0].metrics if found else ()
        return {
            metric.name: [
                (dict(point.attributes), getattr(point, "value", None) or getattr(point, "sum", 0))
                for point in metric.data.data_points
            ]
            for metric in metrics
        }

    def everything(self) -> str:
        """Return all of it as text."""
        found = self.reader.get_metrics_data()
        return "".join([span.to_json() for span in self.spans]) + (found.to_json() if found else "")
