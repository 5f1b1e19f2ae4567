"""Views of the desk that show readers' pages in frames."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.utils.decorators import method_decorator


def _kept_here(view):
    """The policy that frames need, handed down to a page within: it asks the server for nothing by script."""

    @csp_update({"frame-src": [SELF]})
    @csp_replace({"connect-src": [NONE]})
    def framed(*args, **kwargs):
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return framed


# For methods of a ModelAdmin; what such a view answers is found by no search engine.
framing = method_decorator(_kept_here)
