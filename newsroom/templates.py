"""Our templates as they are read, once for each process."""

import re

from django.template.loaders import filesystem

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """Django's, without the indentation of lines: a twentieth of a page that no browser needs.

    Lines keep their numbers, which errors name. Letters and other texts that are no HTML stay as they are.
    """

    def get_contents(self, origin):
        contents = super().get_contents(origin)
        return _INDENTATION.sub("", contents) if origin.template_name.endswith(".html") else contents
