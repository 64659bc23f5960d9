"""GraphQL and uploads over HTTP, one attempt each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Optional
from urllib.parse import urlsplit

import httpx

from .settings import Settings

OUTAGES = {"INTERNAL_SERVER_ERROR", "DATABASE_UNREACHABLE", "UNAUTHENTICATED", "FORBIDDEN"}
"""Codes of GraphQL errors that may pass without a change of the request."""


class ThawError(Exception):
    """The API refused a request; the message says what was wrong and what is valid."""


class Unreachable(ThawError):
    """No answer, or one that tells of a fault: the same request may succeed later."""


class Refused(ThawError):
    """The request is wrong and will stay so."""

    def __init__(self, errors: List[Dict[str, Any]]) -> None:
        super().__init__("; ".join(f"{error['field']}: {error['message']}" if error.get("field") else error["message"] for error in errors))
        self.errors = errors

    @property
    def codes(self) -> List[str]:
        return [str(error.get("code")) for error in self.errors]


class Api:
    def __init__(self, settings: Settings) -> None:
        self.url = settings.url
        local = urlsplit(settings.url).hostname in ("127.0.0.1", "localhost", "::1")
        self._http = httpx.Client(
            base_url=settings.url,
            headers={"authorization": f"Bearer {settings.token}"} if settings.token else {},
            timeout=httpx.Timeout(30.0, connect=5.0),
            # A proxy that the environment names does not reach this machine's own loopback; certificates are for https.
            trust_env=not local,
            verify=settings.url.startswith("https"),
        )

    def query(self, query: str, variables: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        """The data. Raises Unreachable, or Refused for GraphQL errors."""
        return self._post(json.dumps({"query": query, "variables": variables}).encode())

    def mutate(self, mutation: str, input_json: bytes) -> Dict[str, Any]:
        """The payload of a document with one mutation; input_json is its variable ``input``. Raises Refused for userErrors too."""
        data = self._post(b'{"query": %b, "variables": {"input": %b}}' % (json.dumps(mutation).encode(), input_json))
        (payload,) = data.values()
        if payload["userErrors"]:
            raise Refused(payload["userErrors"])
        return payload

    def upload(self, file: Path, sha256: str) -> None:
        """Raises Unreachable, Refused, or OSError when the file cannot be read."""
        try:
            if file.stat().st_size > 1 << 16 and self._http.head(f"/blobs/{sha256}").status_code == 200:
                return
            with file.open("rb") as content:
                answer = self._http.post("/blobs", params={"sha256": sha256}, content=content, headers={"content-type": "application/octet-stream"})
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        if answer.status_code < 400:
            return
        message = _json(answer).get("error", {}).get("message") or f"HTTP {answer.status_code}"
        if answer.status_code >= 500 or answer.status_code in (401, 403, 404, 408, 429):
            raise Unreachable(f"The upload to {self.url} failed: {message}")
        raise Refused([{"field": None, "code": "UPLOAD_REFUSED", "message": message}])

    def close(self) -> None:
        self._http.close()

    def _post(self, body: bytes) -> Dict[str, Any]:
        try:
            answer = self._http.post("/graphql", content=body, headers={"content-type": "application/json", "accept": "application/json"})
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        if answer.status_code == 413:
            raise Refused([{"field": None, "code": "BODY_TOO_LARGE", "message": f"{len(body)} bytes are more than the API takes at once."}])
        parsed = _json(answer)
        if not ("data" in parsed or "errors" in parsed):
            start = " ".join(answer.text[:120].split())
            raise Unreachable(f"What answers at {self.url}/graphql is no Thaw API (HTTP {answer.status_code}: {start or 'empty'}). Check THAW_URL.")
        errors = parsed.get("errors")
        if not errors:
            return parsed["data"]
        found = [{"field": None, "code": error.get("extensions", {}).get("code"), "message": error["message"]} for error in errors]
        if any(error["code"] in OUTAGES for error in found):
            raise Unreachable(f"The API at {self.url} answers with a fault: {found[0]['message']}")
        raise Refused(found)

    def _unreachable(self, error: Exception) -> Unreachable:
        return Unreachable(f"The Thaw API cannot be reached at {self.url} ({type(error).__name__}: {error}). Start it, or set THAW_URL to the address where it runs.")


def _json(answer: httpx.Response) -> Dict[str, Any]:
    try:
        parsed = answer.json()
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
