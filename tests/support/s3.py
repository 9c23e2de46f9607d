"""A real S3 server: buckets of the one that `infra/services` starts, each made for one test."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from minio import Minio

from backend.storage.bucket import policy
from backend.storage.s3_calls import S3Address, S3Calls

NAMES = ("JOINDER_TEST_S3_URL", "JOINDER_TEST_S3_USER", "JOINDER_TEST_S3_PASSWORD")
MISSING = 'A bucket needs an S3 server: infra/test --services, or eval "$(infra/services s3 start)".'


@dataclass(frozen=True)
class S3:
    """The server, as its administrator. Nothing made here outlives the server."""

    url: str
    user: str
    password: str

    @classmethod
    def there(cls) -> S3:
        """The one that the environment names; without it the test fails in CI and is skipped elsewhere."""
        said = [os.environ.get(name, "") for name in NAMES]
        if not all(said):
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
        return cls(*said)

    @property
    def sdk(self) -> Any:
        """The SDK as its users have it, without our code between."""
        url = urlsplit(self.url)
        return Minio(url.netloc, self.user, self.password, secure=False, region="us-east-1")

    def address(self, bucket: str = "", *, url: str = "", lock_days: int = 0) -> S3Address:
        """A bucket that may not be there yet, with the administrator's key, perhaps as somebody between us and the server shows it."""
        name = bucket or f"joinder-{secrets.token_hex(6)}"
        return S3Address(url or self.url, name, self.user, self.password, lock_days=lock_days)

    def bucket(self, *, locks: bool = False, url: str = "", lock_days: int = 0) -> S3Address:
        """A new bucket, with a key that may what the policy of a server names and no more; with locks it keeps versions too."""
        address = self.address(url=url, lock_days=lock_days)
        if locks:
            calls = S3Calls(self.address(address.bucket))
            calls.make_bucket()
            calls.close()
        else:
            self.sdk.make_bucket(address.bucket)
        least = replace(address, access_key=f"{self.user}-least")
        said = json.loads(policy(address.bucket))
        for statement in said["Statement"]:
            statement["Principal"] = {"AWS": [least.access_key]}
        self.sdk.set_bucket_policy(address.bucket, json.dumps(said))
        return least

    def left_in(self, bucket: str) -> list[str]:
        """Every object, version and unfinished upload of a bucket, by its key."""
        versions = [one.object_name for one in self.sdk.list_objects(bucket, recursive=True, include_version=True)]
        return versions + [one.object_name for one in self.sdk._list_multipart_uploads(bucket).uploads]  # noqa: SLF001 - the SDK has no other
