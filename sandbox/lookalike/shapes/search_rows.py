"""Write the rows of a search, one shape for each kind."""

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Artist, Label, Master
from sandbox.lookalike.record import Release
from sandbox.lookalike.search_index import Entry
from sandbox.lookalike.shapes.credits import artist_line
from sandbox.lookalike.shapes.formats import format_objects, format_words
from sandbox.lookalike.view import Json, View


def search_row(entry: Entry, view: View) -> Json:
    """Return the row of one found entry."""
    thing = entry.thing
    if isinstance(thing, Artist):
        return _short_row(thing, view, kind="artist")
    if isinstance(thing, Label):
        return _short_row(thing, view, kind="label")
    if isinstance(thing, Master):
        main = view.catalogue.main_release(thing)
        return _long_row(entry, main, view, master=thing.id)
    row = _long_row(entry, thing, view, master=thing.master or 0)
    quantity = sum(each.quantity for each in thing.formats)
    return row | {"format_quantity": quantity, "formats": format_objects(thing.formats)}


def _short_row(thing: Artist | Label, view: View, *, kind: str) -> Json:
    return {
        "id": thing.id,
        "type": kind,
        "user_data": view.user_data(()),
        "master_id": None,
        "master_url": None,
        "uri": links.page_path(kind, thing.id, thing.name),
        "title": thing.name,
        **view.pictures(kind[0].upper(), thing.id, pictured=thing.pictured),
        "resource_url": links.api(f"{kind}s", thing.id),
    }


def _long_row(entry: Entry, release: Release, view: View, *, master: int) -> Json:
    fields, catalogue = entry.fields, view.catalogue
    artists = artist_line(release.artists, catalogue)
    labels = [catalogue.labels[each.id].name for each in (*release.labels, *release.companies)]
    thing = entry.thing
    releases = catalogue.versions(thing) if isinstance(thing, Master) else (release,)
    year: Json = {"year": fields["year"][0]} if fields["year"] else {}
    return {
        "country": release.country,
        **year,
        "format": format_words(release.formats),
        "label": labels,
        "type": entry.kind,
        "genre": list(release.genres),
        "style": list(release.styles),
        "id": entry.thing.id,
        "barcode": [each.value for each in release.identifiers],
        "user_data": view.user_data(releases),
        "master_id": master,
        "master_url": links.api("masters", master) if master else None,
        "uri": links.page_path(entry.kind, entry.thing.id, artists, release.title),
        "catno": release.labels[0].catno,
        "title": fields["title"][0],
        **view.pictures("R", release.id, pictured=release.pictured),
        "resource_url": links.api(f"{entry.kind}s", entry.thing.id),
        "community": {"want": entry.want, "have": entry.have},
    }
