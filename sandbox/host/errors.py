"""Name the faults that keep a function app from being served."""


class HostError(Exception):
    """Say which function app, function or route is refused, and why."""


class RouteError(Exception):
    """Say what is wrong with one route template; the router adds whose it is."""
