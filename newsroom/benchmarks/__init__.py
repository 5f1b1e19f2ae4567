"""Measurements of what the site costs. They can be called by themselves: `python -m newsroom.benchmarks.pictures`."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if not apps.ready:
    django.setup()
