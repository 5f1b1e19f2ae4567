from django.shortcuts import render

from articles.reading import visible_article


def comment(request, pk):
    """The comment endpoint of a story. Context: article."""
    return render(request, "comments/page.html", {"article": visible_article(pk)})
