"""Opening the map page in tests and reading what it shows."""

from urllib.parse import urlencode

LEVELS = {"sozialraum": 39, "unterbezirk": 170}

_TABLE = """() => Object.fromEntries([...document.querySelectorAll("tbody tr[data-code]")].map(row => [row.dataset.code, {
  rank: row.querySelector(".rank").textContent.trim(),
  name: row.querySelector("th a").textContent.trim(),
  value: row.querySelector(".value").textContent.trim(),
  title: row.querySelector(".value").title,
  change: row.querySelector(".change").textContent.trim(),
  bar: row.querySelector("rect").getAttribute("width"),
  swatch: row.querySelector(".swatch").className.trim().split(/\\s+/).sort().join(" "),
  href: row.querySelector("th a").search,
  colour: getComputedStyle(row.querySelector(".swatch")).backgroundColor,
}]))"""

_SLOTS = """() => {
  const text = selector => document.querySelector(selector)?.innerText.replace(/\\s+/g, " ").trim() ?? "";
  const names = ["period", "summary", "legend-title", "classes", "card", "signs", "certainty", "heads"];
  const slots = Object.fromEntries(names.map(name => [name, text(`[data-slot="${name}"]`)]));
  slots.words = document.querySelector("[data-slot=text]").textContent.trim();
  slots.secret = [...document.querySelectorAll("[data-secret]")].map(part => part.innerText + (part.hidden ? "" : part.querySelector("a").getAttribute("href"))).join(" ");
  slots.cardLinks = [...document.querySelectorAll("[data-slot=card] a")].map(a => a.getAttribute("href")).join(" ");
  slots.city = text("tr[data-city]");
  slots.order = [...document.querySelectorAll("tbody tr")].map(row => row.dataset.code ?? "city").join(" ");
  slots.sorted = [...document.querySelector("thead tr").cells].map(th => th.getAttribute("aria-sort")).join(" ");
  slots.downloads = [...document.querySelectorAll("[data-download], [data-permalink]")].map(a => a.pathname + a.search).join(" ");
  return slots;
}"""


def address_of(query):
    """The map's address with the query given."""
    return "/karte/" + ("?" + urlencode(query) if query else "")


def open_map(visit, *, width=1280, scheme="light", path="", **query):
    """The map page in a state, drawn."""
    page = visit(path or address_of(query), width=width, scheme=scheme)
    page.locator("path.map-area").first.wait_for(state="attached")
    return page


def table_of(page):
    """What the rows of the table show, by area code."""
    return page.evaluate(_TABLE)


def slots_of(page):
    """The texts around the table, white space made even."""
    return page.evaluate(_SLOTS)
