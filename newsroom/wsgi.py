import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

# These need the apps that are loaded only now.
from django.conf import settings  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import resolve  # noqa: E402

from articles.counting import counter  # noqa: E402
from newsroom.release import release  # noqa: E402

# What every process would load with its first pages is there before a server divides into processes, once for all. The
# mark of the release is that of the code which is loaded, whatever lies on the disk when a process is replaced.
release()
resolve("/")
_TEMPLATES = settings.BASE_DIR / "templates"
for _path in sorted(_TEMPLATES.rglob("*.html")):
    get_template(str(_path.relative_to(_TEMPLATES)))

# Whatever serves the site writes the readings that it counts, and the last of them when it is told to stop.
counter.write_by_itself()
