"""What pages and panels with an object's media need to know: the first of them, and what the user may do."""

from __future__ import annotations

from typing import Any

from museum.demo import pictures
from museum.workplace.media import uses

IN_PANEL = 12
VIEW = "artifacts.view_artifactmedia"
ADD = "artifacts.add_artifactmedia"
CHANGE = "artifacts.change_artifactmedia"
DELETE = "artifacts.delete_artifactmedia"
PUBLISH = "artifacts.publish_artifact"


def may(user: Any) -> dict[str, bool]:
    """What the user may do with pictures, for templates."""
    return {name: user.has_perm(code) for name, code in {"add": ADD, "change": CHANGE, "remove": DELETE, "publish": PUBLISH}.items()}


def list_context(artifact: Any, user: Any) -> dict[str, Any]:
    """What ``workplace/media/list.html`` draws."""
    found = uses.of(artifact)
    count = found.count()
    drawn_later = pictures.waited_for(artifact)
    first = uses.shown(found[:IN_PANEL])
    return {
        "artifact": artifact,
        "shown": first,
        "count": count,
        "more": max(0, count - len(first)),
        "waiting": found.filter(published=False).count() if artifact.live else 0,
        "unfinished": bool(drawn_later) or any(each.unfinished for each in first),
        "drawn_later": drawn_later,
        "may": may(user),
    }
