"""Is the body of a callback request the one our own page would send? Dash itself checks only the number of inputs.

The rule: known keys, the ids and properties the callback was registered with, plain bounded JSON. Values stay
untrusted: they may be any text, number or list, and never say who is asking or what may be seen.
"""

import json
import math
from urllib.parse import parse_qsl

from dash._utils import clean_property_name

MAX_DEPTH = 32
MAX_LIST_LENGTH = 1_000
MAX_ID_LENGTH = 200
MAX_PATH_LENGTH = 1_000
MAX_SEARCH_LENGTH = 8_190  # as gunicorn.conf.py limits the line of a request: a scenario lives in the address
MAX_WHOLE_NUMBER = 2**53  # beyond it a browser cannot count, and JSON encoders give up
KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
WILDCARDS = (["MATCH"], ["ALL"], ["ALLSMALLER"])
# The one server callback that Dash's pages register themselves.
PAGES_CALLBACK = ".._pages_content.children..._pages_store.data.."


class BadBody(Exception):
    """The body is not one our page sends; the message says what is wrong, without repeating values."""


def check_json(body: object) -> dict:
    """The body as a dict of plain, bounded JSON. Raises BadBody."""
    if not isinstance(body, dict):
        raise BadBody("the body is not a JSON object")
    waiting = [(body, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, (dict, list)):
            if depth > MAX_DEPTH:
                raise BadBody(f"nested deeper than {MAX_DEPTH}")
            if len(value) > MAX_LIST_LENGTH:
                raise BadBody(f"a list is longer than {MAX_LIST_LENGTH}")
            children = [*value, *value.values()] if isinstance(value, dict) else value
            waiting.extend((child, depth + 1) for child in children)
        else:
            _check_scalar(value)
    return body


def check_body(body: dict, registered: dict) -> None:
    """Compare a body with its entry of `app.callback_map`. Raises BadBody at the first difference."""
    if unknown := body.keys() - KEYS:
        raise BadBody(f"{len(unknown)} unknown keys")
    _check_outputs(body.get("outputs"), registered)
    inputs = _check_dependencies(body.get("inputs"), registered["inputs"], "inputs")
    _check_dependencies(body.get("state"), registered["state"], "state")
    _check_changed(body.get("changedPropIds", []), inputs)
    if not _is_list_of_text(body.get("parsedChangedPropsIds", [])):
        raise BadBody("parsedChangedPropsIds is not a list of texts")
    if body["output"] == PAGES_CALLBACK:
        _check_address(*(item.get("value") for item in body["inputs"][:2]))


def _check_scalar(value: object) -> None:
    if isinstance(value, str) and ("\x00" in value or not _encodable(value)):
        raise BadBody("a text that is no Unicode text")
    if isinstance(value, float) and not math.isfinite(value):
        raise BadBody("a number that is not finite")
    if isinstance(value, int) and abs(value) > MAX_WHOLE_NUMBER:
        raise BadBody("a whole number beyond 2**53")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def _check_outputs(outputs: object, registered: dict) -> None:
    if registered["no_output"]:
        if outputs:
            raise BadBody("outputs of a callback that has none")
        return
    expected = registered["output"]
    single = not isinstance(expected, (list, tuple))
    given, wanted = ([outputs], [expected]) if single else (outputs, expected)
    if not isinstance(given, list) or len(given) != len(wanted):
        raise BadBody("another number of outputs")
    for item, output in zip(given, wanted, strict=True):
        _check_item(item, output.component_id_str(), output.component_property, "outputs")


def _check_dependencies(given: object, wanted: list[dict], part: str) -> set[str]:
    """Check one of inputs or state; returns the "id.property" names in it."""
    given = [] if given is None else given
    if not isinstance(given, list) or len(given) != len(wanted):
        raise BadBody(f"another number of {part}")
    names = set()
    for item, dependency in zip(given, wanted, strict=True):
        names |= _check_item(item, dependency["id"], dependency["property"], part)
    return names


def _check_item(item: object, wanted_id: str, wanted_property: str, part: str) -> set[str]:
    """Check `{"id", "property", "value"}`, or the list of them where the id is a pattern over many components."""
    pattern = json.loads(wanted_id) if wanted_id.startswith("{") else None
    many = pattern is not None and any(value in (["ALL"], ["ALLSMALLER"]) for value in pattern.values())
    if many != isinstance(item, list):
        raise BadBody(f"{part} of another shape")
    names = set()
    for one in item if many else [item]:
        if not isinstance(one, dict) or one.keys() - {"id", "property", "value"}:
            raise BadBody(f"{part} of another shape")
        given_property = one.get("property")
        if not isinstance(given_property, str):
            raise BadBody(f"{part} without a property")
        if clean_property_name(given_property) != clean_property_name(wanted_property):
            raise BadBody(f"another property in {part}")
        _check_id(one.get("id"), wanted_id, pattern, part)
        names.add(f"{_id_text(one['id'])}.{given_property}")
    return names


def _id_text(component_id: str | dict) -> str:
    """An id as the browser writes it into a property name."""
    if isinstance(component_id, str):
        return component_id
    return json.dumps(component_id, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _check_id(given: object, wanted_id: str, pattern: dict | None, part: str) -> None:
    if pattern is None:
        if given != wanted_id:
            raise BadBody(f"another id in {part}")
        return
    if not isinstance(given, dict) or given.keys() != pattern.keys():
        raise BadBody(f"another id in {part}")
    for key, wanted in pattern.items():
        fits = _is_id_value(given[key]) if wanted in WILDCARDS else given[key] == wanted
        if not fits:
            raise BadBody(f"another id in {part}")


def _is_id_value(value: object) -> bool:
    return isinstance(value, (str, int)) and len(str(value)) <= MAX_ID_LENGTH


def _check_changed(changed: object, inputs: set[str]) -> None:
    if not (_is_list_of_text(changed) and set(changed) <= inputs):  # null is none: Dash would fail on it
        raise BadBody("changedPropIds names something that is no input")


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _check_address(path: object, search: object) -> None:
    """The address that Dash's pages turn into a layout and its arguments."""
    if not isinstance(path, str) or not path.startswith("/") or len(path) > MAX_PATH_LENGTH or not path.isprintable():
        raise BadBody("a path that no address has")
    if search in (None, ""):
        return
    if not isinstance(search, str) or not search.startswith("?") or len(search) > MAX_SEARCH_LENGTH:
        raise BadBody("a query that no address has")
    for name, value in parse_qsl(search[1:], keep_blank_values=True):
        if "\x00" in name + value:
            raise BadBody("a text that is no Unicode text")
