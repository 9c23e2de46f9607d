"""What the `minio` SDK can do and has no public call for."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from minio import Minio
from minio.error import S3Error
from minio.xml import Element, SubElement, getbytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from minio.datatypes import ListMultipartUploadsResult

PAGE = 1000
SERVER_FAILED = 500


class Sdk(Minio):
    """What the SDK knows but has no public call for."""

    def write(self, bucket: str, key: str, data: bytes, headers: Mapping[str, str], query: Mapping[str, str]) -> str:
        """Put an object or a part; return its entity tag."""
        sums = {"Content-MD5": base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()}
        return self._put_object(bucket, key, data, {**headers, **sums}, dict(query)).etag or ""

    def begin(self, bucket: str, key: str, headers: Mapping[str, str]) -> str:
        """Begin an upload in parts; return its id."""
        return self._create_multipart_upload(bucket, key, dict(headers))

    def complete(self, bucket: str, key: str, upload: str, tags: list[str], headers: Mapping[str, str]) -> bool:
        """Make an object of the parts; tell whether it was made: a server may answer 200 and then fail."""
        asked = Element("CompleteMultipartUpload")
        for number, tag in enumerate(tags, 1):
            part = SubElement(asked, "Part")
            SubElement(part, "PartNumber", str(number))
            SubElement(part, "ETag", f'"{tag}"')
        said: dict[str, str | list[str] | tuple[str]] = {"Content-Type": "application/xml", **headers}
        answer = self._execute("POST", bucket, key, body=getbytes(asked), headers=said, query_params={"uploadId": upload})
        return b"<Error>" not in answer.data

    def abort(self, bucket: str, key: str, upload: str) -> None:
        """Drop the parts."""
        self._abort_multipart_upload(bucket, key, upload)

    def unfinished(self, bucket: str, after: str) -> ListMultipartUploadsResult:
        """Return a page of the uploads that nobody has ended."""
        return self._list_multipart_uploads(bucket, key_marker=after or None, max_uploads=PAGE)

    def locks(self, bucket: str) -> bool:
        """Tell whether objects of the bucket can be locked. Servers answer with forms that the SDK does not read."""
        try:
            answer = self._execute("GET", bucket, query_params={"object-lock": ""})
        except S3Error as error:
            if error.code == "AccessDenied" or (error.response.status >= SERVER_FAILED and error.code != "NotImplemented"):
                raise
            return False
        return b"<ObjectLockEnabled>Enabled<" in answer.data
