"""What a candidate holds, from what the browser says of itself. Only the class is kept."""

from django.http import HttpRequest

from bothways.interviews.models import Device

_TABLETS = ("ipad", "tablet", "kindle", "playbook")


def device_of(request: HttpRequest) -> Device:
    """A computer unless something says otherwise: an iPad that calls itself a Mac is taken for one, too."""
    agent = request.headers.get("User-Agent", "").lower()
    if any(word in agent for word in _TABLETS) or ("android" in agent and "mobile" not in agent):
        return Device.TABLET
    is_phone = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "mobi" in agent
    return Device.PHONE if is_phone else Device.DESKTOP
