"""What is read of files: pages, words and their places, pictures; each in a real process that is shut in."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.lib.pdfencrypt import StandardEncryption

from backend.evidence.reading.cleaned import cleaned
from backend.evidence.reading.kinds import kind_of
from backend.evidence.reading.sandbox import ReadingError, read_pages, render_page, watermarked
from tests.evidence.papers import A4, WIDE, message, office, paper, paragraph, picture, seen, told
from tests.support import workbooks


async def test_a_paper_is_read_page_by_page() -> None:
    pages = await read_pages(*told(paper("First page", "Second page"), "a.pdf"))
    assert [(page.number, page.text) for page in pages] == [(1, "First page"), (2, "Second page")]
    assert (pages[0].width, pages[0].height) == pytest.approx(A4)


async def test_each_word_has_its_place() -> None:
    [page] = await read_pages(*told(paper("Hello world"), "a.pdf"))
    hello, world = page.words
    assert (hello.text, world.text) == ("Hello", "world")
    assert hello.x == pytest.approx(100 / A4[0], abs=0.01)
    assert hello.y + hello.h == pytest.approx(100 / A4[1], abs=0.01)
    assert hello.x + hello.w < world.x


async def test_places_are_those_of_the_page_as_it_is_looked_at() -> None:
    [page] = await read_pages(*told(paper("Hello", rotation=90), "a.pdf"))
    assert (page.width, page.height) == pytest.approx((A4[1], A4[0]))
    assert page.words[0].x == pytest.approx(1 - 100 / A4[1], abs=0.03)
    assert page.words[0].y == pytest.approx(100 / A4[0], abs=0.01)


@pytest.mark.skipif(not Path(WIDE).is_file(), reason="needs the font DejaVu Sans")
async def test_every_script_is_read() -> None:
    [page] = await read_pages(*told(paper("Иван Łódź Ελλάδα", font=WIDE), "a.pdf"))
    assert page.text == "Иван Łódź Ελλάδα"
    assert [word.text for word in page.words] == ["Иван", "Łódź", "Ελλάδα"]


async def test_a_page_is_drawn_as_wide_as_asked() -> None:
    drawn = seen(await render_page(*told(paper("Hello"), "a.pdf"), page=1, width=600, watermark=None))
    assert (drawn.format, drawn.size) == ("PNG", (600, 849))
    assert min(drawn.convert("L").tobytes()) < 50


@pytest.mark.parametrize("page", [0, 2])
async def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(ReadingError, match="no such page"):
        await render_page(*told(paper("Hello"), "a.pdf"), page=page, width=100, watermark=None)


# ── text, tables, letters, messages ───────────────────────────────────────────────────────────────────────────────────────────────


async def texts(data: bytes, name: str) -> list[str]:
    return [page.text for page in await read_pages(*told(data, name))]


async def test_a_text_is_read_in_pages_of_a_hundred_lines() -> None:
    first, second = await texts("".join(f"line {n}\r\n" for n in range(1, 151)).encode(), "a.txt")
    assert (first.split("\n")[0], first.split("\n")[-1], first.count("\n")) == ("line 1", "line 100", 99)
    assert (second.split("\n")[0], second.count("\n")) == ("line 101", 49)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
async def test_a_text_is_read_in_the_encoding_it_is_written_in(encoding: str) -> None:
    said = "Съешь ещё этих мягких французских булок, да выпей же чаю."
    found = await texts((said + "\n").encode(encoding) * 20, "a.txt")
    assert found[0].split("\n")[0] == said or encoding == "koi8-r", "one code page of Cyrillic is told from the others by its letters"


@pytest.mark.parametrize("form", ["text", "table", "letter", "message", "attachment"])
async def test_text_is_in_one_form_and_steers_nothing(form: str) -> None:
    said = "e\u0301\u202eabc\u2066 \u200fשלום\x7f\u2028!"
    data, name = {
        "text": (said.encode(), "a.txt"),
        "table": (f"{said};b\n".encode(), "a.csv"),
        "letter": (office("word", document=paragraph(said)), "a.docx"),
        "message": (message(said.encode()), "a.eml"),
        "attachment": (message(b"", "text/plain", f"Content-Type: image/png; name*=utf-8''{quote(said)}\n\n"), "a.eml"),
    }[form]
    [page] = await texts(data, name)
    assert "\u00e9abc \u200fשלום" in page
    assert not set(page) & {"\u202e", "\u2066", "\x7f", "\u2028"}


def test_halves_of_characters_and_nothing_are_cleaned_away() -> None:
    assert cleaned("a\x00b\ud800c\udfff\ufeff\r\n\rd\U000e0041") == "abÔc\ufffd\n\nd".replace("Ô", "\ufffd")


async def test_a_long_line_is_broken() -> None:
    [page] = await texts(b"x" * 25_000 + b"\nend\n", "a.txt")
    assert [len(line) for line in page.split("\n")] == [10_000, 10_000, 5_000, 3]


async def test_a_table_keeps_its_rows_at_their_numbers() -> None:
    assert await texts(b'a;b\n\n"1\t2";"x\ny"\n', "a.csv") == ["a\tb\n\n1 2\tx y"]


async def test_the_sheets_of_a_workbook_follow_one_another() -> None:
    every = [("One", workbooks.sheet(workbooks.rows(["a", "b"], ["1", 2.5]))), ("Two", workbooks.sheet(workbooks.rows(["c"])))]
    assert await texts(workbooks.packed(workbooks.parts(*every)), "a.xlsx") == ["a\tb\n1\t2.5", "c"]


async def test_a_letter_is_read_by_paragraphs_without_what_was_struck_out() -> None:
    struck = "<w:p><w:r><w:delText>gone</w:delText></w:r><w:r><w:t>kept</w:t><w:tab/><w:t>here</w:t></w:r></w:p>"
    letter = office("word", document="".join(paragraph("x" * 999) for _ in range(4)) + struck, footnotes=paragraph("A note"))
    first, second = await texts(letter, "a.docx")
    assert first == "\n".join(["x" * 999] * 3)
    assert second == "\n".join(["x" * 999, "kept\there", "A note"])


async def test_each_slide_is_a_page() -> None:
    assert await texts(office("ppt", slides__slide1=paragraph("One"), slides__slide2=paragraph("Two")), "a.pptx") == ["One", "Two"]


async def test_a_message_is_read_with_its_headers_and_what_hangs_on_it() -> None:
    hangs = "Content-Type: application/pdf; name*=utf-8''%C5%81.pdf\nContent-Transfer-Encoding: base64\n\nAAAA"
    [page] = await texts(message("Grüße".encode(), "text/plain; charset=utf-8", hangs), "a.eml")
    head, body, hanging = page.split("\n\n")
    assert head.split("\n") == ["From: Łódź <a@jit.example>", "To: b@jit.example", "Subject: Привет"]
    assert (body, hanging) == ("Grüße", "Attachment: Ł.pdf (application/pdf, 3 bytes)")


async def test_of_html_in_a_message_the_words_are_read() -> None:
    head, table = b"<html><head><title>t</title><style>s</style></head><body>", b"<table><tr><td>1<td>2</table>"
    body = head + b"<p>Hello <b>world</b><script>evil()</script>" + table
    [page] = await texts(message(body, "text/html; charset=utf-8"), "a.eml")
    assert page.split("\n\n", 1)[1].split("\n") == ["Hello world", "", "1\t2"]


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

FORMS = {"PNG": "RGB", "JPEG": "CMYK", "GIF": "P", "WEBP": "RGBA", "TIFF": "I;16", "BMP": "1", "AVIF": "RGB", "JPEG2000": "L"}


@pytest.mark.parametrize(("form", "mode"), FORMS.items())
async def test_every_form_of_picture_is_drawn(form: str, mode: str) -> None:
    data = picture(form, mode=mode, colour=None)
    [page] = await read_pages(*told(data, "a"))
    assert (page.number, page.text, page.width, page.height) == (1, "", 400, 300)
    drawn = seen(await render_page(*told(data, "a"), page=1, width=200, watermark=None))
    assert (drawn.size, drawn.format) == ((200, 150), "JPEG" if form == "JPEG" else "PNG")


async def test_nothing_but_points_is_left_of_a_picture() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "TAKEN-BY-ANNA", 6
    data = picture("JPEG", exif=exif, comment="SECRET-COMMENT", icc_profile=b"PROFILE" * 20)
    drawn = await render_page(*told(data, "a.jpg"), page=1, width=4000, watermark=None)
    assert seen(drawn).size == (300, 400), "turned as the camera says, not made larger"
    assert not [word for word in (b"ANNA", b"SECRET", b"PROFILE", b"Exif") if word in drawn]


async def test_each_page_of_a_scan_is_a_page() -> None:
    data = picture("TIFF", (200, 300), save_all=True, append_images=[Image.new("RGB", (300, 100), "black")])
    assert [(page.width, page.height) for page in await read_pages(*told(data, "a.tif"))] == [(200, 300), (300, 100)]
    assert seen(await render_page(*told(data, "a.tif"), page=2, width=300, watermark=None)).size == (300, 100)


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.eml"])
async def test_what_is_no_picture_is_not_drawn(name: str) -> None:
    with pytest.raises(ReadingError):
        await render_page(*told(b"hello\n", name), page=1, width=100, watermark=None)


# ── watermarks ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

MARK = "Łukasz Żak · EX-12 · 2026-11-27 10:00 UTC"


@pytest.mark.parametrize("colour", ["white", "black"])
async def test_a_picture_is_marked_all_over_on_light_and_on_dark(colour: str) -> None:
    drawn = seen(await render_page(*told(picture("PNG", (800, 600), colour=colour), "a"), page=1, width=800, watermark=MARK)).convert("L")
    for box in ((0, 0, 400, 300), (400, 0, 800, 300), (0, 300, 400, 600), (400, 300, 800, 600)):
        low, high = drawn.crop(box).getextrema()
        assert low != high
    levels = [level if colour == "black" else 255 - level for level in drawn.tobytes()]
    assert 20 < max(levels) < 40, "ink of 13 %"


async def test_each_page_of_a_paper_is_marked_and_keeps_its_text() -> None:
    data = await watermarked(*told(paper("First", "Second"), "a.pdf"), watermark=MARK)
    pages = await read_pages(*told(data, "a.pdf"))
    assert [page.text for page in pages] == ["First", "Second"]
    for number in (1, 2):
        drawn = seen(await render_page(*told(data, "a.pdf"), page=number, width=800, watermark=None)).convert("L")
        assert drawn.crop((0, 600, 400, 1100)).getextrema() != (255, 255)
        assert drawn.crop((400, 600, 800, 1100)).getextrema() != (255, 255)


@pytest.mark.parametrize("rotation", [90, 180, 270])
async def test_a_turned_page_is_marked_all_over(rotation: int) -> None:
    data = await watermarked(*told(paper("First", rotation=rotation), "a.pdf"), watermark=MARK)
    drawn = seen(await render_page(*told(data, "a.pdf"), page=1, width=800, watermark=None)).convert("L")
    across, down = drawn.size
    corners = [(x, y, x + across // 2, y + down // 2) for x in (0, across // 2) for y in (0, down // 2)]
    assert all(drawn.crop(corner).getextrema() != (255, 255) for corner in corners)


async def test_what_runs_in_a_paper_does_not_come_along() -> None:
    writer, file = PdfWriter(PdfReader(io.BytesIO(paper("First")))), io.BytesIO()
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('EVIL')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
    writer.add_attachment("evil.exe", b"MZ")
    writer.write(file)
    assert b"EVIL" in file.getvalue()
    data = await watermarked(*told(file.getvalue(), "a.pdf"), watermark=MARK)
    assert not [word for word in (b"EVIL", b"/JavaScript", b"/EmbeddedFile") if word in data]


async def test_a_paper_that_only_forbids_printing_is_marked_on_pictures_of_its_pages() -> None:
    data = paper("First", encrypt=StandardEncryption("", "owner", canPrint=0))
    [page] = await read_pages(*told(await watermarked(*told(data, "a.pdf"), watermark=MARK), "a.pdf"))
    assert (page.text, page.width, page.height) == ("", pytest.approx(A4[0], abs=1), pytest.approx(A4[1], abs=1))
    assert [page.text for page in await read_pages(*told(data, "a.pdf"))] == ["First"]


@pytest.mark.parametrize(("form", "becomes"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/png")])
async def test_a_marked_picture_keeps_its_size(form: str, becomes: str) -> None:
    data = await watermarked(*told(picture(form), "a"), watermark=MARK)
    assert kind_of(data, "").media_type == becomes
    assert seen(data).size == (400, 300)


async def test_a_marked_scan_becomes_a_paper() -> None:
    data = picture("TIFF", save_all=True, append_images=[Image.new("RGB", (300, 100))])
    marked = await watermarked(*told(data, "a.tif"), watermark=MARK)
    assert len(await read_pages(*told(marked, "a.pdf"))) == 2


@pytest.mark.parametrize("mark", ["", " ", "x" * 5_000, "一二三 \x00\ud800\u202e", "محمد"])
async def test_any_text_may_be_a_watermark(mark: str) -> None:
    assert seen(await render_page(*told(picture("PNG"), "a"), page=1, width=400, watermark=mark)).size == (400, 300)
    assert await watermarked(*told(paper("First"), "a.pdf"), watermark=mark)
