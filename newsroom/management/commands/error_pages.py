from django.core.management.base import BaseCommand

from articles.error_pages import write_error_pages


class Command(BaseCommand):
    help = "Writes the pages for when nothing else works, on this machine; saving the publication does so on its own."

    def handle(self, *args, **options):
        write_error_pages()
