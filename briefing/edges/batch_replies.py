"""What a provider's Batch API answers: how far a batch is, and the results of its lines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from briefing.edges.answer import Answer, Call
from briefing.edges.model_errors import odd_batch

_ENDED = {"batch_expired", "batch_cancelled"}
"""Codes of lines that were not begun when their batch ended: there is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How far a batch is."""

    id: str
    state: Literal["waiting", "ended", "failed"]
    """`failed`: nothing in it was done."""

    status: str
    """In the server's word."""

    done: int = 0
    total: int = 0
    files: tuple[str, ...] = ()
    """Those with its results, errors among them."""

    input_file: str = ""
    problem: Mapping[str, Any] | None = None
    """Why it failed, as the server says it."""


class _Counts(BaseModel):
    completed: int = 0
    failed: int = 0
    total: int = 0


class _Sent(BaseModel):
    """As much of a batch as is read."""

    id: str
    status: str
    input_file_id: str | None = None
    output_file_id: str | None = None
    error_file_id: str | None = None
    errors: Any = None
    request_counts: _Counts | None = None


_STATES: Mapping[str, Literal["ended", "failed"]] = {
    "completed": "ended",
    "expired": "ended",
    "cancelled": "ended",
    "failed": "failed",
}


def batch_of(sent: Mapping[str, Any], call: Call) -> Batch:
    """Return how far a batch is, as the server sent it.

    Raises:
        MalformedReply: It is none.
    """
    try:
        found = _Sent.model_validate(sent)
    except ValidationError:
        raise odd_batch(call).error from None
    counts = found.request_counts or _Counts()
    errors = found.errors.get("data") if isinstance(found.errors, dict) else None
    return Batch(
        id=found.id,
        state=_STATES.get(found.status, "waiting"),
        status=found.status,
        done=counts.completed + counts.failed,
        total=counts.total,
        files=tuple(filter(None, (found.output_file_id, found.error_file_id))),
        input_file=found.input_file_id or "",
        problem=errors[0] if isinstance(errors, list) and errors else None,
    )


def result_of(row: str) -> tuple[str, Answer] | None:
    """Return the call that a line of results is about, and its answer; None without one."""
    try:
        sent = json.loads(row)
        key = str(sent["custom_id"])
        response, error = sent.get("response"), sent.get("error")
        if isinstance(response, dict) and "body" in response:
            status, body = int(response.get("status_code") or 200), response["body"]
        else:
            if isinstance(error, dict) and error.get("code") in _ENDED:
                return None
            status, body = 500, {"error": error or {}}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return key, Answer(status=status, headers={}, body=json.dumps(body).encode())
