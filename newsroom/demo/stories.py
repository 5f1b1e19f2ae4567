"""The demo stories: each through the same acts that the desk uses."""

import html
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, Credit, Tag

from .readers import comment, readings
from .texts import STORIES, read
from .world import author

SOURCE = "demo"


class Storyteller:
    """Writes demo stories into the house; knows what the stories point to."""

    def __init__(self, *, style, sections, series, pictures, staff):
        self.style, self.sections, self.series = style, sections, series
        self.pictures, self.staff = pictures, staff
        self.now = timezone.now()

    @transaction.atomic
    def tell(self, story: dict) -> Article | None:
        """One story with credits, tags, state and comments; None where it is here already."""
        if Article.objects.filter(source=SOURCE, source_id=story["key"]).exists():
            return None
        article = self._write(story)
        self._publish(article, story)
        article.refresh_from_db(fields=["published_at"])
        if story["readings"]:
            readings(article, story["readings"])
        for row in story["comments"]:
            comment(article, row, self.staff["kiemduyet"])
        return article

    def _write(self, story: dict) -> Article:
        article = Article.objects.create(
            source=SOURCE,
            source_id=story["key"],
            publication=self.style.publication,
            house_style=self.style,
            section=self.sections[story["section"]],
            series=self.series.get(story["series"]),
            title=story["title"],
            kicker=story["kicker"] or "",
            lead=story["lead"],
            lead_prefix=self.style.lead_prefix if story["prefix"] else "",
            lead_picture=self.pictures.get(story["picture"]),
            lead_picture_caption=story["picture_caption"] or "",
            body="\n".join(self._block(block) for block in story["body"]),
            typed_byline=story["byline"] or "",
            created_by=self.staff["phongvien"],
        )
        article.more_sections.set([self.sections[slug] for slug in story["more_sections"]])
        article.tags.set([tag(name) for name in story["tags"]])
        for order, credit in enumerate(story["credits"]):
            roles = {role: role in credit["roles"] for role in ("text", "photo", "video", "compiled")}
            Credit.objects.create(article=article, author=author(credit["name"]), order=order, **roles)
        return publishing.derive(article=article)

    def _publish(self, article: Article, story: dict) -> None:
        at = self.now - timedelta(hours=story["hours_ago"])
        by = self.staff["thuky"]
        if story["status"] == "draft":
            return
        if story["status"] == "scheduled":
            publishing.publish(article=article, by=by, at=at)
            return
        if story["status"] == "expired":
            Article.objects.filter(pk=article.pk).update(expires_at=at + timedelta(hours=1))
        publishing.publish_archive(article=article, at=at, by=by)
        if story["status"] == "withdrawn":
            publishing.withdraw(article=article, by=by, reason="Nội dung chưa được kiểm chứng đầy đủ.")

    def _block(self, block: dict) -> str:
        return getattr(self, f"_{block['type']}")(block)

    def _paragraph(self, block):
        return f"<p>{block['text']}</p>"

    def _heading(self, block):
        return f"<h{block['level']}>{_escape(block['text'])}</h{block['level']}>"

    def _quote(self, block):
        speaker = f'<p class="speaker">{_escape(block["speaker"])}</p>' if block.get("speaker") else ""
        return f'<blockquote class="pull-quote"><p>{_escape(block["text"])}</p>{speaker}</blockquote>'

    def _info(self, block):
        items = "".join(f"<li>{_escape(item)}</li>" for item in block["items"])
        return f'<div class="info-box"><h3>{_escape(block["title"])}</h3><ul>{items}</ul></div>'

    def _list(self, block):
        return "<ul>" + "".join(f"<li>{_escape(item)}</li>" for item in block["items"]) + "</ul>"

    def _table(self, block):
        head = "".join(f'<th scope="col">{_escape(cell)}</th>' for cell in block["head"])
        rows = "".join("<tr>" + "".join(f"<td>{_escape(cell)}</td>" for cell in row) + "</tr>" for row in block["rows"])
        source = f'<p class="source">{_escape(block["source"])}</p>' if block.get("source") else ""
        return (
            f"<table><caption>{_escape(block['caption'])}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{source}"
        )

    def _figure(self, block):
        align = ' class="align-right"' if block.get("align") == "right" else ""
        return f"<figure{align}>{self._img(block['picture'])}{_figcaption(block)}</figure>"

    def _gallery(self, block):
        images = "".join(self._img(name) for name in block["pictures"])
        return f'<figure class="gallery">{images}{_figcaption(block)}</figure>'

    def _img(self, name):
        picture = self.pictures[name]
        return f'<img data-picture="{picture.pk}" alt="{_escape(picture.alt)}">'


def tag(name: str) -> Tag:
    return Tag.objects.called(name) or Tag.objects.create(name=name)


def all_stories() -> list[dict]:
    """The demo stories as written, oldest file name first."""
    return [read(path.name) for path in sorted(STORIES.glob("[0-9]*.json"))]


def _figcaption(block: dict) -> str:
    credit = f" <small>{_escape(block['credit'])}</small>" if block.get("credit") else ""
    return f"<figcaption>{_escape(block.get('caption') or '')}{credit}</figcaption>"


def _escape(text) -> str:
    return html.escape(str(text))
