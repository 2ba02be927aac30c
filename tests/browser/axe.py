"""What every page must keep: axe-core finds nothing in either colour scheme, nothing sticks out at any width.

axe-core is kept in tests/browser/vendor with its licence and never served to readers.
"""

from pathlib import Path

_SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOUR = ["color-contrast", "link-in-text-block"]
_RUN = """async ([only, exclude]) => {
  const context = exclude.length ? {exclude: exclude.map(selector => [selector])} : document;
  const result = await axe.run(context, {runOnly: only, preload: false});
  const describe = node => node.target.join(" ") + ": " + node.failureSummary;
  return result.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(describe)}));
}"""

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"

# Two frames: the first may still be that of the old size or scheme.
_NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))"


def violations(page, exclude=()):
    """Violations of WCAG 2.0 to 2.2 (A, AA) and best practice on `page`, as readable lines; an empty list is good.

    `page.evaluate` is not subject to the page's content security policy, so the policy stays in force.
    `exclude` are CSS selectors left out; name the reason where you use it.
    """
    page.evaluate(_SOURCE)
    return _found(page, {"type": "tag", "values": _TAGS}, exclude)


def violations_in_both_schemes(page):
    """The same with light colours, then with dark ones, where only rules about colour can answer differently."""
    page.emulate_media(color_scheme="light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(_NEXT_FRAME)
    dark = _found(page, {"type": "rule", "values": _OF_COLOUR}, ())
    return [f"light: {line}" for line in light] + [f"dark: {line}" for line in dark]


def sticks_out(page, widths, problem=TOO_WIDE):
    """Those of `widths` (CSS pixels) at which the page is wider than its window, or at which `problem` is true."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(_NEXT_FRAME)
        if page.evaluate(problem):
            found.append(width)
    return found


def _found(page, only, exclude):
    found = page.evaluate(_RUN, [only, list(exclude)])
    return [f"{entry['id']}: {entry['help']}: {node}" for entry in found for node in entry["nodes"]]
