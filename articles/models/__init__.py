from .article import Article, Status, UnindexedStory
from .author import Author, Credit
from .event import Act, ArticleEvent
from .labels import Series, Tag, TagSynonym
from .link import StoryLink
from .picture import CreditKind, DiscardedFile, Picture, Placing
from .publication import BELOW_PARTS, BylinePlace, HouseStyle, PrefixForm, Publication
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
    "Picture",
    "Placing",
    "PrefixForm",
    "Publication",
    "Section",
    "SectionEditor",
    "Series",
    "Status",
    "StoryLink",
    "Tag",
    "TagSynonym",
    "UnindexedStory",
]
