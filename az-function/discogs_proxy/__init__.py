"""The hand-written forwarding core: it takes a described operation and asks Discogs for it."""

__version__ = "0.1.0"
