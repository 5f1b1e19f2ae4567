from .article import Article, UnindexedStory
from .article_query import Status
from .author import Author, Credit
from .correction import Correction, CorrectionKind
from .edition import Edition, ListEdition, Listing, ListKind
from .event import Act, ArticleEvent
from .labels import Series, Tag, TagSynonym
from .link import StoryLink
from .picture import CreditKind, DiscardedFile, Picture, Placing
from .plan import Plan
from .presence import Presence
from .preview import PreviewLink
from .publication import BELOW_PARTS, BylinePlace, HouseStyle, PrefixForm, Publication
from .reading import MostRead, Period, ReadingHour
from .revision import Origin, Revision
from .saved_filter import SavedFilter
from .section import RESERVED_SLUGS, Section, SectionEditor

__all__ = [
    "BELOW_PARTS",
    "RESERVED_SLUGS",
    "Act",
    "Article",
    "ArticleEvent",
    "Author",
    "BylinePlace",
    "Correction",
    "CorrectionKind",
    "Credit",
    "CreditKind",
    "DiscardedFile",
    "Edition",
    "HouseStyle",
    "ListEdition",
    "ListKind",
    "Listing",
    "MostRead",
    "Origin",
    "Period",
    "Picture",
    "Placing",
    "Plan",
    "PrefixForm",
    "Presence",
    "PreviewLink",
    "Publication",
    "ReadingHour",
    "Revision",
    "SavedFilter",
    "Section",
    "SectionEditor",
    "Series",
    "Status",
    "StoryLink",
    "Tag",
    "TagSynonym",
    "UnindexedStory",
]
