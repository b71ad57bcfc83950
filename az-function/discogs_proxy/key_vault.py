"""References to a vault, as Azure leaves them in a setting until it has resolved them."""

_BEGINNING = "@microsoft.keyvault("


def is_reference(text: str) -> bool:
    """Tell whether a setting still holds a reference and not the secret."""
    return text.strip().lower().startswith(_BEGINNING)
