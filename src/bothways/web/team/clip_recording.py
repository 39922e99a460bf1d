"""The page on which a member records a clip: what its recorder starts from."""

from collections.abc import Iterable
from typing import Any

from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import LONGEST_CLIP_S
from bothways.web.clips import Viewer, clip_config, clip_strings
from bothways.web.team.access import TeamRequest


def clip_recording(request: TeamRequest, *, calls: str, home: str, unsent: Iterable[Clip], use: str) -> dict[str, Any]:
    """What `team/prompts/recorder.html` and the page around it take. `use` is what the button says that keeps a try;
    the rest is as in `clip_config`.
    """
    viewer = Viewer("member", request.actor.id)
    config = clip_config(request, viewer, calls=calls, home=home, unsent=unsent, limit_s=LONGEST_CLIP_S)
    return {"config": config, "strings": clip_strings(use), "home": home, "longest_s": LONGEST_CLIP_S}
