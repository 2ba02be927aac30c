/* Lists beside the grid: remarks of the checks, and conflicts with what somebody else has saved. */

import { keyOf, shownOf } from "./model.js";
import { nameOf } from "./sheet.js";
import { fill } from "./words.js";

const LISTED = 20; // remarks in the list; all of them are marked in the cells

/** Remarks by cell. */
export function byCell(remarks) {
  const found = new Map();
  for (const remark of remarks) {
    if (!remark.area) continue;
    const key = keyOf(remark.area, remark.period);
    found.set(key, [...(found.get(key) || []), remark]);
  }
  return found;
}

export function countKinds(remarks) {
  const count = (kind) => remarks.filter((remark) => remark.kind === kind).length;
  return { errors: count("error"), warnings: count("warning"), notes: count("note") };
}

/** "2 Fehler, 1 Warnung": only what there is. */
export function toldCounts(remarks, texts) {
  const counts = Object.entries(countKinds(remarks)).filter(([, count]) => count);
  const parts = counts.map(([kind, count]) => fill(texts[kind], { count }));
  return parts.join(", ") || texts.clean;
}

export function showRemarks(list, remarks, sheet, go) {
  const { texts } = sheet;
  const order = ["error", "warning", "note"];
  const sorted = [...remarks].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const rows = sorted.slice(0, LISTED).map((remark) => {
    const row = element("li", "", `grid-remark grid-remark--${remark.kind}`);
    row.append(element("strong", texts[remark.kind]), " ");
    const key = remark.area && keyOf(remark.area, remark.period);
    const place = key ? nameOf(sheet, key) : `${remark.period}, ${texts.column}`;
    row.append(key ? button(place, () => go(key), "grid-link") : element("span", place), `: ${remark.text}`);
    return row;
  });
  if (remarks.length > LISTED) rows.push(element("li", fill(texts.more, { count: remarks.length - LISTED })));
  list.replaceChildren(...rows);
}

/** One row per conflict with both values and a choice; `settle(key, keep)` is called for each. */
export function showConflicts(section, conflicts, sheet, settle) {
  const { texts, model } = sheet;
  const body = section.querySelector("[data-conflict-rows]");
  section.hidden = !conflicts.size;
  section.querySelector("[data-conflicts-text]").textContent = fill(texts.conflict, { count: conflicts.size });
  const rows = [...conflicts].map(([key, theirs]) => {
    const row = document.createElement("tr");
    const name = element("th", nameOf(sheet, key));
    name.scope = "row";
    const choice = document.createElement("td");
    const group = element("div", "", "row");
    const named = (label, keep) => {
      const made = button(label, () => settle(key, keep), "button");
      made.setAttribute("aria-label", `${label}: ${nameOf(sheet, key)}`);
      return made;
    };
    group.append(named(texts.keepMine, true), named(texts.takeTheirs, false));
    choice.append(group);
    row.append(name, told(texts.mine, shownOf(model, key), texts), told(texts.theirs, { t: "", ...theirs }, texts), choice);
    row.setAttribute("role", "row"); // phones show the rows as blocks: they stay rows for screen readers
    [...row.cells].forEach((cell) => cell.setAttribute("role", cell === name ? "rowheader" : "cell"));
    return row;
  });
  body.replaceChildren(...rows);
}

function told(label, state, texts) {
  const cell = element("td", state.t || texts.empty, "num");
  const who = state.e || "";
  cell.dataset.label = label;
  if (state.c) cell.append(document.createElement("br"), element("small", `„${state.c}“`));
  if (who) cell.append(document.createElement("br"), element("small", who));
  return cell;
}

function button(label, onClick, className) {
  const made = element("button", label, className);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
