"""Where pictures are kept: originals in private, renditions for everybody."""

from pathlib import Path


def local(root: Path, base_url: str) -> dict:
    """Two folders of this machine, for STORAGES. Nothing serves the private one."""
    disk = "django.core.files.storage.FileSystemStorage"
    return {
        "default": {"BACKEND": disk, "OPTIONS": {"location": root / "private"}},
        # A file of ours never changes under its name: where one is there already, a run was cut off.
        "renditions": {
            "BACKEND": disk,
            "OPTIONS": {"location": root / "public", "base_url": base_url, "allow_overwrite": True},
        },
    }
