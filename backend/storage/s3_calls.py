"""The calls that `s3.py` makes on an S3 server, through the `minio` SDK. Every call blocks.

Each call is one request, is asked once and ends in its time: the server takes or gives something within `patience_s` or has failed.
A failure is a StoreError of our own words: of a server's answer it holds only the code, never a text, a key or a secret.
"""

from __future__ import annotations

import re
import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import urllib3
from minio.commonconfig import ENABLED
from minio.error import MinioException, S3Error
from minio.versioningconfig import SUSPENDED, VersioningConfig
from urllib3.exceptions import HTTPError, SSLError

from backend.storage.s3_sdk import PAGE, SERVER_FAILED, Sdk
from backend.storage.store import LEGAL_HOLD, OBJECT_LOCK, PIECE_BYTES, VERSIONING, ObjectExistsError, ObjectMissingError, StoreError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from datetime import datetime

    from urllib3 import BaseHTTPResponse

PATIENCE_S = 30.0
WRITER = "x-amz-meta-joinder-put"
"""Metadata of an object: 128 random bits of the `put` that wrote it, by which a writer knows its own."""
CODE = re.compile(r"[A-Za-z]{1,64}")
AGAIN = frozenset({"SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "ConditionalRequestConflict", "OperationAborted"})
NO_BUCKET = "There is no such bucket. Make it with `joinder store prepare`, or name the right one in JOINDER_S3_BUCKET"
UNTRUSTED = (
    "its certificate is not valid, not for the name in JOINDER_S3_URL, or not from an authority that this machine trusts. An authority of"
    " your own is named in SSL_CERT_FILE"
)
SAYS = {
    "NoSuchBucket": NO_BUCKET,
    "AccessDenied": "it does not allow this to the access key. `joinder store prepare` prints what must be allowed",
    "InvalidAccessKeyId": "it does not know JOINDER_S3_ACCESS_KEY",
    "SignatureDoesNotMatch": "JOINDER_S3_SECRET_KEY does not belong to JOINDER_S3_ACCESS_KEY, or a proxy changes requests",
}


@dataclass(frozen=True, slots=True)
class S3Address:
    """Where the bucket is and how to get in. `lock_days`: how long each object is kept against everybody, 0 for not at all."""

    url: str
    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"
    lock_days: int = 0


class S3Failed(StoreError):
    """The server failed or refused. `again` tells whether asking once more may help, `code` is the server's word for it."""

    def __init__(self, said: str, *, again: bool = False, code: str = "") -> None:
        """Make the text from what happened."""
        super().__init__(f"The object store failed: {said}.")
        self.again, self.code = again, code


@dataclass(frozen=True, slots=True)
class Facts:
    """What the server says of an object: its bytes, entity tag, who put it, its version, and whether it is locked now."""

    size: int
    etag: str
    writer: str
    version: str | None
    locked: bool


class Reading:
    """An answer that is coming in. `piece` blocks."""

    def __init__(self, answer: BaseHTTPResponse, patience_s: float) -> None:
        self._answer, self._patience_s = answer, patience_s
        self.etag = answer.headers.get("etag", "")

    def piece(self) -> bytes:
        """Return the next bytes, at most 1 MiB, nothing at the end. Raises S3Failed, also where they do not come in time."""
        until, held = time.monotonic() + self._patience_s, bytearray()
        with _told():
            while len(held) < PIECE_BYTES and (got := self._answer.read1(PIECE_BYTES - len(held), decode_content=False)):
                held += got
                if time.monotonic() > until:
                    raise S3Failed("it answers too slowly; nothing of it was lost, try again later")
        return bytes(held)

    def close(self) -> None:
        """Let go of the connection, at once."""
        self._answer.close()
        self._answer.release_conn()


class S3Calls:
    """One bucket."""

    def __init__(self, address: S3Address, patience_s: float = PATIENCE_S, connections: int = 16) -> None:
        """Connect to nothing yet. `patience_s`: how long the server may let us wait, in connecting, taking 8 MiB and answering."""
        self._bucket, self.patience_s = address.bucket, patience_s
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=patience_s, read=patience_s), maxsize=connections, retries=False,
            ssl_context=ssl.create_default_context(),
        )  # fmt: skip
        url = urlsplit(address.url)
        self._sdk = Sdk(
            url.netloc, address.access_key, address.secret_key, secure=url.scheme == "https", region=address.region, http_client=self._pool
        )

    def close(self) -> None:
        """Close idle connections."""
        self._pool.clear()

    def facts(self, key: str) -> Facts | None:
        """Return what is known of an object, or nothing where there is none."""
        try:
            with _told():
                found = self._sdk.stat_object(self._bucket, key)
        except ObjectMissingError:
            return None
        said = {name.lower(): value for name, value in (found.metadata or {}).items()}
        locked = said.get("x-amz-object-lock-legal-hold") == "ON" or "x-amz-object-lock-retain-until-date" in said
        return Facts(found.size or 0, found.etag or "", said.get(WRITER, ""), found.version_id, locked)

    def write(self, key: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Put a whole object."""
        with _told():
            self._sdk.write(self._bucket, key, data, headers, {})

    def begin(self, key: str, headers: Mapping[str, str]) -> str:
        """Begin an upload in parts; return its id."""
        with _told():
            return self._sdk.begin(self._bucket, key, headers)

    def part(self, key: str, upload: str, number: int, data: bytes) -> str:
        """Put one part, counted from 1; return its entity tag."""
        with _told():
            return self._sdk.write(self._bucket, key, data, {}, {"partNumber": str(number), "uploadId": upload})

    def complete(self, key: str, upload: str, tags: list[str], headers: Mapping[str, str]) -> None:
        """Make an object of the parts."""
        with _told():
            if not self._sdk.complete(self._bucket, key, upload, tags, headers):
                raise S3Failed("it could not join the parts", again=True)

    def abort(self, key: str, upload: str) -> None:
        """Drop an upload and its parts."""
        with _told():
            self._sdk.abort(self._bucket, key, upload)

    def read(self, key: str, start: int, length: int | None, etag: str) -> Reading | None:
        """Begin to read, of the object with this entity tag where one is given; nothing where the range begins after the end."""
        try:
            with _told():
                headers = {"If-Match": etag} if etag else {}
                answer = self._sdk.get_object(self._bucket, key, start, length or 0, request_headers=dict(headers))
        except S3Failed as error:
            if error.code == "InvalidRange":
                return None
            raise
        found = re.fullmatch(r"bytes (\d+)-(\d+)/\d+", answer.headers.get("content-range", "bytes 0-0/0"))
        size = int(found[2]) - int(found[1]) + 1 if found else 0
        ranged = bool(start or length)
        if ranged and not (
            found and int(found[1]) == start and size <= (length or size) and answer.headers.get("content-length") == str(size)
        ):
            answer.close()
            raise S3Failed("it answered with another range than was asked for")
        return Reading(answer, self.patience_s)

    def page(self, prefix: str, after: str) -> list[str]:
        """Return the next keys with this prefix, at most 1,000."""
        with _told():
            found = self._sdk.list_objects(self._bucket, prefix=prefix, recursive=True, start_after=after or None)
            return [one.object_name or "" for one in islice(found, PAGE)]

    def versions(self, key: str) -> list[str | None]:
        """Return the versions of an object, marks of deletion too, the oldest first."""
        with _told():
            found = list(self._sdk.list_objects(self._bucket, prefix=key, recursive=True, include_version=True))
        return [one.version_id for one in reversed(found) if one.object_name == key]

    def remove(self, key: str, version: str | None) -> None:
        """Remove one version, or the object where the bucket keeps no versions."""
        with _told():
            self._sdk.remove_object(self._bucket, key, version_id=version)

    def hold(self, key: str, *, on: bool) -> bool:
        """Set or lift the legal hold; return what the server says afterwards."""
        with _told():
            (self._sdk.enable_object_legal_hold if on else self._sdk.disable_object_legal_hold)(self._bucket, key)
            return self._sdk.is_object_legal_hold_enabled(self._bucket, key)

    def unfinished(self, before: datetime) -> list[tuple[str, str]]:
        """Return key and id of each upload that was begun before a time and not ended."""
        old, after, more = list[tuple[str, str]](), "", True
        while more:
            with _told():
                page = self._sdk.unfinished(self._bucket, after)
            old += [(one.object_name, one.upload_id or "") for one in page.uploads if one.initiated_time and one.initiated_time < before]
            more, after = page.is_truncated and (page.next_key_marker or "") > after, page.next_key_marker or ""
        return old

    def offers(self) -> tuple[frozenset[str], bool]:
        """Return which of FEATURES the bucket has, and whether it keeps or kept versions."""
        with _told():
            status = self._sdk.get_bucket_versioning(self._bucket).status
            locks = self._sdk.locks(self._bucket)
        return frozenset([*([VERSIONING] * (status == ENABLED)), *([OBJECT_LOCK, LEGAL_HOLD] * locks)]), status in {ENABLED, SUSPENDED}

    def make_bucket(self) -> bool:
        """Make the bucket, with what the server offers of versions and locks; return whether it is new. Needs an administrator's key."""
        with _told():
            if new := not self._sdk.bucket_exists(self._bucket):
                try:
                    self._sdk.make_bucket(self._bucket, object_lock=True)
                except S3Error as error:
                    if error.code not in {"NotImplemented", "InvalidRequest", "InvalidArgument", "MethodNotAllowed"}:
                        raise
                    self._sdk.make_bucket(self._bucket)
            try:
                self._sdk.set_bucket_versioning(self._bucket, VersioningConfig(ENABLED))
            except S3Error as error:
                if error.code not in {"NotImplemented", "InvalidBucketState", "MethodNotAllowed", "VersioningNotConfigured"}:
                    raise
        return new


@contextmanager
def _told() -> Generator[None]:
    """Turn whatever the SDK raises into an error of ours."""
    try:
        yield
    except S3Error as error:
        raise _told_by(error) from error
    except MinioException as error:
        raise S3Failed("what it answered is no answer of an S3 server", again=True) from error
    except SSLError as error:
        raise S3Failed(UNTRUSTED) from error
    except (HTTPError, OSError) as error:
        raise S3Failed("it did not answer in time, or the connection broke; look whether it runs, then try again", again=True) from error
    except (ValueError, ET.ParseError) as error:
        raise S3Failed("what it answered cannot be read") from error


def _told_by(error: S3Error) -> StoreError:
    code = said[0] if (said := CODE.fullmatch(error.code or "")) else "no code"
    if code in {"NoSuchKey", "NoSuchVersion"}:
        return ObjectMissingError()
    if code == "PreconditionFailed":
        return ObjectExistsError()
    again = code in AGAIN or (error.response.status >= SERVER_FAILED and code != "NotImplemented")
    return S3Failed(SAYS.get(code, f"it answered {code}"), again=again, code=code)
