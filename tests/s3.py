"""A server of S3 on this machine (moto), and buckets of one test alone."""

import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import boto3
from moto.server import ThreadedMotoServer

KEY, SECRET = "khoa", "bi mat/+?"


@contextmanager
def server() -> Iterator[str]:
    """host:port of a running server."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    # It would tell of every request in the report of a test that fails.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running.start()
    yield "{}:{}".format(*running.get_host_and_port())
    running.stop()


@contextmanager
def buckets(host: str) -> Iterator[str]:
    """MEDIA_STORAGE_URL of two new buckets, the second of which everybody may read as docs/running.md has it."""
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    private, public = names = [f"{part}-{secrets.token_hex(4)}" for part in ("private", "public")]
    for name in names:
        client.create_bucket(Bucket=name)
    client.put_bucket_policy(Bucket=public, Policy=json.dumps(open_to_all(public)))
    yield f"s3+http://{KEY}:bi%20mat%2F%2B%3F@{host}/{private}/{public}?region=us-east-1"
    for name in names:
        for file in client.list_objects_v2(Bucket=name).get("Contents", []):
            client.delete_object(Bucket=name, Key=file["Key"])
        client.delete_bucket(Bucket=name)


@cache
def _client(host: str):
    """Takes a while to make, and is needed by every test."""
    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    return boto3.client("s3", endpoint_url=f"http://{host}", **keys)


def open_to_all(bucket: str) -> dict:
    grant = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    return {"Version": "2012-10-17", "Statement": [grant]}
