/* Checking and saving: answers of the server become marks, messages, or conflicts to settle. */

import { baseOf, isSame, payload, settle, takeRead, takeStored } from "./model.js";
import { announce, find, note, problemText, refresh, setChecked, tell } from "./page.js";
import { countKinds, showConflicts, toldCounts } from "./remarks.js";
import { post } from "./server.js";
import { fill } from "./words.js";

/* ---- Checking ---- */

export function checking(page, count) {
  if (count) find("check-state").textContent = page.texts.checking;
  else setChecked(page, []);
}

export function checked(page, { status, body }, sent) {
  if (status !== 200) {
    find("check-state").textContent = problemText(page, status, body);
    return;
  }
  const { errors, warnings } = countKinds(body.remarks);
  const before = countKinds(page.remarks);
  const read = takeRead(page.model, body.cells, sent);
  refresh(page, read, { check: false });
  setChecked(page, body.remarks);
  if (errors !== before.errors || warnings !== before.warnings) {
    announce(toldCounts(body.remarks, page.texts));
  }
  if (Object.keys(body.stale).length) conflict(page, body.stale);
}

/* ---- Saving ---- */

export async function save(page) {
  page.grid.commit();
  if (!page.model.mine.size || page.isSaving || page.conflicts.size) return;
  page.isSaving = true;
  page.checker.stop();
  refresh(page, []);
  tell(page.texts.saving);
  page.store.now(page.model, note());
  const sent = new Map(page.model.mine);
  const { status, body } = await post(page.data.save, page.data.cookie, { cells: payload(page.model), note: note() });
  page.isSaving = false;
  if (status === 200) saved(page, body, sent);
  else if (status === 409 && body.conflicts) conflict(page, body.conflicts);
  else if (status === 422) refused(page, body);
  else tell(problemText(page, status, body));
  refresh(page, []);
}

function saved(page, body, sent) {
  const keys = takeStored(page.model, body.cells, sent);
  if (!page.model.mine.size) find("note").value = "";
  page.store.now(page.model, note());
  setChecked(page, []);
  refresh(page, keys, { check: page.model.mine.size > 0 });
  tell(body.message);
}

function refused(page, body) {
  setChecked(page, body.remarks);
  tell(body.message);
  if (body.needs_note) find("note").focus();
}

/* ---- Conflicts ---- */

function conflict(page, theirs) {
  const isNew = !page.conflicts.size;
  for (const [key, cell] of Object.entries(theirs)) if (page.model.mine.has(key)) agreeOrKeep(page, key, cell);
  showConflictRows(page);
  refresh(page, Object.keys(theirs), { check: false });
  if (!page.conflicts.size) return page.checker.soon();
  tell(fill(page.texts.conflict, { count: page.conflicts.size }));
  if (isNew && !page.sheet.table.querySelector("input")) find("conflicts").focus();
  return undefined;
}

/** When both typed the same there is nothing to choose. */
function agreeOrKeep(page, key, cell) {
  page.model.stored.set(key, cell);
  if (isSame(page.model.mine.get(key), baseOf(page.model, key))) settle(page.model, key, cell, false);
  else page.conflicts.set(key, cell);
}

function showConflictRows(page) {
  showConflicts(find("conflicts"), page.conflicts, page.sheet, (key, keep) => {
    settle(page.model, key, page.conflicts.get(key), keep);
    page.conflicts.delete(key);
    showConflictRows(page);
    refresh(page, [key]);
    if (page.conflicts.size) return find("conflict-rows").querySelector("button").focus();
    tell(page.model.mine.size ? page.texts.resolved : "");
    return find(page.model.mine.size ? "save" : "panel-heading").focus();
  });
}
