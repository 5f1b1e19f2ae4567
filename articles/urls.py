from django.contrib.sitemaps import views as sitemap_views
from django.urls import path, re_path

from . import feeds, sitemaps, views

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
    path("rss/", feeds.feed_list, name="feeds"),
    path("rss/tin-moi.xml", feeds.LatestFeed(), name="rss"),
    path("rss/<slug:slug>.xml", feeds.SectionFeed(), name="section_rss"),
    path("atom/tin-moi.xml", feeds.LatestAtomFeed(), name="atom"),
    path("atom/<slug:slug>.xml", feeds.SectionAtomFeed(), name="section_atom"),
    path("sitemap-news.xml", sitemaps.news_sitemap, name="sitemap_news"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": sitemaps.SITEMAPS, "sitemap_url_name": "articles:sitemap"},
        name="sitemap_index",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap"),
    re_path(STORY + r"\.html$", views.article, name="article"),
    re_path(STORY + r"/in\.html$", views.print_view, name="print"),
    path("<slug:slug>/", views.section_or_page, name="section"),
    path("<slug:parent>/<slug:slug>/", views.subsection, name="subsection"),
]
