from django.shortcuts import render


def front(request):
    """The front page, made of blocks. Context: none; the template places the blocks."""
    return render(request, "blocks/front.html")
