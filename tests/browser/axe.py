"""Run axe-core in a page; kept in tests/browser/vendor with its licence, never served to readers."""

from pathlib import Path

_SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async ([tags, exclude]) => {
  const context = exclude.length ? {exclude: exclude.map(selector => [selector])} : document;
  const result = await axe.run(context, {runOnly: {type: "tag", values: tags}});
  const describe = node => node.target.join(" ") + ": " + node.failureSummary;
  return result.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(describe)}));
}"""


def violations(page, exclude=()):
    """Violations of WCAG 2.0 to 2.2 (A, AA) and best practice on `page`, as readable lines; an empty list is good.

    `page.evaluate` is not subject to the page's content security policy, so the policy stays in force.
    `exclude` are CSS selectors left out; name the reason where you use it.
    """
    page.evaluate(_SOURCE)
    found = page.evaluate(_RUN, [_TAGS, list(exclude)])
    return [f"{entry['id']}: {entry['help']}: {node}" for entry in found for node in entry["nodes"]]
