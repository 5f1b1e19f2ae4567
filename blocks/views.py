from django.shortcuts import render

from articles.keeping import edition_of, kept

from .placing import front_context


@kept()
def front(request):
    """The front page, made of blocks that the template places. Context: events, the running series."""
    return render(request, "blocks/front.html", front_context(current=edition_of(request)))
