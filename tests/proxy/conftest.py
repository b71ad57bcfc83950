"""Offer the tests of this folder a real Redis."""

from tests.proxy.support.redis_server import redis_server

__all__ = ["redis_server"]
