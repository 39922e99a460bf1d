"""Whether browsers give the camera at an address: only over HTTPS or on this very machine."""

from urllib.parse import urlsplit

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


def can_record(base_url: str) -> bool:
    parts = urlsplit(base_url)
    return parts.scheme == "https" or (parts.hostname or "") in LOCAL_HOSTS


def recording_words(base_url: str) -> str:
    """Words for the administrator when an address cannot record, or only for this machine; empty when all is well."""
    parts = urlsplit(base_url)
    if parts.scheme == "https":
        return ""
    if can_record(base_url):
        return (
            "Cameras work on this machine only: browsers open them over HTTPS or on localhost. For phones and other "
            "computers, make a trial certificate with ./bothways certificate, or put deploy/ in front."
        )
    return (
        f"Nobody can record at {base_url}: browsers open the camera only over HTTPS. Pages work, recordings do not. "
        "Make a trial certificate with ./bothways certificate, or put deploy/ in front."
    )
