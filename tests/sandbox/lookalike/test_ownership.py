import pytest

PAIR = {"authorization": "Discogs key=sandbox-key, secret=sandbox-secret"}
U = "/users/{}"
HIDDEN = (
    "You are not allowed to view this resource. "
    "Please authenticate as the owner to view this content."
)
UNKNOWN = "You must authenticate to access this resource."
NOT_YOURS = "You don't have permission to access this resource."

# What belongs to the user in the path: what he alone may read, and what he alone may do.
READS = [
    f"{U}/collection/folders/1",
    f"{U}/collection/folders/1/releases",
    f"{U}/collection/fields",
    f"{U}/collection/value",
]
HIDEABLE = [
    f"{U}/collection/folders",
    f"{U}/collection/folders/0",
    f"{U}/collection/folders/0/releases",
    f"{U}/collection/releases/4044",
    f"{U}/wants",
]
OPEN = [f"{U}/lists", f"{U}/inventory", f"{U}/submissions", f"{U}/contributions", U]
WRITES = [
    ("PUT", "/releases/4001/rating/{}"),
    ("DELETE", "/releases/4001/rating/{}"),
    ("POST", U),
    ("POST", f"{U}/collection/folders"),
    ("POST", f"{U}/collection/folders/8011"),
    ("DELETE", f"{U}/collection/folders/8011"),
    ("POST", f"{U}/collection/folders/1/releases/4001"),
    ("POST", f"{U}/collection/folders/8011/releases/4044/instances/9201"),
    ("DELETE", f"{U}/collection/folders/8011/releases/4044/instances/9201"),
    ("POST", f"{U}/collection/folders/8011/releases/4044/instances/9201/fields/1"),
    ("PUT", f"{U}/wants/4001"),
    ("POST", f"{U}/wants/4006"),
    ("DELETE", f"{U}/wants/4006"),
]
# What belongs to the caller, whoever he is.
CALLERS = [
    ("GET", "/oauth/identity"),
    ("GET", "/marketplace/orders"),
    ("POST", "/marketplace/listings"),
    ("GET", "/marketplace/price_suggestions/4016"),
    ("POST", "/inventory/export"),
    ("GET", "/inventory/export"),
    ("GET", "/inventory/export/501"),
    ("GET", "/inventory/export/501/download"),
    ("POST", "/inventory/upload/add"),
    ("POST", "/inventory/upload/change"),
    ("POST", "/inventory/upload/delete"),
    ("GET", "/inventory/upload"),
    ("GET", "/inventory/upload/601"),
]
# What belongs to crate_keeper.
POSSESSIONS = [
    ("POST", "/marketplace/listings/10001"),
    ("DELETE", "/marketplace/listings/10001"),
    ("GET", "/marketplace/orders/7001-1"),
    ("POST", "/marketplace/orders/7001-1"),
    ("GET", "/marketplace/orders/7001-1/messages"),
    ("POST", "/marketplace/orders/7001-1/messages"),
]


def said(answer):
    return answer.status_code, answer.json()["message"]


@pytest.mark.parametrize("path", READS + HIDEABLE)
def test_what_is_hidden_is_refused_to_all_but_its_owner(path, quiet, owner, ask):
    path = path.format("quiet_collector")

    assert quiet(path).status_code == 200
    for answer in (owner(path), ask(path), ask(path, headers=PAIR)):
        assert said(answer) == (403, HIDDEN)


@pytest.mark.parametrize("path", HIDEABLE + OPEN)
def test_what_is_not_hidden_is_for_everybody(path, friend, ask):
    path = path.format("crate_keeper")

    assert {friend(path).status_code, ask(path).status_code} == {200}


@pytest.mark.parametrize("path", READS)
def test_some_things_are_for_the_owner_even_of_a_public_collection(path, friend):
    assert said(friend(path.format("crate_keeper"))) == (403, HIDDEN)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_only_the_owner_may_change_what_is_his(method, path, owner, ask):
    path = path.format("quiet_collector")

    assert said(owner(path, method, {})) == (403, NOT_YOURS)
    assert said(ask(path, method, body={})) == (401, UNKNOWN)
    assert said(ask(path, method, body={}, headers=PAIR)) == (401, UNKNOWN)


@pytest.mark.parametrize(("method", "path"), [("GET", each) for each in READS + HIDEABLE + OPEN])
@pytest.mark.parametrize("name", ["nobody", "crate_keepe", "crate%20keeper", "%E2%84%AArate"])
def test_an_unknown_user_has_nothing(method, path, name, owner):
    answer = owner(path.format(name), method)

    assert said(answer) == (404, "User does not exist or may have been deleted.")


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_nothing_of_an_unknown_user_can_be_changed(method, path, owner):
    answer = owner(path.format("nobody"), method, {})

    assert said(answer) == (404, "User does not exist or may have been deleted.")


@pytest.mark.parametrize(("method", "path"), CALLERS)
def test_who_is_nobody_has_nothing_of_his_own(method, path, ask):
    body = {} if method == "POST" else None

    assert said(ask(path, method, body=body)) == (401, UNKNOWN)
    assert said(ask(path, method, body=body, headers=PAIR)) == (401, UNKNOWN)


@pytest.mark.parametrize(("method", "path"), POSSESSIONS)
def test_what_somebody_owns_is_not_for_others(method, path, friend, ask):
    body = {} if method == "POST" else None

    assert said(friend(path, method, body)) == (403, NOT_YOURS)
    assert said(ask(path, method, body=body)) == (401, UNKNOWN)


@pytest.mark.parametrize(("method", "path"), [*WRITES, *CALLERS, *POSSESSIONS])
def test_a_bad_token_opens_nothing(method, path, as_user):
    answer = as_user("wrong")(path.format("crate_keeper"), method)

    assert said(answer) == (
        401,
        "Invalid consumer token. Please register an app before making requests.",
    )


@pytest.mark.parametrize("path", ["/users/CRATE_KEEPER", "/users/Crate_Keeper/collection/folders"])
def test_a_name_in_any_case_is_that_of_its_owner(path, owner):
    assert "CRATE" not in owner(path).text
    assert owner(path).json() == owner(path.lower()).json()
