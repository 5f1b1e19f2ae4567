"""The site's addresses, and one of a page that costs nothing to make: what every other page is compared with."""

from django.http import HttpResponse
from django.urls import path

from newsroom.urls import handler404, handler500, urlpatterns

CONSTANT = "/benchmark/constant"
# As long as a story's page with its comments.
PAGE = b"<!doctype html><title>.</title>" + b"." * 60_000


def constant(request):
    return HttpResponse(PAGE)


urlpatterns = [path(CONSTANT.lstrip("/"), constant), *urlpatterns]

__all__ = ["CONSTANT", "handler404", "handler500", "urlpatterns"]
