"""Which parameters a server is asked with, since no two servers take the same ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from briefing.ports import ChatRequest

_FORMAT = re.compile(r"response_format|json_schema|json_object|structured output|grammar", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The parameters that a server is believed to take, from the best to the plainest."""

    reply_format: Literal["json_schema", "json_object", "text"] = "json_schema"
    limit: Literal["max_completion_tokens", "max_tokens"] = "max_completion_tokens"
    seed: bool = True
    temperature: bool = True
    reasoning_effort: str = ""
    reasoning_tokens: int = 0
    """Allowed on top of a request's `max_tokens`, for a model that thinks before it writes."""

    extra: Mapping[str, Any] = field(default_factory=dict)
    """Put into the body as it is, in place of what has the same name."""

    def body(self, request: ChatRequest) -> dict[str, Any]:
        """Return what asks `request`, as the `openai` library takes it."""
        body: dict[str, Any] = {
            "model": request.model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            self.limit: request.max_tokens + self.reasoning_tokens,
        }
        if self.temperature:
            body["temperature"] = 0
        if self.seed:
            body["seed"] = 0
        if self.reply_format == "json_schema":
            schema = {
                "name": request.schema_name,
                "strict": True,
                "schema": dict(request.reply_schema),
            }
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.reply_format == "json_object":
            body["response_format"] = {"type": "json_object"}
        if self.reasoning_effort:
            body["reasoning_effort"] = self.reasoning_effort
        if self.extra:
            body["extra_body"] = dict(self.extra)
        return body

    def plainer(self, complaint: str) -> "Dialect | None":
        """Return the dialect without what `complaint` names, or None where it names nothing.

        Each step is taken once, so six complaints at most are answered.
        """
        if self.reply_format != "text" and _FORMAT.search(complaint):
            return replace(
                self, reply_format="json_object" if self.reply_format == "json_schema" else "text"
            )
        if self.limit == "max_completion_tokens" and self.limit in complaint:
            return replace(self, limit="max_tokens")
        if self.seed and re.search(r"\bseed\b", complaint, re.I):
            return replace(self, seed=False)
        if self.temperature and re.search(r"\btemperature\b", complaint, re.I):
            return replace(self, temperature=False)
        if self.reasoning_effort and "reasoning_effort" in complaint:
            return replace(self, reasoning_effort="")
        return None
