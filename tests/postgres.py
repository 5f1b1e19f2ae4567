"""The suite once more on PostgreSQL, where one answers: `python -m tests.postgres`. Only what asks a database.

Walks over the words of every page and tests of picture files are left out: no database changes what they look at.
"""

import os
import subprocess
import sys

import psycopg

URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")

LEFT_OUT = (
    "tests/newsroom/test_no_english.py",
    "tests/newsroom/test_no_english_tables.py",
    "tests/articles/test_hostile_pictures.py",
    "tests/newsroom/test_storages.py",
)


def main() -> int:
    try:
        psycopg.connect(URL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        print(f"PostgreSQL: not run, {error}", file=sys.stderr)
        return 1 if os.environ.get("FORBID_SKIPS") else 0
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", "django_db and not browser"]
    command += [*(f"--ignore={path}" for path in LEFT_OUT), *sys.argv[1:]]
    print("PostgreSQL:", flush=True)
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": URL}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
