"""Which parameters a server is asked with, since no two servers take the same ones."""

import re
from dataclasses import dataclass, replace
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

    def body(self, request: ChatRequest) -> dict[str, Any]:
        """Return the JSON that asks `request`."""
        body: dict[str, Any] = {
            "model": request.model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            self.limit: request.max_tokens,
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
        return body

    def plainer(self, complaint: str) -> "Dialect | None":
        """Return the dialect without what `complaint` names, or None where it names nothing.

        Each step is taken once, so five complaints at most are answered.
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
        return None
