"""How a recording looks on disk, and when a request is the one that was recorded."""

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import yaml

KEPT_HEADERS = {"content-type"}
KEPT_QUERY = {"api-version"}
VOLATILE = {"id", "created", "created_at", "completed_at", "system_fingerprint", "timings"}
"""What a completion or a response holds that is another each time, and that nothing reads."""

_DIFF_LINES = 60


def keep_safe_request(request: Any) -> Any:
    """Return the request without what may be secret: all but a few headers and parameters."""
    request.headers = _kept(request.headers)
    parts = urlsplit(request.uri)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name in KEPT_QUERY]
    host = parts.netloc.rpartition("@")[2]
    request.uri = parts._replace(query=urlencode(query), netloc=host).geturl()
    return request


def keep_safe_response(response: dict[str, Any]) -> dict[str, Any]:
    """Return the response with a few headers, and without what changes from call to call."""
    body = response["body"]
    completion = _json(body["string"])
    if isinstance(completion, dict) and VOLATILE & completion.keys():
        lasting = {name: value for name, value in completion.items() if name not in VOLATILE}
        body = {"string": json.dumps(lasting, ensure_ascii=False).encode()}
    return response | {"headers": _kept(response["headers"]), "body": body}


def _kept(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in headers.items() if name.lower() in KEPT_HEADERS}


def same_json_body(asked: Any, recorded: Any) -> None:
    """Raise an `AssertionError` with the difference where a request is not the recorded one."""
    ours, theirs = _json(asked.body), _json(recorded.body)
    if ours is _NO_JSON or theirs is _NO_JSON:
        assert asked.body == recorded.body, "the bodies differ, and are not both JSON"
    if _canonical(ours) != _canonical(theirs):
        raise AssertionError(difference(theirs, ours))


def difference(recorded: object, asked: object) -> str:
    """Return the lines of a request that changed, each with the place where it stands."""
    before, after = list(_lines(recorded)), list(_lines(asked))
    diff = list(difflib.unified_diff(before, after, "recorded", "asked now", lineterm="", n=1))
    left_out = diff[_DIFF_LINES:]
    return "\n".join(diff[:_DIFF_LINES] + [f"… {len(left_out)} more lines"] * bool(left_out))


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _lines(value: Any, place: str = "") -> Iterator[str]:
    """Yield `place | text` for each line of each string, so that a prompt reads as it is."""
    if isinstance(value, dict) and value:
        for name in sorted(value):
            yield from _lines(value[name], f"{place}.{name}" if place else name)
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _lines(item, f"{place}[{index}]")
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        yield from (f"{place} | {line}" for line in text.split("\n"))


_NO_JSON = object()


def json_of(body: object) -> Any:
    """Return a body of JSON as data, or None where it is none."""
    found = _json(body)
    return None if found is _NO_JSON else found


def _json(body: Any) -> Any:
    try:
        return json.loads(body or b"null")
    except ValueError:
        return _NO_JSON


def serialize(cassette: dict[str, Any]) -> str:
    """Write JSON bodies as data, so that a review reads a changed prompt as a diff."""
    for interaction in cassette["interactions"]:
        request, response = interaction["request"], interaction["response"]
        _unpack(request, request.pop("body"))
        _unpack(response, response.pop("body")["string"])
    return str(yaml.dump(cassette, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100))


def deserialize(text: str) -> dict[str, Any]:
    """Return what `serialize` wrote, as vcrpy wants it."""
    cassette: dict[str, Any] = yaml.safe_load(text)
    for interaction in cassette["interactions"]:
        request, response = interaction["request"], interaction["response"]
        request["body"] = _pack(request)
        response["body"] = {"string": _pack(response).encode()}
    return cassette


def _unpack(message: dict[str, Any], body: Any) -> None:
    data = _json(body)
    message["text" if data is _NO_JSON else "json"] = body if data is _NO_JSON else data


def _pack(message: dict[str, Any]) -> str:
    if "text" in message:
        return str(message.pop("text"))
    return json.dumps(message.pop("json"), ensure_ascii=False)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block."""

    def ignore_aliases(self, data: object) -> bool:
        """Write a value that comes twice out twice."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # YAML reads other line breaks as \n unless they are escaped between double quotes.
    is_plain = all(line.isprintable() for line in value.split("\n"))
    style = ("|" if "\n" in value else None) if is_plain else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
