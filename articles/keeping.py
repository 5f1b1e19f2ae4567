"""How long a page may be kept: what a view says of its pages, and what happens to say so while one is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """What a view's pages depend on beside their path.

    `story`: the argument of the address that holds a story's id. `passes`: names in the query that the view reads; all
    others are left out before it sees them. `private`: names whose presence makes the answer one person's.
    """

    story: str = ""
    passes: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    is_kept: bool = True


def kept(*, story: str = "", passes: tuple[str, ...] = (), private: tuple[str, ...] = (), is_kept: bool = True):
    """Marks a view as public: it knows nothing of the visitor, and its page may be shown to everybody.

    Without `is_kept` only the query is looked after: a page that hardly anybody asks for twice.
    """
    rule = Rule(story, passes, private, is_kept)

    def marked(view: Callable) -> Callable:
        view.keeping = rule
        return view

    return marked


def edition_of(request):
    """The edition that a request is answered from (edition.Current); None for one that nothing is kept of."""
    return getattr(request, "edition", None)


def holds_until(request, moment: datetime) -> None:
    """Notes that the page of this request says something else from a moment on, whatever happens at the desk."""
    request.holds_until = min(moment, getattr(request, "holds_until", moment))


def passes_by(request) -> None:
    """Notes that the page of this request is not worth keeping: anybody can think up any number of such addresses."""
    request.passes_by = True
