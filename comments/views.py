"""The endpoint of the comment form and its page, which does everything without script."""

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.keeping import holds_until, kept
from articles.reading import Gone, visible_article
from articles.visitors import Origin, origin_of

from . import gates, posting, stamps
from .forms import CommentForm, presentable
from .models import Comment

# Seconds after which a reader who met a limit may try again: the longest period of `gates`.
RETRY_AFTER = int(max(gates.ADDRESS_PERIOD, gates.EMAIL_PERIOD).total_seconds())


class Unreadable(Exception):
    """What was sent is no form of ours, or too large to be read."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class NoFiles(FileUploadHandler):
    """The form takes no files: what is sent as one is passed over and never stored."""

    def new_file(self, *args, **kwargs):
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None


class ConfirmCheck(CsrfViewMiddleware):
    """Django's check of the confirm page's token; a failure is a reason to show that page again."""

    def _reject(self, request, reason):
        return reason

    # Browsers that send neither Origin nor Referer, or "null", are whom the page is for: for them the token must do.

    def _origin_verified(self, request):
        return request.META["HTTP_ORIGIN"] == "null" or super()._origin_verified(request)

    def _check_referer(self, request):
        if "HTTP_REFERER" in request.META:
            super()._check_referer(request)


@kept(story="pk", passes=("truoc",), private=("ma",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request, pk):
    """The discussion of a story (GET) and the way in for a comment (POST); receipts and answers are never cached."""
    response = _sent(request, pk) if request.method == "POST" else _page(request, pk)
    if request.method == "POST" or "ma" in request.GET:
        add_never_cache_headers(response)
    return response


def _page(request, pk):
    """Context: article, before (the comment after which the list goes on), receipt (its number)."""
    article = _discussed(pk)
    if article.expires_at:
        holds_until(request, article.expires_at)
    context = {
        "article": article,
        "before": _last_shown(article, request.GET.get("truoc", "")),
        "receipt": posting.read_receipt(request.GET.get("ma", ""), article.pk),
    }
    return render(request, "comments/page.html", context)


def _sent(request, pk):
    try:
        typed = _typed(request)
    except Unreadable as error:
        return _refused(request, error.status, error.sentence)
    try:
        return _answer(request, _discussed(pk), typed)
    except Gone:
        return _refused(request, 410, _("The story is no longer in the paper, so it takes no comments."), typed)
    except posting.Closed:
        return _refused(request, 403, _("This story takes no more comments."), typed)


def _answer(request, article, typed):
    if not gates.is_open(article):
        raise posting.Closed
    is_confirming = "confirmed" in typed
    doubt = _failed_confirmation(request) if is_confirming else _doubt(request, article, typed)
    if doubt:
        status, sentence = doubt
        form = CommentForm(typed, article=article, is_checked=False)
        return _shown_again(request, article, form, status, sentence, is_confirming=True)
    form = CommentForm(typed, article=article)
    if not form.is_valid():
        return _shown_again(request, article, form, 422, is_confirming=is_confirming)
    try:
        stored = posting.receive(article_id=article.pk, sent=_valid(request, form, typed))
    except posting.TooMany:
        sentence = _("Too many comments have come in a short time. Please send yours again in ten minutes.")
        response = _shown_again(request, article, form, 429, sentence, is_confirming=is_confirming)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    return _receipt(stored)


def _typed(request):
    """The fields as sent. Raises Unreadable."""
    request.upload_handlers = [NoFiles(request)]
    try:
        return request.POST
    except RequestDataTooBig as error:
        raise Unreadable(413, _("What you sent is too large: a comment has 2,000 letters at most.")) from error
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError) as error:
        raise Unreadable(400, _("What you sent could not be read.")) from error


def _doubt(request, article, typed):
    """(status, sentence) where origin or stamp do not speak for the form, else None."""
    origin = origin_of(request)
    verdict = stamps.check(typed.get("stamp", ""), article.pk)
    if origin is Origin.FOREIGN:
        return 403, _("The form was sent from another site. Please check your comment and send it from here.")
    if verdict is stamps.Verdict.FORGED:
        return 400, _("The form is not one of ours, or it was changed. Please check your comment and send it again.")
    if origin is Origin.UNKNOWN:
        return 200, _("Your browser does not say where the form was sent from. Please check your comment and confirm.")
    if verdict is stamps.Verdict.OLD:
        return 200, _("The page had been open for over a week. Please check your comment and send it again.")
    return None


def _failed_confirmation(request):
    """(status, sentence) where Django's own check refuses the confirm page's token, else None."""
    reason = ConfirmCheck(lambda request: None).process_view(request, comment_confirmed, (), {})
    if reason is None:
        return None
    return 403, _("The confirmation did not hold: your browser must accept this site's cookie. Please send it again.")


def comment_confirmed(request):
    """Stands for the endpoint in Django's check, which passes over views that are exempt."""


def _valid(request, form, typed) -> posting.Sent:
    return posting.Sent(
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        text=form.cleaned_data["text"],
        address=gates.network_of(request),
        is_trapped=bool(typed.get("website", "").strip()),
    )


def _shown_again(request, article, form, status, sentence="", *, is_confirming):
    """The form with all that was typed. Context: article, form, sentence (why), is_confirming."""
    template = "comments/confirm.html" if is_confirming else "comments/page.html"
    context = {
        "article": article,
        "form": form,
        "sentence": sentence,
        "is_confirming": is_confirming,
        "is_sent": True,
    }
    return render(request, template, context, status=status)


def _refused(request, status, sentence, typed=None):
    """No form any more, but the text to take along. Context: sentence, text."""
    text = presentable(typed.get("text", "")) if typed else ""
    return render(request, "comments/refused.html", {"sentence": sentence, "text": text}, status=status)


def _receipt(stored: Comment):
    address = reverse("comments:comment", args=[stored.article_id])
    response = HttpResponseRedirect(f"{address}?ma={posting.receipt_for(stored)}#thong-bao")
    response.status_code = 303
    return response


def _discussed(pk):
    """The visible story of a discussion; stories whose house style shows none have no such page."""
    article = visible_article(pk)
    if not article.house_style.shows_comments:
        raise Http404
    return article


def _last_shown(article, value: str):
    """The approved comment that `?truoc=` names. Raises Http404 for a value that none of our links could hold."""
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise Http404
    return get_object_or_404(Comment.objects.filter(article=article).approved(), pk=value)
