import pytest

from sandbox.lookalike.loading import load
from sandbox.lookalike.memory.seeds import BUNDLED, load_seeds, parse_seeds
from sandbox.lookalike.memory.soundness import check_seeds
from sandbox.lookalike.tables import CatalogueError

TEXT = BUNDLED.read_text(encoding="utf-8")
CATALOGUE = load()


def test_the_bundled_seeds_are_sound():
    check_seeds(load_seeds(), CATALOGUE)


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('username = "side_b"', 'username = "side_c"', "there is no user side_b"),
        ('buyer = "vinyl_friend"', 'buyer = "me"', "there is no user me"),
        ("id = 7005", "id = 7004", "users: 7004 is there twice"),
        ("release_id = 4046", "release_id = 1", "instance: there is no release 1"),
        ("release_id = 4006", "release_id = 1", "want: there is no release 1"),
        ("release_id = 4034", "release_id = 1", "listing: there is no release 1"),
        ("folder_id = 8011", "folder_id = 8001", "instance 9201: its owner has no folder 8001"),
        ('[[3, "The spare one."]]', '[[4, ""]]', "instance 9004: field 4 cannot be ''"),
        ('[[1, "Near Mint', '[[1, "Nearly Mint', "instance 9003: field 1 cannot be 'Nearly"),
        ('added = "2021-03-01T19:20:00-08:00"', 'added = "2021-03-01"', "no time with an offset"),
        ('added = "2021-03-01T19:20:00-08:00"', 'added = "now"', "'now' is no time"),
        ('status = "Draft"', 'status = "All"', "listing 10002: no status 'All'"),
        ('\ncondition = "Very', '\ncondition = "Vary', "listing 10002: no condition 'Vary"),
        ('sleeve_condition = "Generic"', 'sleeve_condition = "-"', "no sleeve condition '-'"),
        ("[users.shop]\nships_from", "[other]\nships_from", "unknown key 'other'"),
        ('id = "7001-2"', 'id = "7002-2"', "order 7002-2: its number does not begin with that"),
        ('["artist", 1002, "All of it."]', '["artist", 1]', "list 2501: there is no artist 1"),
        ('["artist", 1002, "All of it."]', '["user", 1]', "list 2501: there is no user 1"),
        ("artists = [1012, ", "artists = [1, ", "user 7001: there is no artist 1"),
        ("labels = [2016, ", "labels = [1, ", "user 7001: there is no label 1"),
        ("rank = 214.0", 'rank = "high"', "seeds, users 1, rank: 'high' has the wrong type"),
    ],
)
def test_a_seed_that_does_not_fit_is_named(right, wrong, fault):
    assert right in TEXT
    with pytest.raises(CatalogueError, match=fault):
        check_seeds(parse_seeds(TEXT.replace(right, wrong, 1)), CATALOGUE)


def test_who_sells_needs_a_shop():
    text = TEXT[: TEXT.index("[users.shop]")] + TEXT[TEXT.index("[[users]]\nid = 7002") :]

    with pytest.raises(CatalogueError, match="listing 10001: its owner does not sell"):
        check_seeds(parse_seeds(text), CATALOGUE)
