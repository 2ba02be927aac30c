/* The grid: brings table, panel, checks, saving and what is kept in the browser together. */

import { offerKept } from "./kept.js";
import { listen, reset } from "./keys.js";
import { change, createModel, payload, redo, undo } from "./model.js";
import { announce, find, note, refresh } from "./page.js";
import { createPanel, showPanel } from "./panel.js";
import { checked, checking, save } from "./saving.js";
import { createChecker } from "./server.js";
import { activeCell, createSheet } from "./sheet.js";
import { createStore } from "./store.js";
import { fill } from "./words.js";

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
  const say = (name, values = {}) => announce(fill(page.texts[name], values));
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
