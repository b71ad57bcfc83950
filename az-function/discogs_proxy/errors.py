"""What the proxy itself answers when it cannot pass on an answer of Discogs.

ProxyError
    InvalidRequest       400  invalid_request
    Unauthorized         401  unauthorized
    WritesDisabled       403  writes_disabled
    DiscogsAuthRequired  403  discogs_auth_required
    NotFound             404  not_found
    MethodNotAllowed     405  method_not_allowed
    PayloadTooLarge      413  payload_too_large
    UnsupportedMedia     415  unsupported_media_type
    RateLimited          429  rate_limited
    InternalError        500  internal_error
    UpstreamError        502  upstream_error
    SecretsUnresolved    503  secrets_unresolved
    UpstreamUnavailable  503  upstream_unavailable
    DeadlinePassed       504  timeout
    DiscogsRefused       4xx  discogs_refused, where a refusal of Discogs is not passed on as it is

`AttemptFailed` never reaches a caller: the retry turns the last one into one of the above.
"""

from collections.abc import Mapping
from typing import ClassVar

import orjson

from discogs_proxy.exchange import Answer, Headers

UNSURE = "Whether it did what was asked is not known: look before you ask again."
"""What a failure adds when it befalls a call that may not be repeated."""


class ProxyError(Exception):
    """A failure that the proxy answers in its own words."""

    status: int
    error: ClassVar[str]

    def __init__(
        self, reason: str, message: str, *, retry_after: int | None = None, headers: Headers = ()
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.retry_after = retry_after
        self.headers = headers

    def answer(self, trace_id: str, more: Mapping[str, str | bool] | None = None) -> Answer:
        """Put the failure into the error envelope, and what else is to be said beside it."""
        envelope: dict[str, str | int | bool] = {
            "error": self.error,
            "reason": self.reason,
            "message": self.message,
            "trace_id": trace_id,
        }
        headers = self.headers
        if self.retry_after is not None:
            envelope["retry_after"] = self.retry_after
            headers = (*headers, ("Retry-After", str(self.retry_after)))
        headers = (("Content-Type", "application/json"), *headers)
        return Answer(self.status, headers, orjson.dumps({**envelope, **(more or {})}))


class InvalidRequest(ProxyError):
    """A parameter or the body is bad or missing."""

    status, error = 400, "invalid_request"


class Unauthorized(ProxyError):
    """The client key is missing or wrong."""

    status, error = 401, "unauthorized"


class WritesDisabled(ProxyError):
    """This proxy only reads."""

    status, error = 403, "writes_disabled"


class DiscogsAuthRequired(ProxyError):
    """Discogs wants an account that this proxy does not hold."""

    status, error = 403, "discogs_auth_required"


class NotFound(ProxyError):
    """No route has this path."""

    status, error = 404, "not_found"


class MethodNotAllowed(ProxyError):
    """The path has a route, but not for this verb."""

    status, error = 405, "method_not_allowed"


class PayloadTooLarge(ProxyError):
    """The body has more bytes than the proxy takes."""

    status, error = 413, "payload_too_large"


class UnsupportedMedia(ProxyError):
    """The body is not of the type that the operation takes."""

    status, error = 415, "unsupported_media_type"


class RateLimited(ProxyError):
    """Discogs' budget is spent."""

    status, error = 429, "rate_limited"


class InternalError(ProxyError):
    """A fault of the proxy's own code."""

    status, error = 500, "internal_error"


class UpstreamError(ProxyError):
    """Discogs gave no usable answer, or refused our credential."""

    status, error = 502, "upstream_error"


class SecretsUnresolved(ProxyError):
    """A secret is missing, or still reads as a Key Vault reference."""

    status, error = 503, "secrets_unresolved"


class UpstreamUnavailable(ProxyError):
    """Discogs does not work at present and is left alone for a while."""

    status, error = 503, "upstream_unavailable"


class DeadlinePassed(ProxyError):
    """The time for one call ran out."""

    status, error = 504, "timeout"
    RETRY_AFTER: ClassVar[int] = 10
    """Seconds after which it makes sense to ask again; silence says nothing about it."""


class DiscogsRefused(ProxyError):
    """Discogs understood the call and does not do it."""

    error = "discogs_refused"

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.status = status


class AttemptFailed(Exception):
    """One attempt brought no answer worth passing on, and the next one may."""

    def __init__(
        self,
        error_type: str,
        *,
        error: ProxyError | None = None,
        retry_after: int | None = None,
        timed_out: bool = False,
        was_ineffective: bool = False,
    ) -> None:
        super().__init__(error_type)
        self.error_type = error_type
        """One word for the log."""
        self.error = error
        """What it amounts to when it was the last one; None where no answer arrived whole."""
        self.retry_after = retry_after
        """The seconds that Discogs asked to wait, if it did."""
        self.timed_out = timed_out
        self.was_ineffective = was_ineffective
        """Whether Discogs surely did nothing of what was asked: it never got it, or refused it."""
