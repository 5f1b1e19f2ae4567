"""The desk: one module for each noun."""

from . import article, author, labels, page, picture, publication, section, staff

__all__ = ["article", "author", "labels", "page", "picture", "publication", "section", "staff"]
