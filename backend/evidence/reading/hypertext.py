"""The words of a page of HTML, without what it would run, load or hide in its head."""

from __future__ import annotations

from html.parser import HTMLParser

_UNSAID = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"})
_LINE = frozenset(
    {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre", "hr", "section"}
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said, self._unsaid = list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's form
        if tag in _UNSAID:
            self._unsaid.append(tag)
        elif tag in _LINE:
            self.said.append("\n")
        elif tag in {"td", "th"}:
            self.said.append("\t")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSAID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._unsaid and tag in {self._unsaid[-1], "html"}:
            self._unsaid.pop()
        elif tag == "body":
            self._unsaid.clear()
        elif tag in _LINE:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.said.append(data.replace("\n", " "))


def words(page: str) -> str:
    """Return the words of a page, a line for each block; never raises for HTML that is broken."""
    parser = _Words()
    parser.feed(page)
    parser.close()
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip() for line in "".join(parser.said).split("\n"))
    said = list[str]()
    for line in lines:
        if line or (said and said[-1]):
            said.append(line)
    return "\n".join(said).strip("\n")
