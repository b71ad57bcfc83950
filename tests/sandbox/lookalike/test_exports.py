import csv
import io
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest

EXPORT = "/inventory/export"


def test_an_export_is_taken_found_and_downloaded(owner):
    started = owner(EXPORT, "POST")
    path = started.headers["location"].removeprefix("https://api.discogs.com")
    found = owner(path)
    listed = owner(EXPORT).json()
    file = owner(f"{path}/download")

    assert (started.status_code, started.content) == (200, b"")
    assert found.json() == {
        "id": 502,
        "status": "success",
        "created_ts": "2024-07-01T12:00:00",
        "finished_ts": "2024-07-01T12:00:00",
        "filename": "crate_keeper-inventory-20240701-1200.csv",
        "url": f"https://api.discogs.com{EXPORT}/502",
        "download_url": f"https://api.discogs.com{EXPORT}/502/download",
    }
    assert [each["id"] for each in listed["items"]] == [502, 501]
    assert listed["pagination"]["items"] == 2
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"].startswith("attachment")


def test_the_file_names_its_columns_and_has_a_line_for_each_listing(owner):
    path = owner(EXPORT, "POST").headers["location"].removeprefix("https://api.discogs.com")
    text = owner(f"{path}/download").text
    rows = list(csv.DictReader(io.StringIO(text)))

    assert text.splitlines()[0] == (
        "listing_id,artist,title,label,catno,format,release_id,status,price,listed,comments,"
        "media_condition,sleeve_condition,accept_offer,external_id,weight,format_quantity,"
        "location,quantity"
    )
    assert [each["listing_id"] for each in rows] == ["10001", "10002", "10003", "10004"]
    assert rows[0]["artist"] == "Guns N' Roses"
    assert rows[0] | {"price": "4.99", "accept_offer": "Y", "format": "CD, Album"} == rows[0]


def test_an_export_stays_as_it_was_taken(owner):
    owner(EXPORT, "POST")
    before = owner(f"{EXPORT}/502/download").text
    owner("/marketplace/listings/10001", "DELETE")

    assert owner(f"{EXPORT}/502/download").text == before


@pytest.mark.parametrize("path", [f"{EXPORT}/501", "/inventory/upload/601"])
@pytest.mark.parametrize(("later", "status"), [(0, 304), (86_400, 304), (-1, 200)])
def test_what_the_caller_has_seen_is_not_sent_again(owner, path, later, status):
    seen = parsedate_to_datetime(owner(path).headers["last-modified"])
    since = format_datetime(seen + timedelta(seconds=later), usegmt=True)

    answer = owner(path, headers={"if-modified-since": since})

    assert answer.status_code == status
    assert parsedate_to_datetime(answer.headers["last-modified"]) == seen
    assert (answer.content == b"") == (status == 304)


@pytest.mark.parametrize("since", ["", "yesterday", "Thu, 9999999999 Mar 2024 19:59:01 GMT"])
def test_a_caller_who_names_no_time_has_seen_nothing(owner, since):
    assert owner(f"{EXPORT}/501", headers={"if-modified-since": since}).status_code == 200


def test_a_time_without_a_zone_is_that_of_greenwich(owner):
    since = {"if-modified-since": "Thu, 21 Mar 2024 19:59:02 -0000"}

    assert owner(f"{EXPORT}/501", headers=since).status_code == 304


@pytest.mark.parametrize("path", [f"{EXPORT}/501", f"{EXPORT}/501/download", f"{EXPORT}/9"])
def test_an_export_is_there_for_its_owner_alone(friend, ask, path):
    assert friend(path).status_code == 404
    assert friend(path).json() == {"message": "The requested resource was not found."}
    assert ask(path).status_code == 401


def test_of_too_many_exports_the_oldest_that_was_taken_makes_room(owner):
    for _ in range(51):
        owner(EXPORT, "POST")

    numbers = [each["id"] for each in owner(EXPORT).json()["items"]]
    numbers += [each["id"] for each in owner(f"{EXPORT}?page=2").json()["items"]]
    assert numbers == [*range(552, 502, -1), 501]
