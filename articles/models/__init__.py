from .article import Article, Status, UnindexedStory
from .author import Author, Credit
from .event import Act, ArticleEvent
from .labels import Series, Tag, TagSynonym
from .picture import CreditKind, DiscardedFile, Picture, Placing
from .preview import PreviewLink
from .publication import BELOW_PARTS, BylinePlace, HouseStyle, PrefixForm, Publication
from .revision import Origin, Revision
from .section import RESERVED_SLUGS, Section, SectionEditor

__all__ = [
    "BELOW_PARTS",
    "RESERVED_SLUGS",
    "Act",
    "Article",
    "ArticleEvent",
    "Author",
    "BylinePlace",
    "Credit",
    "CreditKind",
    "DiscardedFile",
    "HouseStyle",
    "Origin",
    "Picture",
    "Placing",
    "PrefixForm",
    "PreviewLink",
    "Publication",
    "Revision",
    "Section",
    "SectionEditor",
    "Series",
    "Status",
    "Tag",
    "TagSynonym",
    "UnindexedStory",
]
