"""Make the answers about a label, a company or a series."""

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Label
from sandbox.lookalike.shapes.credits import artist_line
from sandbox.lookalike.shapes.formats import format_line
from sandbox.lookalike.view import Json, View, without_empty


def label_body(label: Label, view: View) -> Json:
    """Return the answer to /labels/{id}."""
    everyone = view.catalogue.labels.values()
    parent = view.catalogue.labels.get(label.parent or 0)
    body: Json = {
        "id": label.id,
        "name": label.name,
        "resource_url": links.api("labels", label.id),
        "uri": links.page("label", label.id, label.name),
        "releases_url": links.api("labels", label.id, "releases"),
        "images": links.images("L", label.id, pictured=label.pictured),
        "contact_info": label.contact_info,
        "profile": view.text(label.profile),
        "parent_label": _reference(parent) if parent else None,
        "data_quality": "Needs Vote",
        "urls": list(label.urls),
        "sublabels": [_reference(each) for each in everyone if each.parent == label.id],
    }
    optional = ("images", "contact_info", "profile", "parent_label", "urls", "sublabels")
    return without_empty(body, *optional)


def label_rows(label: Label, view: View) -> list[Json]:
    """Return the rows of /labels/{id}/releases, one for each release and catalogue number."""
    return [
        {
            "status": "Accepted",
            "format": format_line(release.formats),
            "catno": catno,
            "thumb": links.thumb("R", release.id) if release.pictured else "",
            "resource_url": links.api("releases", release.id),
            "title": release.title,
            "id": release.id,
            "year": release.year,
            "artist": artist_line(release.artists, view.catalogue),
            "stats": view.stats(release),
        }
        for release in view.catalogue.releases.values()
        for catno in dict.fromkeys(
            each.catno for each in release.label_credits if each.id == label.id
        )
    ]


def _reference(label: Label) -> Json:
    return {"id": label.id, "name": label.name, "resource_url": links.api("labels", label.id)}
