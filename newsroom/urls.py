from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from articles.keeping import kept

from . import health, media

robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain; charset=utf-8")

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("robots.txt", kept()(robots)),
    path("media/<path:name>", media.rendition),
    path("", include("blocks.urls")),
    path("binh-luan/", include("comments.urls")),
    path("", include("articles.urls")),
]

handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"
