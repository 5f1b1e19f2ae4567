"""Parts that need no site and are measured once."""

from types import ModuleType

ONCE: tuple[ModuleType, ...] = ()
