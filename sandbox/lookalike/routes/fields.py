"""Answer for what users say of their copies in fields of their own."""

from dataclasses import replace

from sandbox.lookalike.answers import Answer, RefusalError, detailed, json_answer, no_content
from sandbox.lookalike.call import Call
from sandbox.lookalike.memory.holdings import Field, Note
from sandbox.lookalike.ownership import named_user, owner, shown
from sandbox.lookalike.payload import Payload
from sandbox.lookalike.routes.collection import copy_in
from sandbox.lookalike.routes.folders import own_folder
from sandbox.lookalike.view import Json

NO_SUCH_COPY = "Release not found in user's collection."


def fields(call: Call) -> Answer:
    """Return the fields of the caller's own collection."""
    shown(call, named_user(call), is_public=False)
    rows = [_body(each, place) for place, each in enumerate(call.memory.fields, 1)]
    return json_answer({"fields": rows})


def edit(call: Call) -> Answer:
    """Set what a field says of a copy; an empty text takes it away."""
    user = owner(call)
    try:
        folder = own_folder(call, user)
    except RefusalError:
        raise detailed("folder_id", "folder does not exist") from None
    instance = copy_in(folder, call, NO_SUCH_COPY)
    field = next((f for f in call.memory.fields if f.id == call.number("field_id")), None)
    if field is None:
        raise detailed("field_id", "field does not exist")
    value = _value(call.payload(), field)
    others = tuple(each for each in instance.notes if each.field_id != field.id)
    notes = sorted((*others, *([Note(field.id, value)] if value else [])), key=_number)
    call.memory.instances.put(replace(instance, notes=tuple(notes)))
    return no_content()


def _value(payload: Payload, field: Field) -> str:
    try:
        value = payload.text("value")
    except RefusalError:
        raise detailed("value", "str type expected", "type_error.str") from None
    if value is None:
        raise detailed("value", "field required", "value_error.missing")
    if value and field.options and value not in field.options:
        raise detailed("value", "value is not among the options of the field")
    return value


def _number(note: Note) -> int:
    return note.field_id


def _body(field: Field, place: int) -> Json:
    body: Json = {
        "id": field.id,
        "name": field.name,
        "type": field.type,
        "position": place,
        "public": field.is_public,
    }
    return body | ({"options": list(field.options)} if field.options else {"lines": field.lines})
