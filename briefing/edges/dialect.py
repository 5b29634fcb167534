"""Which parameters a server is asked with, since no two servers take the same ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from briefing.edges.completion import Api
from briefing.ports import ChatRequest

_FORMAT = re.compile(
    r"response_format|text\.format|json_schema|json_object|structured output|grammar", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The parameters that a server is believed to take, from the best to the plainest."""

    api: Api = "chat"
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
        body = self._chat(request) if self.api == "chat" else self._response(request)
        return body | ({"extra_body": dict(self.extra)} if self.extra else {})

    def sent(self, request: ChatRequest) -> dict[str, Any]:
        """Return what asks `request`, as it goes over the line."""
        body = self.body(request)
        extra: dict[str, Any] = body.pop("extra_body", {})
        return body | extra

    def _chat(self, request: ChatRequest) -> dict[str, Any]:
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
        return body

    def _response(self, request: ChatRequest) -> dict[str, Any]:
        """Return the same in the words of the Responses API, which has no `seed`."""
        body: dict[str, Any] = {
            "model": request.model,
            "instructions": request.system,
            "input": request.user,
            "max_output_tokens": request.max_tokens + self.reasoning_tokens,
            # Kept there for a month otherwise, and nothing here asks for it again.
            "store": False,
        }
        if self.temperature:
            body["temperature"] = 0
        if self.reply_format == "json_schema":
            schema = dict(request.reply_schema)
            body["text"] = {
                "format": {
                    "type": "json_schema",
                    "name": request.schema_name,
                    "strict": True,
                    "schema": schema,
                }
            }
        elif self.reply_format == "json_object":
            body["text"] = {"format": {"type": "json_object"}}
        if self.reasoning_effort:
            body["reasoning"] = {"effort": self.reasoning_effort}
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
        if self.reasoning_effort and re.search(r"reasoning[._]effort", complaint):
            return replace(self, reasoning_effort="")
        return None
