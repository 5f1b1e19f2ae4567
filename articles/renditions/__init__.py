"""Pictures as readers get them, made from the private originals."""

from .figures import reader_html
from .making import make, remove
from .printing import jpeg_url, picture_html

__all__ = ["jpeg_url", "make", "picture_html", "reader_html", "remove"]
