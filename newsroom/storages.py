"""Where pictures are kept: originals in private, renditions for everybody; on this machine or on S3."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# A file of ours never changes under its name.
FOR_EVER = "public, max-age=31536000, immutable"
# How the servers of S3 are spoken to; without TLS only on this machine or in its own network.
_SCHEMES = {"s3": "https", "s3+http": "http"}
_FORM = "MEDIA_STORAGE_URL is s3://KEY:SECRET@host/private-bucket/public-bucket?region=…&public=https://…"


def pictures(address: str, root: Path, base_url: str) -> dict:
    """The two storages for STORAGES: what MEDIA_STORAGE_URL says, or two folders of this machine if it is empty."""
    return s3(address) if address else local(root, base_url)


def local(root: Path, base_url: str) -> dict:
    """Two folders of this machine. Nothing serves the private one."""
    disk = "django.core.files.storage.FileSystemStorage"
    return {
        "default": {"BACKEND": disk, "OPTIONS": {"location": root / "private"}},
        # A file of ours never changes under its name: where one is there already, a run was cut off.
        "renditions": {
            "BACKEND": disk,
            "OPTIONS": {"location": root / "public", "base_url": base_url, "allow_overwrite": True},
        },
    }


def s3(address: str) -> dict:
    """Two buckets: one slip in the rules of a single one, and the originals would be open to everybody.

    Who may read is the buckets' own matter (docs/running.md): access lists of single files are out of use.
    """
    parts, more = _parsed(address)
    private, public = parts.path.strip("/").split("/")
    endpoint = f"{_SCHEMES[parts.scheme]}://{parts.netloc.rpartition('@')[2]}"
    shown = urlsplit(more.get("public") or f"{endpoint}/{public}")
    common = {"endpoint_url": endpoint, "region_name": more.get("region")}
    if parts.username:
        common |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    return {
        "default": {
            "BACKEND": "newsroom.s3.PictureStorage",
            "OPTIONS": {**common, "bucket_name": private, "file_overwrite": False},
        },
        "renditions": {
            "BACKEND": "newsroom.s3.PictureStorage",
            "OPTIONS": {
                **common,
                "bucket_name": public,
                "object_parameters": {"CacheControl": FOR_EVER},
                "url_protocol": f"{shown.scheme}:",
                "custom_domain": f"{shown.netloc}{shown.path.rstrip('/')}",
                "querystring_auth": False,
            },
        },
    }


def foreign_origins(storages: dict) -> list[str]:
    """The hosts beside our own from which browsers get pictures, for the content security policy."""
    options = storages["renditions"]["OPTIONS"]
    if "custom_domain" not in options:
        return []
    return [f"{options['url_protocol']}//{options['custom_domain'].partition('/')[0]}"]


def _parsed(address: str) -> tuple:
    """The address in its parts, and what stands behind its question mark; never names the secret in a complaint."""
    parts = urlsplit(address)
    more = dict(parse_qsl(parts.query))
    buckets = {name for name in parts.path.split("/") if name}
    is_whole = parts.scheme in _SCHEMES and parts.hostname and len(buckets) == 2 and parts.path.count("/") == 2
    if not is_whole or more.keys() - {"region", "public"} or not _is_web(more.get("public", "https://host")):
        raise ImproperlyConfigured(_FORM)
    return parts, more


def _is_web(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in _SCHEMES.values() and bool(parts.hostname)
