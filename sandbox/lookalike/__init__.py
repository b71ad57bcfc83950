"""Behave like api.discogs.com over a small catalogue of its own."""
