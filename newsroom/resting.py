"""A server that has failed is left alone for some seconds, so that not every request waits for it in vain."""

import logging
import time

logger = logging.getLogger(__name__)


class Rest:
    """What this process knows of one server. Threads share it; at worst two of them try at the same moment."""

    def __init__(self, name: str, seconds: float):
        self.name, self.seconds = name, seconds
        self._until = 0.0
        self._is_away = False

    def is_on(self) -> bool:
        """Whether the server is to be left alone now. When the time is over, the first who asks is the one to try."""
        if not self._is_away:
            return False
        now = time.monotonic()
        if now < self._until:
            return True
        self._until = now + self.seconds
        return False

    def failed(self, error: Exception) -> None:
        """The server could not be reached: it rests from now on. Says so in the log, once a rest and not a request."""
        self._until = time.monotonic() + self.seconds
        self._is_away = True
        logger.error("%s cannot be reached, left alone for %g s: %s", self.name, self.seconds, error)

    def worked(self) -> None:
        """The server has answered."""
        if self._is_away:
            self._is_away = False
            logger.error("%s answers again", self.name)
