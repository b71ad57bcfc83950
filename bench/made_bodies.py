"""Answers as Discogs would send them, made up, as long as is asked for."""

from typing import Any

_API = "https://api.discogs.com"
_PICTURE = "https://i.discogs.com/" + "Qm9ndXM" * 20
_WORDS = "Paper Lantern River Static Copper Harbour Velvet Orchard Signal Winter".split()  # noqa: SIM905


def release(tracks: int) -> dict[str, Any]:
    """Return a release with so many tracks, each with credits."""
    return {
        "id": 4001,
        "status": "Accepted",
        "year": 1998,
        "resource_url": f"{_API}/releases/4001",
        "uri": "https://www.discogs.com/release/4001",
        "artists": [_credit(1)],
        "artists_sort": "Paper Lantern 1",
        "labels": [_label(1)],
        "series": [],
        "companies": [_label(n) for n in range(8)],
        "formats": [_format()],
        "data_quality": "Needs Vote",
        "community": {
            "have": 231,
            "want": 87,
            "rating": {"count": 40, "average": 4.35},
            "submitter": _user(0),
            "contributors": [_user(n) for n in range(12)],
            "data_quality": "Needs Vote",
            "status": "Accepted",
        },
        "format_quantity": 1,
        "date_added": "2004-10-16T10:51:18-07:00",
        "date_changed": "2021-03-05T08:11:42-08:00",
        "num_for_sale": 12,
        "lowest_price": 7.5,
        "master_id": 3001,
        "master_url": f"{_API}/masters/3001",
        "title": _title(3),
        "country": "UK",
        "released": "1998-05-18",
        "released_formatted": "18 May 1998",
        "notes": "Recorded by the river, in one winter. " * 10,
        "identifiers": [
            {"type": "Matrix / Runout", "value": f"PL-{n} A1", "description": "Side A"}
            for n in range(6)
        ],
        "videos": [
            {"uri": f"https://www.youtube.com/watch?v={n}", "title": _title(n), "description": "",
             "duration": 241, "embed": True} for n in range(4)
        ],
        "genres": ["Electronic", "Rock"],
        "styles": ["Ambient", "Downtempo"],
        "tracklist": [_track(n) for n in range(1, tracks + 1)],
        "extraartists": [{**_credit(n), "role": "Engineer"} for n in range(8)],
        "images": [_image() for _ in range(4)],
        "thumb": _PICTURE,
        "estimated_weight": 230,
    }  # fmt: skip


def collection(rows: int) -> dict[str, Any]:
    """Return a page of a collection with so many copies."""
    return {
        "pagination": {
            "page": 1,
            "pages": 9,
            "per_page": rows,
            "items": 9 * rows,
            "urls": {"next": f"{_API}/users/crate_keeper/collection/folders/0/releases?page=2"},
        },
        "releases": [_copy(n) for n in range(1, rows + 1)],
    }


def search(rows: int) -> dict[str, Any]:
    """Return a page of a search with so many releases."""
    pagination = collection(rows)["pagination"]
    return {"pagination": pagination, "results": [_result(n) for n in range(rows)]}


def _result(number: int) -> dict[str, Any]:
    return {
        "country": "UK",
        "year": f"{1970 + number % 50}",
        "format": ["Vinyl", "LP", "Album", "Reissue"],
        "label": [f"Harbour {number + n}" for n in range(3)],
        "type": "release",
        "genre": ["Electronic"],
        "style": ["Ambient", "Downtempo"],
        "id": 4000 + number,
        "barcode": [f"50273710{number:05}", f"PL-{number} A1", f"PL-{number} B1"],
        "user_data": {"in_wantlist": False, "in_collection": False},
        "master_id": 3000 + number,
        "master_url": f"{_API}/masters/{3000 + number}",
        "uri": f"/release/{4000 + number}-Paper-Lantern",
        "catno": f"HRB {number:03}",
        "title": f"Paper Lantern - {_title(number)}",
        "thumb": _PICTURE,
        "cover_image": _PICTURE,
        "resource_url": f"{_API}/releases/{4000 + number}",
        "community": {"want": 87, "have": 231},
        "format_quantity": 1,
        "formats": [_format()],
    }


def _copy(number: int) -> dict[str, Any]:
    return {
        "id": 4000 + number,
        "instance_id": 900_000 + number,
        "date_added": "2017-04-18T10:30:23-07:00",
        "rating": number % 6,
        "folder_id": 1,
        "notes": [{"field_id": 1, "value": "Near Mint (NM or M-)"}],
        "basic_information": {
            "id": 4000 + number,
            "master_id": 3000 + number,
            "master_url": f"{_API}/masters/{3000 + number}",
            "resource_url": f"{_API}/releases/{4000 + number}",
            "thumb": _PICTURE,
            "cover_image": _PICTURE,
            "title": _title(number),
            "year": 1970 + number % 50,
            "formats": [_format()],
            "labels": [_label(number)],
            "artists": [_credit(number)],
            "genres": ["Electronic"],
            "styles": ["Ambient", "Downtempo"],
        },
    }


def _track(number: int) -> dict[str, Any]:
    return {
        "position": f"{number}",
        "type_": "track",
        "title": _title(number),
        "duration": "4:48",
        "extraartists": [{**_credit(number), "role": "Written-By"}],
    }


def _credit(number: int) -> dict[str, Any]:
    return {
        "name": f"Paper Lantern {number}",
        "anv": "",
        "join": "",
        "role": "",
        "tracks": "",
        "id": 1000 + number,
        "resource_url": f"{_API}/artists/{1000 + number}",
        "thumbnail_url": "",
    }


def _label(number: int) -> dict[str, Any]:
    return {
        "name": f"Harbour {number}",
        "catno": f"HRB {number:03}",
        "entity_type": "1",
        "entity_type_name": "Label",
        "id": 2000 + number,
        "resource_url": f"{_API}/labels/{2000 + number}",
    }


def _format() -> dict[str, Any]:
    return {"name": "Vinyl", "qty": "2", "text": "180 g", "descriptions": ["LP", "Album"]}


def _user(number: int) -> dict[str, Any]:
    return {"username": f"keeper_{number}", "resource_url": f"{_API}/users/keeper_{number}"}


def _image() -> dict[str, Any]:
    addresses = dict.fromkeys(("uri", "resource_url", "uri150"), _PICTURE)
    return {"type": "primary", **addresses, "width": 600, "height": 600}


def _title(number: int) -> str:
    return f"{_WORDS[number % 10]} {_WORDS[number // 10 % 10]} {number}"
