"""Write the short form of a release that collections and wantlists show."""

from sandbox.lookalike import links
from sandbox.lookalike.record import Release
from sandbox.lookalike.shapes.credits import artist_credits, label_credits
from sandbox.lookalike.shapes.formats import format_objects
from sandbox.lookalike.view import Json, View


def basic_information(release: Release, view: View) -> Json:
    """Return the basic_information of a row; without a master its id is 0."""
    return {
        "id": release.id,
        "master_id": release.master or 0,
        "master_url": links.api("masters", release.master) if release.master else None,
        "resource_url": links.api("releases", release.id),
        **view.pictures("R", release.id, pictured=release.pictured),
        "title": release.title,
        "year": release.year,
        "formats": format_objects(release.formats),
        "artists": artist_credits(release.artists, view.catalogue),
        "labels": label_credits(release.labels, view.catalogue),
        "genres": list(release.genres),
        "styles": list(release.styles),
    }
