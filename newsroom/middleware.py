"""Guards that stand before every view."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from articles.reading import Gone

from .errors import database_away, gone, is_database_away

# The longest query string that is answered as a page; no link or form of ours makes a longer one.
QUERY_STRING_LIMIT = 4000


class QueryStringLimit:
    """Refuses query strings over QUERY_STRING_LIMIT bytes with a plain 414, before anything parses them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.META.get("QUERY_STRING", "")) > QUERY_STRING_LIMIT:
            return HttpResponse(_("The address is too long."), status=414, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class FaultPages:
    """Turns what a view raises into a page: reading.Gone into 410, a database that cannot be reached into 503.

    At the desk as well.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Gone):
            return gone(request)
        return database_away(request) if is_database_away(exception) else None
