import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from newsroom.preloading import preload  # noqa: E402 (needs the apps that are loaded only now)

preload()
