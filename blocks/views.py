from django.shortcuts import render

from articles.models import Series

# One line on a desk.
EVENTS_SHOWN = 8


def front(request):
    """The front page, made of blocks that the template places. Context: events, the running series."""
    return render(request, "blocks/front.html", {"events": Series.objects.running()[:EVENTS_SHOWN]})
