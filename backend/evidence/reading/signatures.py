"""The marks by which files begin: where each stands, which bytes it is, and what kind of file it tells of."""

from __future__ import annotations

import re

BINARY: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "application/pdf", "pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "image"),
    (0, b"\xff\xd8\xff", "image/jpeg", "image"),
    (0, b"GIF87a", "image/gif", "image"),
    (0, b"GIF89a", "image/gif", "image"),
    (0, b"II*\x00", "image/tiff", "image"),
    (0, b"MM\x00*", "image/tiff", "image"),
    (0, b"II+\x00", "image/tiff", "image"),
    (0, b"MM\x00+", "image/tiff", "image"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2", "image"),
    (0, b"8BPS", "image/vnd.adobe.photoshop", "other"),
    (0, b"\x00\x00\x01\x00", "image/x-icon", "other"),
    (0, b"ID3", "audio/mpeg", "audio"),
    (0, b"fLaC", "audio/flac", "audio"),
    (0, b"#!AMR", "audio/amr", "audio"),
    (0, b"\x00\x00\x01\xba", "video/mpeg", "video"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg", "video"),
    (0, b"FLV\x01", "video/x-flv", "video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf", "video"),
    (0, b"\x1f\x8b\x08", "application/gzip", "archive"),
    (0, b"BZh", "application/x-bzip2", "archive"),
    (0, b"\xfd7zXZ\x00", "application/x-xz", "archive"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd", "archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "archive"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar", "archive"),
    (0, b"MSCF\x00\x00\x00\x00", "application/vnd.ms-cab-compressed", "archive"),
    (257, b"ustar", "application/x-tar", "archive"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3", "other"),
    (0, b"\x7fELF", "application/x-executable", "other"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm", "other"),
    (0, b"{\\rtf", "application/rtf", "other"),
    (0, b"%!PS", "application/postscript", "other"),
)
"""(place, mark, media type, family), the first that fits."""

BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), ("image/heic", "other")),
    **dict.fromkeys((b"avif", b"avis"), ("image/avif", "image")),
    **dict.fromkeys((b"M4A ", b"M4B "), ("audio/mp4", "audio")),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3g2a"), ("video/3gpp", "video")),
    b"qt  ": ("video/quicktime", "video"),
}
"""What the brand of an ISO media file says; any other one is `video/mp4`."""

RIFF = {
    b"WEBP": ("image/webp", "image"),
    b"WAVE": ("audio/wav", "audio"),
    b"AVI ": ("video/x-msvideo", "video"),
}

OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text"),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table"),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "text"),
}
"""What the first folder inside an Office file says."""
OFFICE_NAMES = {"docx": "word/", "docm": "word/", "xlsx": "xl/", "xlsm": "xl/", "pptx": "ppt/", "pptm": "ppt/"}
OLD_OFFICE = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
              "msg": "application/vnd.ms-outlook"}  # fmt: skip
TEXTS = {
    "csv": ("text/csv", "table"), "tsv": ("text/tab-separated-values", "table"), "tab": ("text/tab-separated-values", "table"),
    "json": ("application/json", "text"), "xml": ("application/xml", "text"), "md": ("text/markdown", "text"),
}  # fmt: skip
"""What only a name tells of a text."""

MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|style|title|meta|link|table|div|img|object|embed|form|base|a|p|h1|br)[\s>/]",
    re.IGNORECASE,
)
"""Elements by which a browser takes what has no type for a page."""
PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
XHTML = re.compile(rb"xmlns(?::\w+)?\s*=\s*[\"']http://www\.w3\.org/1999/xhtml", re.IGNORECASE)
DRAWING = re.compile(rb"<(?:\w+:)?svg\b", re.IGNORECASE)
FOREIGN = re.compile(rb"<(?:!doctype\s+html|html|script)\b|<\?php|PK\x03\x04[\x0a-\x3f]\x00|Rar!\x1a\x07[\x00\x01]", re.IGNORECASE)
"""What stands in no picture, recording or paper, unless the file wants to be two things at once."""
MAIL_HEADER = re.compile(
    rb"(?:from|to|cc|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type|x-[\w-]+|reply-to|sender"
    rb"|dkim-signature|authentication-results|arc-[\w-]+|content-transfer-encoding|user-agent|in-reply-to|references|bcc):",
    re.IGNORECASE,
)
