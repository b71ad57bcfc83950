"""Find what does not fit together in the seeds, or between them and the catalogue."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sandbox.lookalike.catalogue import Catalogue
from sandbox.lookalike.memory.holdings import Instance
from sandbox.lookalike.memory.seeds import Seeds
from sandbox.lookalike.memory.trade import CONDITIONS, LISTING_STATUSES, SLEEVE_CONDITIONS
from sandbox.lookalike.tables import CatalogueError


def check_seeds(seeds: Seeds, catalogue: Catalogue) -> None:
    """Raise an error that names every seed pointing at nothing or contradicting itself."""
    checks = (
        *(_doubles, _owner_faults, _release_faults, _submission_faults, _time_faults),
        *(_instance_faults, _listing_faults, _order_faults, _list_faults),
    )
    if faults := [fault for each in checks for fault in each(seeds, catalogue)]:
        raise CatalogueError(faults)


def _doubles(seeds: Seeds, _: Catalogue) -> Iterator[str]:
    for kind, things in vars(seeds).items():
        ids = Counter(
            each.id if hasattr(each, "id") else (each.owner, each.release_id) for each in things
        )
        yield from (f"{kind}: {each} is there twice" for each, count in ids.items() if count > 1)


def _owner_faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[str]:
    known = {each.username for each in seeds.users}
    named = {each.owner for kind in vars(seeds).values() for each in kind if hasattr(each, "owner")}
    named |= {each.buyer for each in seeds.orders}
    for release in catalogue.releases.values():
        named |= {release.submitter, *release.contributors}
    yield from (f"there is no user {each}" for each in sorted(named - known))


def _release_faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[str]:
    kinds = (seeds.instances, seeds.wants, seeds.ratings, seeds.listings)
    items = (item for order in seeds.orders for item in order.items)
    for thing in (*(each for kind in kinds for each in kind), *items):
        if thing.release_id not in catalogue.releases:
            yield f"{type(thing).__name__.lower()}: there is no release {thing.release_id}"


def _submission_faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[str]:
    for user in seeds.users:
        for kind, ids in (("artist", user.artists), ("label", user.labels)):
            for entry_id in ids:
                if catalogue.entry(kind, entry_id) is None:
                    yield f"user {user.id}: there is no {kind} {entry_id}"


def _time_faults(seeds: Seeds, _: Catalogue) -> Iterator[str]:
    keys = ("registered", "added", "changed", "posted", "created", "finished", "last_activity")
    for kind, things in vars(seeds).items():
        for thing in things:
            for key in keys:
                text = getattr(thing, key, None)
                if text is not None and not _is_stamp(text):
                    yield f"{kind}: {text!r} is no time with an offset"


def _is_stamp(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _instance_faults(seeds: Seeds, _: Catalogue) -> Iterator[str]:
    folders = {(each.owner, each.id) for each in seeds.folders}
    for instance in seeds.instances:
        if instance.folder_id != 1 and (instance.owner, instance.folder_id) not in folders:
            yield f"instance {instance.id}: its owner has no folder {instance.folder_id}"
        yield from _note_faults(instance, seeds)


def _note_faults(instance: Instance, seeds: Seeds) -> Iterator[str]:
    fields = {each.id: each for each in seeds.fields}
    for note in instance.notes:
        field = fields.get(note.field_id)
        if field is None or (field.options and note.value not in field.options):
            yield f"instance {instance.id}: field {note.field_id} cannot be {note.value!r}"


def _listing_faults(seeds: Seeds, _: Catalogue) -> Iterator[str]:
    shops = {each.username for each in seeds.users if each.shop}
    for listing in seeds.listings:
        faults = [*_grading_faults(listing.condition, listing.sleeve_condition)]
        if listing.status not in LISTING_STATUSES[1:]:
            faults.append(f"no status {listing.status!r}")
        if listing.owner not in shops:
            faults.append("its owner does not sell")
        yield from (f"listing {listing.id}: {each}" for each in faults)


def _grading_faults(condition: str, sleeve_condition: str) -> Iterator[str]:
    if condition not in CONDITIONS:
        yield f"no condition {condition!r}"
    if sleeve_condition not in SLEEVE_CONDITIONS:
        yield f"no sleeve condition {sleeve_condition!r}"


def _order_faults(seeds: Seeds, _: Catalogue) -> Iterator[str]:
    numbers = {each.username: each.id for each in seeds.users}
    for order in seeds.orders:
        if not order.id.startswith(f"{numbers.get(order.owner)}-"):
            yield f"order {order.id}: its number does not begin with that of its seller"
        for item in order.items:
            for fault in _grading_faults(item.media_condition, item.sleeve_condition):
                yield f"order {order.id}: {fault}"


def _list_faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[str]:
    for each in seeds.lists:
        for item in each.items:
            if catalogue.entry(item.type, item.id) is None:
                yield f"list {each.id}: there is no {item.type} {item.id}"
