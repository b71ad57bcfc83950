"""A client written for Discogs, pointed at the proxy, does not notice the difference."""

import json
from urllib.parse import urlsplit

import discogs_client
import pytest
from discogs_client.exceptions import HTTPError
from discogs_client.fetchers import Fetcher

from tests.shipped_app import ADDRESS, KEY

OWNER = "crate_keeper"


class KeyedFetcher(Fetcher):
    """A transport as the client lets itself be given one; this one has the client key."""

    def __init__(self, served):
        self._served = served
        self.asked = []

    def fetch(self, _client, method, url, data=None, headers=None, **_):
        """Ask as the client would have, and keep the address."""
        self.asked.append(url)
        content = json.dumps(data).encode() if data else b""
        target = url.removeprefix(ADDRESS)
        response = self._served.request(method, target, {**headers, "x-api-key": KEY}, content)
        return response.content, response.status_code


class Client(discogs_client.Client):
    """The stock client, told another address than its own."""

    _base_url = f"{ADDRESS}/api"

    def __init__(self, served):
        super().__init__("StockClient/1.0")
        self._fetcher = self.fetcher = KeyedFetcher(served)

    def body(self, url):
        """Return what stands at an address."""
        return self._get(url)

    def write(self, url, changes):
        """Change what stands at an address, without the client's own reading it again."""
        return self._post(url, changes)


@pytest.fixture
def discogs(served):
    """Return the client; whatever it asks has to be the proxy's."""
    served.discogs.requests.clear()
    client = Client(served)
    yield client
    strangers = [url for url in client.fetcher.asked if not url.startswith(f"{ADDRESS}/api/")]
    assert client.fetcher.asked
    assert strangers == []
    served.reset()


def upstream(served):
    """Return what the Discogs behind the proxy was asked, as method and path."""
    return [(request.method, urlsplit(request.path).path) for request in served.discogs.requests]


def test_from_a_search_over_a_release_to_its_artist_and_the_artist_s_pages(discogs, served):
    found = discogs.search("ok computer", type="release")
    release = found.page(1)[0]
    artist = release.artists[0]
    releases = artist.releases
    releases.per_page = 2
    rows = list(releases)

    assert release.tracklist[0].title
    assert artist.profile
    assert releases.pages > 1
    assert len(rows) == releases.count
    assert ("GET", f"/artists/{artist.id}/releases") in upstream(served)


def test_next_links_lead_from_page_to_page_to_the_last(discogs):
    url, pages = f"{ADDRESS}/api/database/search?q=blue&per_page=2", []

    while url:
        body = discogs.body(url)
        pages.append(body["pagination"]["page"])
        url = body["pagination"]["urls"].get("next")

    assert pages == list(range(1, body["pagination"]["pages"] + 1))
    assert len(pages) > 1


def test_master_label_and_their_lists_are_read(discogs):
    master = discogs.master(3001)
    label = discogs.label(2001)

    assert master.main_release.title
    assert {version.id for version in master.versions} >= {master.main_release.id}
    assert label.name
    assert len(list(label.releases)) == label.releases.count


def test_a_collection_is_read_added_to_moved_in_and_removed_from(discogs):
    me = discogs.identity()
    everything, uncategorized = me.collection_folders[:2]
    before = {item.instance_id for item in everything.releases}

    uncategorized.add_release(4001)
    (added,) = {item.instance_id for item in everything.releases} - before
    item = next(i for i in me.collection_items(4001) if i.instance_id == added)
    jazz = next(folder for folder in me.collection_folders if folder.name == "Jazz")
    uncategorized.move_release(item, jazz.id)
    moved = [i.instance_id for i in jazz.releases]
    jazz.remove_release(item)

    assert me.username == OWNER
    assert (everything.id, uncategorized.id) == (0, 1)
    assert added in moved
    assert {i.instance_id for i in me.collection_folders[0].releases} == before
    assert me.collection_value.median


def test_a_want_is_added_with_a_note_edited_and_removed(discogs):
    me = discogs.identity()
    wants = me.wantlist
    wanted = {item.id for item in wants}
    new = next(i for i in range(4001, 4100) if i not in wanted)

    wants.add(new, notes="the first pressing", rating=4)
    (item,) = [item for item in wants if item.id == new]
    discogs.write(item.data["resource_url"], {"notes": "any pressing"})
    edited = [item.notes for item in me.wantlist if item.id == new]
    wants.remove(new)

    assert item.release.title
    assert edited == ["any pressing"]
    assert {item.id for item in me.wantlist} == wanted


def test_what_is_new_on_a_wantlist_is_read_first(discogs):
    wants = discogs.identity().wantlist.sort("added", "desc")

    added = [item.data["date_added"] for item in wants]

    assert len(added) > 1
    assert added == sorted(added, reverse=True)


def test_an_inventory_and_orders_are_filtered_as_python_writes_the_filters(discogs):
    me = discogs.identity()

    for_sale = me.inventory.filter(status="for sale")
    orders = me.orders.filter(archived=False, created_after="2024-02-01")

    assert {listing.status for listing in for_sale} == {"For Sale"}
    assert [order.id for order in orders] == ["7001-2"]


def test_the_marketplace_is_read_and_sold_on(discogs):
    me = discogs.identity()
    before = {listing.id for listing in me.inventory}

    me.inventory.add_listing(4001, "Mint (M)", 12.5, "For Sale", comments="Played once.")
    (new,) = {listing.id for listing in me.inventory} - before
    listing = discogs.listing(new)
    price, comments = listing.price.value, listing.comments
    listing.delete()

    assert (price, comments) == (12.5, "Played once.")
    assert {listing.id for listing in me.inventory} == before
    assert discogs.fee_for(12.34, "EUR").currency
    assert discogs.release(4001).marketplace_stats.num_for_sale is not None
    assert discogs.release(4001).price_suggestions.mint.value > 0


def test_orders_and_their_messages_are_read_and_answered(discogs):
    order = discogs.identity().orders[0]
    before = len(order.messages)

    order.messages.add("It is on its way.", email_buyer=False)

    assert order.buyer.username
    assert len(order.messages) == before + 1


def test_profile_and_lists_are_read_and_the_profile_is_written(discogs):
    me = discogs.user(OWNER)
    me.location = "Utrecht"
    me.save()
    first = discogs.identity().lists[0]

    assert discogs.user(OWNER).location == "Utrecht"
    assert first.items[0].display_title
    assert discogs.list(first.id).name == first.name


def test_what_discogs_refuses_is_refused_in_its_words(discogs):
    with pytest.raises(HTTPError, match=r"404: That release does not exist"):
        discogs.release(999_999_999).refresh()
    with pytest.raises(HTTPError, match=r"403: "):
        list(discogs.user("quiet_collector").wantlist)
