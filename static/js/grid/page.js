/* What all parts of the grid's page share: finding its elements, telling, showing after a change. */

import { showPanel } from "./panel.js";
import { byCell, showRemarks, toldCounts } from "./remarks.js";
import { drawKeys, positionOf, select, setRemarks } from "./sheet.js";
import { fill } from "./words.js";

export const find = (name) => document.querySelector(`[data-${name}]`);

/** What explains the changes. */
export function note() {
  return find("note").value;
}

/** Tells screen readers. */
export function announce(text) {
  find("announce").textContent = text;
}

/** What saving has to tell, beside its button. */
export function tell(text) {
  find("save-state").textContent = text;
}

/** Why a request has failed, in words. */
export function problemText(page, status, body) {
  if (status === 0) return page.texts.failed;
  if (status === 401 || (status === 403 && !body.message)) return page.texts.loggedOut;
  return body.message || page.texts.refused;
}

/* ---- Showing ---- */

/** After a change: cells, panel, tools; keeps the work in the browser and asks for a check. */
export function refresh(page, keys, { check = true } = {}) {
  const { model, sheet, texts } = page;
  drawKeys(sheet, keys);
  showPanel(page.panel);
  const count = model.mine.size;
  find("tool='undo'").disabled = !model.done.length;
  find("tool='redo'").disabled = !model.undone.length;
  find("save").disabled = !count || page.isSaving || page.conflicts.size > 0;
  find("state").textContent = count ? fill(texts.changed, { count }) : texts.unchanged;
  find("state").classList.toggle("is-dirty", count > 0);
  if (keys.length) page.store.soon(model, note);
  if (keys.length && check) page.checker.soon();
}

export function setChecked(page, remarks) {
  page.remarks = remarks;
  setRemarks(page.sheet, byCell(remarks));
  showRemarks(find("remarks"), remarks, page.sheet, (key) => go(page, key));
  showPanel(page.panel);
  find("check-state").textContent = page.model.mine.size ? toldCounts(remarks, page.texts) : page.texts.unchanged;
}

function go(page, key) {
  const at = positionOf(page.sheet, key);
  if (at) select(page.sheet, at.row, at.col);
}
