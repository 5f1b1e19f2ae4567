"""Parts that need no site and are measured once."""

from types import ModuleType

from . import pictures

ONCE: tuple[ModuleType, ...] = (pictures,)
