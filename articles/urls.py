from django.urls import path, re_path

from . import beacon, feeds, sitemaps, views
from .keeping import kept

app_name = "articles"

# An id of at most 15 digits: a longer one fits no database column and is nobody's address.
STORY = r"^(?P<section>[a-z0-9-]+)/(?P<slug>[a-z0-9-]+)-(?P<pk>[0-9]{1,15})"

urlpatterns = [
    path("chu-de/<slug:slug>/", views.tag, name="tag"),
    path("chuyen-de/<slug:slug>/", views.series, name="series"),
    path("tac-gia/<slug:slug>/", views.author, name="author"),
    path("tim-kiem/", views.search, name="search"),
    path("luu-tru/<int:year>/<int:month>/", views.archive_month, name="archive"),
    path("cai-chinh/", views.corrections, name="corrections"),
    path("xem-truoc/<str:token>/", views.preview, name="preview"),
    re_path(r"^doc/(?P<pk>[0-9]{1,15})/$", beacon.by_script, name="reading"),
    re_path(r"^doc/(?P<pk>[0-9]{1,15})\.gif$", beacon.by_picture, name="reading_dot"),
    path("rss/", feeds.feed_list, name="feeds"),
    path("rss/tin-moi.xml", kept()(feeds.LatestFeed()), name="rss"),
    path("rss/<slug:slug>.xml", kept()(feeds.SectionFeed()), name="section_rss"),
    path("atom/tin-moi.xml", kept()(feeds.LatestAtomFeed()), name="atom"),
    path("atom/<slug:slug>.xml", kept()(feeds.SectionAtomFeed()), name="section_atom"),
    path("sitemap-news.xml", sitemaps.news_sitemap, name="sitemap_news"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemaps.of_kind, name="sitemap"),
    re_path(STORY + r"\.html$", views.article, name="article"),
    re_path(STORY + r"/in\.html$", views.print_view, name="print"),
    path("<slug:slug>/", views.section_or_page, name="section"),
    path("<slug:parent>/<slug:slug>/", views.subsection, name="subsection"),
]
