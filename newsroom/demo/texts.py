"""The files that the demo is told from. Needs nothing of Django: the mill reads them in processes of its own."""

import json
from pathlib import Path

STORIES = Path(__file__).parent / "data"


def read(name: str):
    """A file of demo data, parsed."""
    return json.loads((STORIES / name).read_text())
