"""Which pages may open a socket. Browsers let every page of the world try, and send our cookies along."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_own_origin(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the page that asks came from this server, or from an origin that may send forms. A client that does not
    say where it comes from is no page of ours."""
    named = {name.lower(): value.decode("latin-1") for name, value in headers}
    origin, host = named.get(b"origin", "").lower(), named.get(b"host", "").lower()
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _port = split_domain_port(host)
    return bool(origin) and urlsplit(origin).netloc == host and validate_host(domain, settings.ALLOWED_HOSTS)
