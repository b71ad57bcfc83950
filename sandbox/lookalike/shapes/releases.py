"""Make the answer about a release."""

from collections.abc import Iterable

from sandbox.lookalike import links
from sandbox.lookalike.record import Release, Track
from sandbox.lookalike.shapes.credits import artist_credits, artist_line, label_credits, sort_line
from sandbox.lookalike.shapes.formats import format_objects, weight
from sandbox.lookalike.view import Json, View, without_empty

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
OPTIONAL = (
    *("master_id", "master_url", "country", "released", "released_formatted", "notes"),
    *("videos", "styles", "extraartists", "estimated_weight"),
)


def release_body(release: Release, view: View) -> Json:
    """Return the answer to /releases/{id}, its keys in the order of the wire."""
    body = _head(release, view) | _facts(release, view)
    return without_empty(body, *OPTIONAL)


def tracklist(tracks: Iterable[Track], view: View) -> list[Json]:
    """Return the tracklist array of a release or a master."""
    return [_track(each, view) for each in tracks]


def videos(release: Release) -> list[Json]:
    """Return the videos array of a release or a master."""
    return [
        {
            "uri": each.uri,
            "title": each.title,
            "description": each.description,
            "duration": each.duration,
            "embed": True,
        }
        for each in release.videos
    ]


def _head(release: Release, view: View) -> Json:
    catalogue = view.catalogue
    artists = artist_line(release.artists, catalogue)
    return {
        "id": release.id,
        "status": "Accepted",
        "year": release.year,
        "resource_url": links.api("releases", release.id),
        "uri": links.page("release", release.id, artists, release.title),
        "artists": artist_credits(release.artists, catalogue),
        "artists_sort": sort_line(release.artists, catalogue),
        "labels": label_credits(release.labels, catalogue),
        "series": label_credits(release.series, catalogue),
        "companies": label_credits(release.companies, catalogue),
        "formats": format_objects(release.formats),
        "data_quality": "Correct",
        "community": _community(release),
        "format_quantity": sum(each.quantity for each in release.formats),
        "date_added": _added(release),
        "date_changed": _added(release),
    }


def _facts(release: Release, view: View) -> Json:
    return {
        "num_for_sale": release.for_sale,
        "lowest_price": release.lowest_price,
        "master_id": release.master,
        "master_url": links.api("masters", release.master) if release.master else None,
        "title": release.title,
        "country": release.country,
        "released": release.released,
        "released_formatted": _formatted(release.released),
        "notes": view.text(release.notes),
        "identifiers": [
            without_empty(
                {"type": each.type, "value": each.value, "description": each.description},
                "description",
            )
            for each in release.identifiers
        ],
        "videos": videos(release),
        "genres": list(release.genres),
        "styles": list(release.styles),
        "tracklist": tracklist(release.tracks, view),
        "extraartists": artist_credits(release.credits, view.catalogue),
        "images": links.images("R", release.id, pictured=release.pictured),
        "thumb": links.thumb("R", release.id) if release.pictured else "",
        "estimated_weight": weight(release.formats),
        "blocked_from_sale": False,
        "is_offensive": False,
    }


def _community(release: Release) -> Json:
    return {
        "have": release.have,
        "want": release.want,
        "rating": {"count": release.ratings, "average": release.average},
        "submitter": _user(release.submitter),
        "contributors": [_user(each) for each in (release.submitter, *release.contributors)],
        "data_quality": "Correct",
        "status": "Accepted",
    }


def _user(username: str) -> Json:
    return {"username": username, "resource_url": links.user(username)}


def _added(release: Release) -> str:
    # Every June day has the same offset in Discogs' California.
    return f"2024-06-{release.id % 30 + 1:02}T09:30:00-07:00"


def _formatted(released: str) -> str:
    year, month, day = (*released.split("-"), "00", "00")[:3]
    words = [MONTHS[int(month) - 1]] if month != "00" else []
    return " ".join([*([day] if day != "00" else []), *words, year])


def _track(track: Track, view: View) -> Json:
    body: Json = {
        "position": track.position,
        "type_": track.kind,
        "artists": artist_credits(track.artists, view.catalogue),
        "title": track.title,
        "extraartists": artist_credits(track.credits, view.catalogue),
        "duration": track.duration,
        "sub_tracks": tracklist(track.sub_tracks, view),
    }
    return without_empty(body, "artists", "extraartists", "sub_tracks")
