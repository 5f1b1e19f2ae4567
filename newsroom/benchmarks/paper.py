"""The measured paper: which of its pages are asked for, what readers write, and what its desk publishes meanwhile."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from articles import edition, publishing
from articles.models import Article, Credit, HouseStyle, Section
from comments import stamps
from comments.models import Comment, Status
from comments.posting import CONSENT_VERSION, key_of
from newsroom.demo import volume

# Different stories that are read in turn, and how many comments stand under each of them.
STORIES, COMMENTS = 1000, 20
# Stories on a page of a section that lie before the page in the depth of its list.
DEEP, PAGE = 200, 20
# A comment comes from a network of its own after so many: the limits on one network are for machines (comments/gates).
PER_NETWORK = 25
WORDS = "Bài viết rất bổ ích cho bà con vùng cao; xin tòa soạn kể tiếp chuyện của thôn bên."


class Paper:
    """The paper in our database, as it stands when this is made. The same instance serves all measures of a size."""

    _sent = itertools.count()
    _told = itertools.count()

    def __init__(self):
        self.chief = User.objects.get(username=CHIEF)
        self.stories = list(_spread(Article.objects.published().filter(source=volume.SOURCE), STORIES))
        _give_comments(self.stories)
        self.section = _largest_section()

    def addresses(self, number: int = STORIES) -> list[str]:
        """Of so many of the stories, spread over the archive."""
        chosen = self.stories[:: max(1, len(self.stories) // number)]
        return [story.get_absolute_url() for story in chosen[:number]]

    @property
    def section_first(self) -> str:
        return self.section.get_absolute_url()

    @property
    def section_deep(self) -> str:
        """The address of the DEEPth page of the section, or of its last whole one."""
        stories = Article.objects.published().in_section(self.section).newest_first()
        before = min((DEEP - 1) * PAGE, max(1, stories.count() - PAGE))
        [(at, pk)] = stories.values_list("published_at", "pk")[before - 1 : before]
        return f"{self.section_first}?truoc={round(at.timestamp() * 1_000_000)}-{pk}"

    def comment(self) -> tuple[str, str, str]:
        """A comment that no limit holds up: the address it is sent to, its form, and the network it comes from."""
        number = next(self._sent)
        story = self.stories[number % len(self.stories)]
        form = {
            "stamp": stamps.make(story.pk),
            "name": f"Bạn đọc {number}",
            "email": f"ban.doc.{number}@vanha.example",
            "text": f"{WORDS} ({number})",
            "consent": "on",
            "website": "",
        }
        network = f"127.{1 + number // PER_NETWORK // 250}.{1 + number // PER_NETWORK % 250}.1"
        return f"/binh-luan/{story.pk}/", urlencode(form), network

    def publish(self) -> Article:
        """Somebody else's story comes out, by the act of the desk."""
        return publishing.publish(article=self._draft(), by=self.chief)

    @transaction.atomic
    def change(self) -> None:
        """A story is said to read otherwise, the oldest of those that are read: pages that list stories are old now."""
        edition.bump_story(Article.objects.select_for_update(of=("self",)).get(pk=self.stories[-1].pk))

    @contextmanager
    def publishing_each(self, seconds: float) -> Iterator[None]:
        """The desk publishes a story at once and then each so many seconds, until the block ends."""
        is_over, failure = threading.Event(), []

        def work():
            try:
                self.publish()
                while not is_over.wait(seconds):
                    self.publish()
            except Exception as error:  # noqa: BLE001 (told below, by the thread that waits)
                failure.append(error)
            finally:
                connection.close()

        desk = threading.Thread(target=work)
        desk.start()
        try:
            yield
        finally:
            is_over.set()
            desk.join()
        if failure:
            raise failure[0]

    def _draft(self) -> Article:
        number = next(self._told)
        like = self.stories[number % len(self.stories)]
        article = Article.objects.create(
            publication=like.publication,
            house_style=HouseStyle.objects.get(publication=like.publication, is_current=True),
            section=like.section,
            title=f"Tin của phép đo, số {timezone.now():%Y%m%d%H%M%S%f}-{number}",
            lead=like.lead,
            body=f"<p>{WORDS}</p>",
            lead_picture=like.lead_picture,
            created_by=User.objects.exclude(pk=self.chief.pk).first(),
        )
        article.tags.set(like.tags.all())
        Credit.objects.create(article=article, author=like.authors.first(), text=True)
        return article


# Who publishes; made by throwaway.py.
CHIEF = "truc-ban"


def make_chief() -> User:
    """The editor who publishes what a measurement needs: may do everything."""
    return User.objects.create_superuser(CHIEF, full_name="Trực ban", password=None)


def _spread(stories, number: int) -> list[Article]:
    """So many of the stories, from the newest to the oldest at equal distances."""
    pks = list(stories.newest_first().values_list("pk", flat=True))
    step = max(1, len(pks) // number)
    found = Article.objects.select_related("section", "publication", "lead_picture").defer("body", "body_html")
    by_pk = found.in_bulk(pks[::step][:number])
    return [by_pk[pk] for pk in pks[::step][:number]]


def _largest_section() -> Section:
    """A section of the first level: the one with the most stories below it."""
    tops = Section.objects.filter(parent=None).order_by("pk")
    return max(tops, key=lambda section: Article.objects.published().in_section(section).count())


def _give_comments(stories: list[Article]) -> None:
    """Brings approved comments under each story up to COMMENTS, as rows: the measured desk has approved them before."""
    told = Comment.objects.filter(article__in=stories).values_list("article", flat=True)
    have, now = set(told), timezone.now() - timedelta(hours=1)
    Comment.objects.bulk_create(
        (
            Comment(
                article=story,
                name=f"Bạn đọc {number}",
                email=f"ban.doc@{number}.vanha.example",
                text=f"{WORDS} Tôi ở cách đó {number} cây số.",
                key=key_of(f"{story.pk} {number}"),
                status=Status.APPROVED,
                created_at=now + timedelta(minutes=number),
                consent_at=now,
                consent_version=CONSENT_VERSION,
            )
            for story in stories
            if story.pk not in have
            for number in range(COMMENTS)
        ),
        batch_size=1000,
    )
