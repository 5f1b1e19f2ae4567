from django.core.management.base import BaseCommand

from newsroom.handbook import PAGE, written


class Command(BaseCommand):
    help = "For maintainers: writes the table of rights into the editors' handbook."

    def handle(self, **options):
        PAGE.write_text(written(PAGE.read_text()))
        self.stdout.write(str(PAGE))
