"""Make the answers about an artist."""

from collections.abc import Iterable, Iterator

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Artist, Master
from sandbox.lookalike.record import Credit, Release
from sandbox.lookalike.shapes.credits import artist_line, label_line
from sandbox.lookalike.shapes.formats import format_line
from sandbox.lookalike.view import Json, View, without_empty


def artist_body(artist: Artist, view: View) -> Json:
    """Return the answer to /artists/{id}."""
    everyone = view.catalogue.artists.values()
    aliases = [
        each.id for each in everyone if artist.id in each.aliases or each.id in artist.aliases
    ]
    groups = [each for each in everyone if artist.id in each.members + each.former]
    body: Json = {
        "name": artist.name,
        "id": artist.id,
        "resource_url": links.api("artists", artist.id),
        "uri": links.page("artist", artist.id, artist.name),
        "releases_url": links.api("artists", artist.id, "releases"),
        "images": links.images("A", artist.id, pictured=artist.pictured),
        "realname": artist.realname,
        "profile": view.text(artist.profile),
        "urls": list(artist.urls),
        "namevariations": list(artist.namevariations),
        "aliases": [_reference(each, view) for each in aliases],
        "members": [
            _reference(each, view) | {"active": each in artist.members}
            for each in artist.members + artist.former
        ],
        "groups": [
            _reference(each.id, view) | {"active": artist.id in each.members} for each in groups
        ],
        "data_quality": "Needs Vote",
    }
    optional = ("images", "realname", "urls", "namevariations", "aliases", "members", "groups")
    return without_empty(body, *optional)


def artist_rows(artist: Artist, view: View) -> list[Json]:
    """Return the rows of /artists/{id}/releases: first the artist's own records, then his parts."""
    catalogue = view.catalogue
    rows = [
        _master_row(each, view)
        for each in catalogue.masters.values()
        if _has(catalogue.main_release(each).artists, artist)
    ]
    for release in catalogue.releases.values():
        if release.master is None and _has(release.artists, artist):
            rows.append(_release_row(release, view, "Main"))
        rows.extend(_part_rows(release, artist, view))
    return rows


def _part_rows(release: Release, artist: Artist, view: View) -> Iterator[Json]:
    tracks = [each.title for each in release.all_tracks if _has(each.artists, artist)]
    if tracks:
        yield _release_row(release, view, "TrackAppearance", ", ".join(tracks))
    parts = [*release.credits, *(part for each in release.all_tracks for part in each.credits)]
    for role in dict.fromkeys(each.role for each in parts if each.id == artist.id):
        yield _release_row(release, view, role)


def _has(parts: Iterable[Credit], artist: Artist) -> bool:
    return any(each.id == artist.id for each in parts)


def _reference(artist_id: int, view: View) -> Json:
    name = view.catalogue.artists[artist_id].name
    return {"id": artist_id, "name": name, "resource_url": links.api("artists", artist_id)}


def _master_row(master: Master, view: View) -> Json:
    release = view.catalogue.main_release(master)
    return {
        "id": master.id,
        "title": release.title,
        "type": "master",
        "main_release": release.id,
        "artist": artist_line(release.artists, view.catalogue),
        "role": "Main",
        "resource_url": links.api("masters", master.id),
        "year": master.year,
        "thumb": links.thumb("R", release.id) if release.pictured else "",
        "stats": view.stats(release),
    }


def _release_row(release: Release, view: View, role: str, trackinfo: str = "") -> Json:
    row: Json = {
        "id": release.id,
        "status": "Accepted",
        "type": "release",
        "format": format_line(release.formats),
        "label": label_line(release.labels, view.catalogue),
        "title": release.title,
        "resource_url": links.api("releases", release.id),
        "role": role,
        "artist": artist_line(release.artists, view.catalogue),
        "trackinfo": trackinfo,
        "year": release.year,
        "thumb": links.thumb("R", release.id) if release.pictured else "",
        "stats": view.stats(release),
    }
    return without_empty(row, "trackinfo", "year")
