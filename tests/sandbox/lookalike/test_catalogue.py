import pytest

from sandbox.lookalike.loading import parse
from sandbox.lookalike.tables import CatalogueError

SOUND = """
artists = [{ id = 1, name = "A" }]
labels = [{ id = 2, name = "L" }]
[[masters]]
id = 3
main = 4
year = 1999
title = "T"
artists = [[1]]
genres = ["Rock"]
[[releases]]
id = 4
master = 3
labels = [[2, "L1"]]
formats = [["Vinyl", 2, ["LP"]]]
positions = "A B1..2"
tracks = [
  { title = "Part", kind = "heading" },
  ["One", "1:00"],
  { title = "Suite", kind = "index", sub_tracks = [["a"], ["b"]] },
]
"""


def test_a_release_takes_from_its_master_what_it_does_not_say():
    release = parse(SOUND).releases[4]

    assert release.title == "T"
    assert release.artists[0].id == 1
    assert [each.position for each in release.all_tracks] == ["", "A", "", "B1", "B2"]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("artists = [[1]]", "artists = [[7]]", "release 4: there is no artist 7"),
        ("[[2, ", "[[8, ", "release 4: there is no label 8"),
        ("main = 4", "main = 5", "master 3: its main release 5 is none of its releases"),
        (
            "master = 3",
            'master = 9\ntitle = ""\nartists = [[1]]\ngenres = []',
            "there is no master 9",
        ),
        ("B1..2", "B1", "release 4: 2 positions for 3 tracks"),
        ('name = "A"', 'name = "A", members = [6]', "artist 1: there is no artist 6"),
        ('name = "L"', 'name = "L", parent = 6', "label 2: there is no label 6"),
        ('name = "A"', 'name = "A", profile = "[r6]"', "artist 1: its text points at 6"),
        ("positions =", "for_sale = 1\npositions =", "release 4: a lowest price and copies"),
        ("positions =", 'credits = [{ role = "Producer" }]\npositions =', "credit needs a name"),
        ("positions =", 'series = [{ id = 2, role = "Cook" }]\npositions =', "no role 'Cook'"),
        ("positions =", "wheels = 4\npositions =", "release 4: unknown key 'wheels'"),
        ('title = "T"', "", "release 4: .*title"),
        ("main = 4", 'main = "4"', "master 3, main: '4' has the wrong type"),
        ("[{ id = 2,", '[{ id = 2, name = "X" }, { id = 2,', "label 2: the id is taken twice"),
    ],
)
def test_an_entry_that_does_not_fit_is_named(right, wrong, fault):
    with pytest.raises(CatalogueError, match=fault):
        parse(SOUND.replace(right, wrong, 1))
