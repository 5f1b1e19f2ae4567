from django.contrib.sites.models import Site
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from articles.edition import bump
from articles.models import Publication
from newsroom.demo import layout, readers, stories, texts, volume, world
from newsroom.progress import bar


class Command(BaseCommand):
    help = "Fills the database with a fictional paper; with --articles N also with a volume of N stories."

    def add_arguments(self, parser):
        parser.add_argument("--articles", type=int, default=0, help="how many stories the volume shall have")

    def handle(self, *, articles, **options):
        told = self._curated()
        milled = volume.fill_up(articles, bar(_("Volume")))
        self.stdout.write(_("Demo: %(told)d stories, volume: %(milled)d new.") % {"told": told, "milled": milled})

    def _curated(self) -> int:
        data = texts.read("world.json")
        other = Publication.objects.filter(is_current=True).exclude(name=data["publication"]["name"])
        if other.exists():
            self.stderr.write(_("Another paper is the current one here; the demo leaves its database alone."))
            return 0
        with transaction.atomic():
            paper = world.make_paper(data)
            sections = world.make_sections(data)
            world.make_authors(data)
            staff = world.make_staff()
        pictures = world.make_pictures(data, bar(_("Pictures")))
        world.give_portraits(data, pictures)
        teller = stories.Storyteller(
            style=paper.styles.get(is_current=True),
            sections=sections,
            series=world.make_series(data, pictures),
            pictures=pictures,
            staff=staff,
        )
        told = sum(teller.tell(story) is not None for story in bar(_("Stories"))(stories.all_stories()))
        layout.make_blocks(sections)
        readers.make_lists()
        bump()
        Site.objects.filter(domain="example.com").update(name=paper.name)
        return told
