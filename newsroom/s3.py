"""Pictures on S3. Only a server's lock has what this module imports; nothing else imports it."""

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

# Whoever uploads waits for these: a server that hangs is told as a fault before the proxy in front of us gives up.
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 20, 2


class PictureStorage(S3Storage):
    """One bucket, for originals or for renditions: newsroom/storages.py says which and how."""

    def get_default_settings(self):
        """With our own patience. The keys of the environment or the machine serve where MEDIA_STORAGE_URL has none."""
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS},
            signature_version="s3v4",
            # Understood by every server of S3; names of buckets as names of hosts are not.
            s3={"addressing_style": "path"},
        )
        return super().get_default_settings() | {"client_config": config}

    def is_ready(self) -> bool:
        """Whether the bucket is there and ours, for the operator's watch."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except (BotoCoreError, ClientError):
            return False
        return True
