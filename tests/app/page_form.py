"""A form of a page as a browser would send it."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Names and values of the first form that has `marker` as an attribute."""

    def __init__(self, marker: str):
        super().__init__()
        self.marker, self.fields, self.options = marker, {}, {}
        self._inside, self._select, self._text = False, "", ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._inside = self.marker in given
        elif self._inside and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self._select:
            self.options[self._select].append(given["value"])
            if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = given["value"]

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""
        elif tag == "form":
            self._inside = False

    def handle_data(self, data):
        if self._text:  # a browser leaves out the line break that stands first
            self.fields[self._text] += data.removeprefix("\r\n") if not self.fields[self._text] else data

    def _field(self, tag, given):
        name = given["name"]
        if tag == "select":
            self._select, self.options[name] = name, []
        elif tag == "textarea":
            self._text, self.fields[name] = name, ""
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[name] = given.get("value", "on" if given.get("type") in ("checkbox", "radio") else "")


def form_of(response, marker: str = "data-mapping-form") -> dict[str, str]:
    """Names and values of the fields of a form as the page shows them."""
    return _read(response, marker).fields


def options_of(response, name: str, marker: str = "data-mapping-form") -> list[str]:
    """Values that a select box of the form offers."""
    return _read(response, marker).options[name]


def _read(response, marker: str) -> _Fields:
    parser = _Fields(marker)
    parser.feed(response.content.decode())
    return parser
