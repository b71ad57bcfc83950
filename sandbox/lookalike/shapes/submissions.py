"""Write what users gave to the catalogue, in the older shapes that are kept for it."""

from sandbox.lookalike.catalogue import Artist, Label
from sandbox.lookalike.record import Release
from sandbox.lookalike.shapes.artists import artist_body
from sandbox.lookalike.shapes.labels import label_body
from sandbox.lookalike.shapes.releases import release_body
from sandbox.lookalike.view import Json, View

OTHER_ARTISTS = ("aliases", "groups", "members")
NEVER_HERE = ("tracklist", "extraartists", "blocked_from_sale", "is_offensive")


def submitted_artist(artist: Artist, view: View) -> Json:
    """Return an artist, the others around him by name alone."""
    body = artist_body(artist, view)
    return {
        key: [each["name"] for each in value]
        if key in OTHER_ARTISTS and isinstance(value, list)
        else value
        for key, value in body.items()
    }


def submitted_label(label: Label, view: View) -> Json:
    """Return a label without its family, and its contact under an older name."""
    body = label_body(label, view)
    hidden = ("contact_info", "parent_label", "sublabels", "profile")
    return {key: value for key, value in body.items() if key not in hidden} | {
        "contactinfo": label.contact_info,
        "profile": view.text(label.profile),
    }


def contributed_release(release: Release, view: View) -> Json:
    """Return a release without its tracks and credits."""
    body = release_body(release, view)
    return {key: value for key, value in body.items() if key not in NEVER_HERE}
