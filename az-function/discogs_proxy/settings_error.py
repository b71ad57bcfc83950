"""What stops the start: a setting that cannot be used."""


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and never holds a secret's value."""
