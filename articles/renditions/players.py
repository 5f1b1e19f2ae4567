"""Videos as readers get them: a screen of our own that names the video, and a link to its page on its host.

Nothing is asked of the host before the reader asks; static/js/site.js makes a button of the screen.
"""

import html
import re

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..videos import video_of

_FRAME = re.compile(r'<iframe src="(?P<src>[^"]*)"(?: title="(?P<title>[^"]*)")?></iframe>')


def without_frames(body: str) -> str:
    """A cleaned body with a screen and a link in the place of each frame; a frame of no listed host goes."""
    return _FRAME.sub(_screen, body)


def _screen(match) -> str:
    video = video_of(html.unescape(match["src"]))
    if not video:
        return ""
    title = html.unescape(match["title"] or "") or _("Video %(host)s") % {"host": video.host}
    watch = _("Watch on %(host)s") % {"host": video.host}
    return format_html(
        '<div class="video" data-player="{}" data-play="{}">'
        '<div class="video-screen"><span class="video-title">{}</span></div>'
        '<a class="video-link" href="{}" rel="noopener nofollow" aria-label="{}">{}</a></div>',
        video.player,
        _("Play the video"),
        title,
        video.page,
        f"{watch}: {title}",
        watch,
    )
