import pytest

UPLOAD = "/inventory/upload"
INVENTORY = "/users/crate_keeper/inventory"


@pytest.fixture
def uploaded(owner):
    """Upload a file; return what became of it."""

    def upload(kind, content):
        started = owner(f"{UPLOAD}/{kind}", "POST", files={"upload": ("my.csv", content)})
        assert (started.status_code, started.content) == (200, b"")
        return owner(started.headers["location"].removeprefix("https://api.discogs.com")).json()

    return upload


@pytest.fixture
def listed(owner):
    def find(**wanted):
        rows = owner(INVENTORY).json()["listings"]
        return [each for each in rows if all(each[k] == v for k, v in wanted.items())]

    return find


def test_a_file_adds_listings(uploaded, listed):
    answer = uploaded(
        "add",
        b"release_id,price,media_condition,comments,accept_offer,weight\r\n"
        b'4001,3.50,Mint (M),"a, b",Y,90\r\n'
        b"4003,4,Good (G),,N,\r\n",
    )
    first, second = listed(posted="2024-07-01T12:00:00-07:00")

    assert answer == {
        "id": 602,
        "status": "success",
        "type": "add",
        "results": "CSV file contains 2 records.<p>Processed 2 records.",
        "created_ts": "2024-07-01T12:00:00",
        "finished_ts": "2024-07-01T12:00:00",
        "filename": "my.csv",
    }
    assert (first["price"]["value"], first["comments"]) == (3.5, "a, b")
    assert (first["allow_offers"], first["weight"]) == (True, 90.0)
    assert (second["condition"], second["allow_offers"]) == ("Good (G)", False)


def test_a_file_changes_the_listings_of_a_release(uploaded, listed):
    answer = uploaded("change", b"release_id,price,media_condition\n4013,8.25,Fair (F)\n")

    (changed,) = listed(id=10001)
    assert answer["status"] == "success"
    assert (changed["price"]["value"], changed["condition"]) == (8.25, "Fair (F)")
    assert changed["comments"] == "Played twice."


def test_a_file_deletes_listings(uploaded, listed):
    answer = uploaded("delete", b"\xef\xbb\xbflisting_id\n10001\n10003\n")

    assert (answer["type"], answer["status"]) == ("delete", "success")
    assert [each["id"] for each in listed()] == [10002, 10004]


@pytest.mark.parametrize(
    ("kind", "content", "report"),
    [
        ("add", b"", "ERROR: Uploaded file no longer exists."),
        ("add", b"release_id,price\n4001,1\n", "Line 1: Invalid condition: expected one of"),
        ("add", b"release_id,price\n\n9,1\n", "Line 1: Invalid release_id: release not found."),
        ("add", b'release_id\n"4001\n', "ERROR: unexpected end of data"),
        ("add", b"\xff\xfe\x00\n\x00\n", "Line 1: Invalid release_id: expected int."),
        ("change", b"release_id,price\n4039,1\n", "no listing of release 4039 can be changed"),
        ("delete", b"listing_id\n10101\n", "there is no listing 10101"),
        ("delete", b"listing_id\nx\n", "Line 1: Invalid listing_id: expected int."),
        ("delete", b"other\n1\n", "there is no listing None"),
    ],
)
def test_what_is_wrong_with_a_file_is_reported(uploaded, listed, kind, content, report):
    answer = uploaded(kind, content)

    assert answer["status"] == "failed"
    assert report in answer["results"]
    assert [each["id"] for each in listed()] == [10001, 10002, 10003, 10004]


def test_sound_lines_count_beside_faulty_ones_and_a_report_stays_short(uploaded, listed):
    answer = uploaded("delete", b"listing_id\n10001\n" + b"1\n" * 100)

    assert "Processed 1 records." in answer["results"]
    assert answer["results"].count("Line ") == 20
    assert not listed(id=10001)


def test_a_file_of_a_hundred_kilobytes_is_taken_whole(uploaded, listed):
    line = b"4001,1,Mint (M)," + b"x" * 984 + b"\n"
    answer = uploaded("add", b"release_id,price,media_condition,comments\n" + line * 100)

    assert "Processed 100 records." in answer["results"]
    assert len(listed()[4:]) == 46


@pytest.mark.parametrize("kind", ["add", "change", "delete"])
def test_a_body_that_is_no_form_is_refused(owner, kind):
    answers = [
        owner(f"{UPLOAD}/{kind}", "POST", {}),
        owner(f"{UPLOAD}/{kind}", "POST"),
        owner(f"{UPLOAD}/{kind}", "POST", content=b"a", headers={"content-type": "text/csv"}),
    ]

    assert {each.status_code for each in answers} == {415}


def test_a_form_without_the_file_is_refused(owner):
    other = owner(f"{UPLOAD}/add", "POST", files={"file": ("a.csv", b"x")})
    form = {"content-type": "multipart/form-data"}
    unbounded = owner(f"{UPLOAD}/add", "POST", content=b"x", headers=form)

    assert (other.status_code, unbounded.status_code) == (422, 422)
    assert other.json() == {"message": "Invalid upload: expected a file."}


def test_uploads_are_listed_the_newest_first(owner, uploaded):
    uploaded("delete", b"listing_id\n10001\n")

    assert [each["id"] for each in owner(UPLOAD).json()["items"]] == [602, 601]


def test_an_upload_is_there_for_its_owner_alone(friend, ask):
    assert friend(f"{UPLOAD}/601").status_code == 404
    assert friend(UPLOAD).json()["items"] == []
    assert ask(f"{UPLOAD}/601").status_code == 401


def test_who_has_no_seller_settings_cannot_upload(quiet):
    answer = quiet(f"{UPLOAD}/add", "POST", files={"upload": ("a.csv", b"x")})

    assert answer.status_code == 403
