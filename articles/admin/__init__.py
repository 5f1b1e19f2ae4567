"""The desk: one module for each noun."""

from . import article, author, correction, labels, log, page, picture, plan, publication, section, staff

__all__ = [
    "article",
    "author",
    "correction",
    "labels",
    "log",
    "page",
    "picture",
    "plan",
    "publication",
    "section",
    "staff",
]
