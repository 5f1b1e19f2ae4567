"""The desk's page on one sender: how many comments came from an address, a copy of them, and their erasure.

The address is only ever sent in the body of a POST: addresses of pages end up in logs.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.dates import grouped
from articles.fields import CleanCharField, CleanEmailField

from . import erasure
from .models import ERASED, Comment
from .moderation import REASON_LIMIT, Refused

FILE_NAME = "du-lieu-nguoi-gui.json"


class PersonForm(forms.Form):
    """Whose data; `reason` is asked for where they are to be erased."""

    email = CleanEmailField(
        label=gettext_lazy("E-mail address of the sender"),
        max_length=Comment._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )
    reason = CleanCharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LIMIT,
        help_text=gettext_lazy("Kept in the log of each comment. Do not name the reader here."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )

    def __init__(self, data=None, *, asks_reason: bool = False):
        super().__init__(data)
        if not asks_reason:
            del self.fields["reason"]


def may_enter(user) -> bool:
    return user.has_perm("comments.erase_comment")


def answer(request, context: dict):
    """The page (GET), or what was pressed on it: `act` is find, export, ask (the confirm step) or erase.

    `context` is the admin's own; added are form, step ("find", "found" or "confirm") and count.
    """
    if not may_enter(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, context, PersonForm(), "find")
    act = request.POST.get("act", "")
    form = PersonForm(request.POST, asks_reason=act == "erase")
    if not form.is_valid():
        # Without a right address there is nothing to confirm yet.
        return _page(request, context, form, "find" if "email" in form.errors else "confirm")
    count = erasure.comments_of(form.cleaned_data["email"]).count()
    if not count:
        return _page(request, context, form, "found")
    if act == "export":
        return _file(request, form)
    if act == "erase":
        return _erase(request, context, form)
    return _page(request, context, form, "confirm" if act == "ask" else "found")


def _page(request, context, form, step):
    if step == "confirm" and "reason" not in form.fields:
        form = PersonForm(asks_reason=True)
        form.initial = {"email": request.POST["email"]}
    count = erasure.comments_of(request.POST.get("email", "")).count() if step != "find" else 0
    context |= {"title": _("Data of a sender"), "form": form, "step": step, "count": count, "erased": ERASED}
    return TemplateResponse(request, "admin/comments/comment/person.html", context)


def _file(request, form):
    try:
        copy = erasure.export(email=form.cleaned_data["email"], by=request.user)
    except Refused as refusal:
        raise PermissionDenied from refusal
    response = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _erase(request, context, form):
    try:
        count = erasure.erase(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, context, form, "confirm")
    sentence = ngettext(
        "%(count)s comment has been erased: name, e-mail, network and text are gone.",
        "%(count)s comments have been erased: name, e-mail, network and text are gone.",
        count,
    )
    messages.success(request, sentence % {"count": grouped(count)})
    return redirect("admin:comments_comment_person")
