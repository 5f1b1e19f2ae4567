import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from articles.counting import counter  # noqa: E402 (needs the apps that are loaded only now)

# Whatever serves the site writes the readings that it counts, and the last of them when it is told to stop.
counter.write_by_itself()
