"""What the servers of a measurement run with (newsroom/benchmarks/): the site as it is, and one page more."""

from pathlib import Path

from newsroom.settings import *  # noqa: F403 (the site's own, whatever they are)
from newsroom.settings import env

ROOT_URLCONF = "newsroom.benchmarks.urls"
# A folder that lives as long as the measurement: files that are served as they are, and the pages for bad weather.
BENCH_FILES = Path(env.str("BENCH_FILES"))
WHITENOISE_ROOT = ERROR_PAGES_ROOT = str(BENCH_FILES)
# The Redis that the servers keep pages in; '' for their own memory.
BENCH_REDIS = env.str("BENCH_REDIS", default="")
# Under which name its keys stand there, beside those of others.
CACHES["default"]["KEY_PREFIX"] = env.str("BENCH_KEYS", default="")  # noqa: F405
