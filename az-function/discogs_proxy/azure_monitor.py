"""The way of spans and metrics to Application Insights, in threads that no call waits for."""

import logging
import os
from collections.abc import Callable

from azure.monitor.opentelemetry.exporter import (
    AzureMonitorMetricExporter,
    AzureMonitorTraceExporter,
)
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from discogs_proxy.open_telemetry import OpenTelemetry

_DEFAULTS = {
    # Whether a call is looked at is not for its caller to say.
    "OTEL_TRACES_SAMPLER": "always_on",
    # What the exporter would report to its makers, take orders from, or add to each batch.
    "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
    "APPLICATIONINSIGHTS_SDKSTATS_DISABLED": "true",
    "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED": "true",
    "APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED": "true",
}

_PATIENCE_SECONDS = 10
"""As long as it takes to connect; left alone, it would wait for an answer for five minutes."""


def start(connection_string: str, upstream_url: str, clock: Callable[[], float]) -> OpenTelemetry:
    """Return what takes telemetry and sends it now and then.

    The exporter reads in APPLICATIONINSIGHTS_AUTHENTICATION_STRING as whom it writes there: as the
    app itself. What cannot be sent is dropped; nothing is written to disk.
    """
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    # Both write a line or more for each batch that they send.
    for name in ("azure.core", "azure.identity", "azure.monitor"):
        logging.getLogger(name).setLevel(logging.WARNING)
    to = {"connection_string": connection_string, "read_timeout": _PATIENCE_SECONDS}
    # Every five seconds, and every minute.
    spans = BatchSpanProcessor(AzureMonitorTraceExporter(disable_offline_storage=True, **to))
    metrics = PeriodicExportingMetricReader(
        AzureMonitorMetricExporter(disable_offline_storage=True, **to)
    )
    return OpenTelemetry(spans, metrics, upstream_url, clock)
