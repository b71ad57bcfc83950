import pytest

COLLECTION = "/users/crate_keeper/collection"
COPY = f"{COLLECTION}/folders/1/releases/4019/instances/9003"


def notes(owner):
    return owner(f"{COLLECTION}/releases/4019").json()["releases"][0].get("notes")


def test_fields_offer_options_or_lines(owner):
    fields = owner(f"{COLLECTION}/fields").json()["fields"]

    kinds = [(each["id"], each["name"], each["type"], each["position"]) for each in fields]
    assert kinds == [
        (1, "Media Condition", "dropdown", 1),
        (2, "Sleeve Condition", "dropdown", 2),
        (3, "Notes", "textarea", 3),
    ]
    assert len(fields[0]["options"]) == 8
    assert (fields[2]["lines"], fields[2]["public"], "options" in fields[2]) == (3, True, False)


def test_a_field_is_set_changed_and_emptied(owner):
    answers = [
        owner(f"{COPY}/fields/2", "POST", {"value": "Generic"}),
        owner(f"{COPY}/fields/1", "POST", {"value": "Mint (M)"}),
    ]
    both = notes(owner)
    answers.append(owner(f"{COPY}/fields/2", "POST", {"value": ""}))

    assert {(each.status_code, each.content) for each in answers} == {(204, b"")}
    mint = {"field_id": 1, "value": "Mint (M)"}
    assert both == [mint, {"field_id": 2, "value": "Generic"}]
    assert notes(owner) == [mint]


def test_a_field_is_set_through_all_too(owner):
    path = f"{COLLECTION}/folders/0/releases/4019/instances/9003/fields/3"

    assert owner(path, "POST", {"value": "x"}).status_code == 204
    assert notes(owner)[-1] == {"field_id": 3, "value": "x"}


@pytest.mark.parametrize(
    ("path", "body", "place"),
    [
        (f"{COPY}/fields/1", {"value": "Shiny"}, "value"),
        (f"{COPY}/fields/1", {"value": 1}, "value"),
        (f"{COPY}/fields/1", {}, "value"),
        (f"{COPY}/fields/4", {"value": "x"}, "field_id"),
        (
            f"{COLLECTION}/folders/9/releases/4019/instances/9003/fields/1",
            {"value": "Mint (M)"},
            "folder_id",
        ),
    ],
)
def test_what_does_not_fit_is_named_in_the_detail(owner, path, body, place):
    answer = owner(path, "POST", body)

    assert answer.status_code == 422
    assert answer.json()["message"] == 'See "detail" for validation errors.'
    assert [each["loc"] for each in answer.json()["detail"]] == [[place]]
    assert answer.json()["detail"][0].keys() == {"loc", "msg", "type"}
    assert notes(owner) == [{"field_id": 1, "value": "Near Mint (NM or M-)"}]


def test_a_copy_that_is_not_there_has_no_fields(owner):
    answer = owner(COPY.replace("9003", "9999") + "/fields/1", "POST", {"value": "Mint (M)"})

    assert answer.status_code == 404
    assert answer.json() == {"message": "Release not found in user's collection."}
