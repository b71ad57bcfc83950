"""Make the answers about a master and its versions."""

from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote_plus

from sandbox.lookalike import links
from sandbox.lookalike.catalogue import Master
from sandbox.lookalike.record import Release
from sandbox.lookalike.shapes.credits import artist_credits, artist_line, label_line
from sandbox.lookalike.shapes.formats import descriptions_line, format_words
from sandbox.lookalike.shapes.releases import tracklist, videos
from sandbox.lookalike.view import Json, View, without_empty

FACETS = ("format", "label", "country", "released")


def master_body(master: Master, view: View) -> Json:
    """Return the answer to /masters/{id}."""
    main = view.catalogue.main_release(master)
    versions = view.catalogue.versions(master)
    newest = max(versions, key=lambda each: each.released).id
    prices = [each.lowest_price for each in versions if each.lowest_price is not None]
    body: Json = {
        "id": master.id,
        "main_release": main.id,
        "most_recent_release": newest,
        "resource_url": links.api("masters", master.id),
        "uri": links.page(
            "master", master.id, artist_line(main.artists, view.catalogue), main.title
        ),
        "versions_url": links.api("masters", master.id, "versions"),
        "main_release_url": links.api("releases", main.id),
        "most_recent_release_url": links.api("releases", newest),
        "num_for_sale": sum(each.for_sale for each in versions),
        "lowest_price": min(prices, default=None),
        "images": links.images("R", main.id, pictured=main.pictured),
        "genres": list(main.genres),
        "styles": list(main.styles),
        "year": master.year,
        "tracklist": tracklist(main.tracks, view),
        "artists": artist_credits(main.artists, view.catalogue),
        "title": main.title,
        "notes": view.text(master.notes),
        "data_quality": "Correct",
        "videos": videos(main),
    }
    return without_empty(body, "notes", "videos")


def version_rows(master: Master, view: View, query: Mapping[str, str]) -> list[Json]:
    """Return the rows of /masters/{id}/versions that pass the caller's filters."""
    wanted = applied_filters(query)
    return [
        _version_row(release, view)
        for release in view.catalogue.versions(master)
        if all(value in _facet_values(release, view)[key] for key, (value,) in wanted.items())
    ]


def applied_filters(query: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the filters that the caller has set, as Discogs repeats them."""
    return {key: [query[key]] for key in FACETS if query.get(key)}


def facets(master: Master, view: View) -> list[Json]:
    """Return the four facets of the versions: what they can be filtered by, and how many pass.

    Discogs encodes a value as in an address, so that it has to be decoded before it is sent back.
    """
    return [
        {
            "title": facet.capitalize(),
            "id": facet,
            "values": [
                {"title": title, "value": quote_plus(title), "count": count}
                for title, count in _counts(facet, master, view).most_common()
            ],
            "allows_multiple_values": True,
        }
        for facet in FACETS
    ]


def available_filters(master: Master, view: View) -> Json:
    """Return the same once more, as Discogs does."""
    return {facet: dict(_counts(facet, master, view).most_common()) for facet in FACETS}


def _counts(facet: str, master: Master, view: View) -> Counter[str]:
    versions = view.catalogue.versions(master)
    values = (set(_facet_values(each, view)[facet]) for each in versions)
    return Counter(sorted(name for names in values for name in names if name))


def _facet_values(release: Release, view: View) -> dict[str, list[str]]:
    return {
        "format": format_words(release.formats),
        "label": [view.catalogue.labels[each.id].name for each in release.label_credits],
        "country": [release.country],
        "released": [str(release.year)],
    }


def _version_row(release: Release, view: View) -> Json:
    return {
        "id": release.id,
        "label": label_line(release.labels, view.catalogue),
        "country": release.country,
        "title": release.title,
        "major_formats": [each.name for each in release.formats],
        "format": descriptions_line(release.formats),
        "catno": release.labels[0].catno,
        "released": str(release.year),
        "status": "Accepted",
        "resource_url": links.api("releases", release.id),
        "thumb": links.thumb("R", release.id) if release.pictured else "",
        "stats": view.stats(release),
    }
