"""Where source pages lie for the faithful test: our own always, those that SOURCE_PAGES names where they exist."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests" / "fixtures" / "pages"
GIVEN = Path(os.environ.get("SOURCE_PAGES") or ROOT.parent / "shared" / "source_pages").resolve()


def folders() -> list[Path]:
    return [folder for folder in (OWN, GIVEN) if folder.is_dir()]


def summary() -> str:
    """What the end of a run says about the pages that are not part of the project."""
    if GIVEN.is_dir():
        return f"source pages: read from {GIVEN}"
    return f"source pages: none at {GIVEN} (SOURCE_PAGES), so the faithful test ran on our own pages alone"
