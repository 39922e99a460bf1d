"""One request, as far as the protocol looks at it."""

from dataclasses import dataclass

from starlette.types import Receive, Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """`headers` have lower-case names; one that is there twice has both values, which no strict reading accepts."""

    method: str
    upload_id: str
    """Empty where the request is not about one upload."""
    headers: dict[str, str]
    sender: str
    """The address it comes from."""
    receive: Receive

    @classmethod
    def of(cls, scope: Scope, receive: Receive) -> "Asked":
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        method = headers.get("x-http-method-override", scope["method"]).upper()
        client = scope.get("client")
        return cls(method, scope["path"].removeprefix("/u/"), headers, client[0] if client else "", receive)
