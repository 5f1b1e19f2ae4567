from django.shortcuts import render

from .placing import front_context


def front(request):
    """The front page, made of blocks that the template places. Context: events, the running series."""
    return render(request, "blocks/front.html", front_context())
