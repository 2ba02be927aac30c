/* The grid: brings table, panel, checks, saving and what is kept in the browser together. */

import { listen, reset } from "./keys.js";
import { baseOf, change, createModel, isSame, payload, redo, settle, takeRead, takeStored, undo } from "./model.js";
import { createPanel, showPanel } from "./panel.js";
import { byCell, countKinds, showConflicts, showRemarks } from "./remarks.js";
import { createChecker, post } from "./server.js";
import { activeCell, createSheet, drawKeys, positionOf, select, setRemarks } from "./sheet.js";
import { createStore } from "./store.js";

const find = (name) => document.querySelector(`[data-${name}]`);

start();

function start() {
  const script = document.getElementById("grid-data");
  const table = find("grid");
  if (!script || !table || !table.tBodies[0].rows.length) return;
  const data = JSON.parse(script.textContent);
  if (!data.periods.length) return;
  const { texts } = data;
  const model = createModel(data);
  const page = { data, texts, model, store: createStore(data.store), conflicts: new Map(), remarks: [], isSaving: false };
  const actions = actionsOf(page);
  page.sheet = createSheet({ table, model, texts, onSelect: () => page.panel && showPanel(page.panel) });
  page.panel = createPanel(find("panel"), page.sheet, actions);
  page.grid = listen(page.sheet, actions);
  page.checker = createChecker({
    url: data.check,
    cookie: data.cookie,
    cellsOf: () => ({ cells: payload(model), sent: new Map(model.mine) }),
    onStart: (count) => checking(page, count),
    onAnswer: (answer, sent) => checked(page, answer, sent),
  });
  wire(page, actions);
  ["tools", "save-section"].forEach((name) => (find(name).hidden = false));
  refresh(page, []);
  offerKept(page);
}

function actionsOf(page) {
  const { model } = page;
  const say = (name, values = {}) => announce(page, fill(page.texts[name], values));
  const moved = (keys, done, nothing) => {
    if (keys.length) refresh(page, keys);
    say(keys.length ? done : nothing, { count: keys.length });
  };
  return {
    say,
    apply(pairs) {
      const keys = change(model, pairs);
      if (keys.length) refresh(page, keys);
      return keys.length;
    },
    undo: () => moved(undo(model), "undone", "nothingToUndo"),
    redo: () => moved(redo(model), "redone", "nothingToRedo"),
    save: () => save(page),
    reset: () => reset(page.sheet, page.actions),
    leave() {
      find("panel-heading").focus();
      say("left");
    },
    enter: () => activeCell(page.sheet).focus(),
  };
}

function wire(page, actions) {
  page.actions = actions;
  find("tool='undo'").addEventListener("click", actions.undo);
  find("tool='redo'").addEventListener("click", actions.redo);
  find("save").addEventListener("click", actions.save);
  find("note").addEventListener("input", () => page.store.soon(page.model, note));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && !event.defaultPrevented) {
      event.preventDefault();
      actions.save();
    }
  });
  find("add-column").addEventListener("submit", () => {
    page.isLeaving = true;
    page.store.now(page.model, note());
    page.store.carryOver();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!page.model.mine.size || page.isLeaving) return;
    page.store.now(page.model, note());
    event.preventDefault();
  });
}

function note() {
  return find("note").value;
}

function fill(text, values) {
  return Object.entries(values).reduce((done, [name, value]) => done.replace(`{${name}}`, value), text);
}

function announce(page, text) {
  find("announce").textContent = text;
}

/* ---- Showing ---- */

/** After a change: cells, panel, tools; keeps the work in the browser and asks for a check. */
function refresh(page, keys, { check = true } = {}) {
  const { model, sheet, texts } = page;
  drawKeys(sheet, keys);
  showPanel(page.panel);
  const count = model.mine.size;
  find("tool='undo'").disabled = !model.done.length;
  find("tool='redo'").disabled = !model.undone.length;
  find("save").disabled = !count || page.isSaving || page.conflicts.size > 0;
  const text = count === 1 ? texts.changedOne : fill(texts.changed, { count });
  find("state").textContent = count ? text : texts.unchanged;
  find("state").classList.toggle("is-dirty", count > 0);
  if (keys.length) page.store.soon(model, note);
  if (keys.length && check) page.checker.soon();
}

function setChecked(page, remarks) {
  page.remarks = remarks;
  setRemarks(page.sheet, byCell(remarks));
  showRemarks(find("remarks"), remarks, page.sheet, (key) => go(page, key));
  showPanel(page.panel);
  const text = remarks.length ? fill(page.texts.counted, countKinds(remarks)) : page.texts.clean;
  find("check-state").textContent = page.model.mine.size ? text : page.texts.unchanged;
}

function go(page, key) {
  const at = positionOf(page.sheet, key);
  if (at) select(page.sheet, at.row, at.col);
}

/* ---- Checking ---- */

function checking(page, count) {
  if (count) find("check-state").textContent = page.texts.checking;
  else setChecked(page, []);
}

function checked(page, { status, body }, sent) {
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
    announce(page, body.remarks.length ? fill(page.texts.counted, countKinds(body.remarks)) : page.texts.clean);
  }
  if (Object.keys(body.stale).length) conflict(page, body.stale);
}

function problemText(page, status, body) {
  if (status === 0) return page.texts.failed;
  if (status === 401 || (status === 403 && !body.message)) return page.texts.loggedOut;
  return body.message || page.texts.refused;
}

/* ---- Saving ---- */

async function save(page) {
  page.grid.commit();
  if (!page.model.mine.size || page.isSaving || page.conflicts.size) return;
  page.isSaving = true;
  page.checker.stop();
  refresh(page, []);
  tell(page, page.texts.saving);
  page.store.now(page.model, note());
  const sent = new Map(page.model.mine);
  const { status, body } = await post(page.data.save, page.data.cookie, { cells: payload(page.model), note: note() });
  page.isSaving = false;
  if (status === 200) saved(page, body, sent);
  else if (status === 409 && body.conflicts) conflict(page, body.conflicts);
  else if (status === 422) refused(page, body);
  else tell(page, problemText(page, status, body));
  refresh(page, []);
}

function saved(page, body, sent) {
  const keys = takeStored(page.model, body.cells, sent);
  if (!page.model.mine.size) find("note").value = "";
  page.store.now(page.model, note());
  setChecked(page, []);
  refresh(page, keys, { check: page.model.mine.size > 0 });
  tell(page, body.message);
}

function refused(page, body) {
  setChecked(page, body.remarks);
  tell(page, body.message);
  if (body.needs_note) find("note").focus();
}

function tell(page, text) {
  find("save-state").textContent = text;
}

/* ---- Conflicts ---- */

function conflict(page, theirs) {
  const isNew = !page.conflicts.size;
  for (const [key, cell] of Object.entries(theirs)) if (page.model.mine.has(key)) agreeOrKeep(page, key, cell);
  showConflictRows(page);
  refresh(page, Object.keys(theirs), { check: false });
  if (!page.conflicts.size) return page.checker.soon();
  tell(page, fill(page.texts.conflict, { count: page.conflicts.size }));
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
    tell(page, page.model.mine.size ? page.texts.resolved : "");
    return find(page.model.mine.size ? "save" : "panel-heading").focus();
  });
}

/* ---- What an earlier visit left ---- */

function offerKept(page) {
  const kept = page.store.read();
  const carried = page.store.isCarriedOver();
  if (!kept) return;
  if (carried) return restore(page, kept);
  const time = new Date(kept.at).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short" });
  find("kept-text").textContent = fill(page.texts.kept, { time, count: kept.cells.length });
  find("kept").hidden = false;
  find("kept-restore").addEventListener("click", () => restore(page, kept));
  find("kept-discard").addEventListener("click", () => {
    page.store.clear();
    find("kept").hidden = true;
  });
}

/** Puts kept changes back, with what was seen then: what others changed since shows as a conflict. */
function restore(page, kept) {
  find("kept").hidden = true;
  const missing = new Set(kept.cells.filter(([key]) => !positionOf(page.sheet, key)).map(([key]) => key.split("|")[1]));
  if (missing.size && !location.search.includes("neu=")) {
    page.isLeaving = true;
    page.store.carryOver();
    location.assign(`${location.pathname}${location.search}&neu=${[...missing].join(",")}`);
    return;
  }
  const cells = kept.cells.filter(([key]) => positionOf(page.sheet, key));
  const keys = change(page.model, cells.map(([key, state]) => [key, state]));
  cells.forEach(([key, , seen]) => page.model.mine.has(key) && page.model.seen.set(key, seen));
  find("note").value = kept.note || "";
  refresh(page, keys);
  announce(page, fill(page.texts.restored, { count: keys.length }));
}
