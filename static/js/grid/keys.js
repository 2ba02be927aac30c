/* Keyboard, pointer and clipboard on the grid: moving, selecting, editing in the cell, copy and paste. */

import { format, parse, place } from "./clipboard.js";
import { asPublished, emptied, shownOf, typed } from "./model.js";
import { activeCell, activeKey, drawKeys, keyAt, nameOf, range, select, selectedKeys } from "./sheet.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 10; // rows that a page key moves

/** `actions`: apply(pairs) gives the number of changed cells, undo, redo, save, say(text name, values), leave. */
export function listen(sheet, actions) {
  const page = { sheet, actions, editing: null, copied: null };
  const { table } = sheet;
  table.addEventListener("keydown", (event) => (page.editing ? editKey(page, event) : moveKey(page, event)));
  table.addEventListener("mousedown", (event) => press(page, event));
  table.addEventListener("dblclick", () => page.editing || edit(page, { replace: false }));
  table.addEventListener("focusin", (event) => {
    const at = placeOf(event.target);
    if (at && !page.editing && (at[0] !== sheet.row || at[1] !== sheet.col)) select(sheet, ...at);
  });
  document.addEventListener("copy", (event) => copy(page, event));
  document.addEventListener("cut", (event) => copy(page, event) && clear(page));
  document.addEventListener("paste", (event) => paste(page, event));
  return { commit: () => page.editing && finish(page, true) };
}

function placeOf(element) {
  const cell = element.closest?.("[data-at]");
  return cell ? cell.dataset.at.split(",").map(Number) : null;
}

/* ---- Moving ---- */

function moveKey(page, event) {
  const { sheet, actions } = page;
  if (!placeOf(event.target) || event.altKey) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && shortcut(page, event)) return event.preventDefault();
  if (event.key === "Tab") return step(page, event);
  const target = destination(sheet, event, control);
  if (target) select(sheet, target[0], target[1], { extend: event.shiftKey && event.key !== "Enter" });
  else if (event.key === "F2") edit(page, { replace: false });
  else if (event.key === "Delete" || event.key === "Backspace") clear(page);
  else if (event.key === "Escape") escape(sheet, actions);
  else if (!control && event.key.length === 1) return edit(page, { replace: true }); // the key itself lands in the field
  else return undefined;
  return event.preventDefault();
}

function shortcut({ sheet, actions }, event) {
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) actions.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) actions.redo();
  else if (key === "s") actions.save();
  else if (key === "backspace") reset(sheet, actions);
  else if (key === "a") {
    select(sheet, 0, 0);
    select(sheet, sheet.height - 1, sheet.width - 1, { extend: true, focus: false });
    actions.say("selected", { count: range(sheet).count });
  } else return false;
  return true;
}

function destination(sheet, event, control) {
  const [row, col] = event.shiftKey ? [sheet.toRow, sheet.toCol] : [sheet.row, sheet.col];
  const [bottom, right] = [sheet.height - 1, sheet.width - 1];
  if (event.key in ARROWS) {
    const [down, across] = ARROWS[event.key];
    return control ? [down ? (down < 0 ? 0 : bottom) : row, across ? (across < 0 ? 0 : right) : col] : [row + down, col + across];
  }
  if (event.key === "Home") return [control ? 0 : row, 0];
  if (event.key === "End") return [control ? bottom : row, right];
  if (event.key === "PageUp" || event.key === "PageDown") return [row + (event.key === "PageUp" ? -PAGE : PAGE), col];
  if (event.key === "Enter" && !control) return [sheet.row + (event.shiftKey ? -1 : 1), sheet.col];
  return null;
}

/** Tab goes to the next cell, over the end of the row; beyond the last cell it leaves the table, as always. */
function step({ sheet }, event) {
  const next = sheet.row * sheet.width + sheet.col + (event.shiftKey ? -1 : 1);
  if (next < 0 || next >= sheet.height * sheet.width) return;
  event.preventDefault();
  select(sheet, Math.floor(next / sheet.width), next % sheet.width);
}

function escape(sheet, actions) {
  if (range(sheet).count > 1) select(sheet, sheet.row, sheet.col);
  else actions.leave();
}

function press(page, event) {
  const at = placeOf(event.target);
  if (!at || event.button || event.target.matches("input")) return;
  if (page.editing) finish(page, true);
  const { sheet } = page;
  const isActive = at[0] === sheet.row && at[1] === sheet.col && document.activeElement === activeCell(sheet);
  event.preventDefault();
  select(sheet, at[0], at[1], { extend: event.shiftKey });
  if (isActive && event.detail === 1 && matchMedia("(pointer: coarse)").matches) edit(page, { replace: false });
  else if (!event.shiftKey) drag(sheet);
}

function drag(sheet) {
  const over = (event) => {
    const at = placeOf(event.target);
    if (at && (at[0] !== sheet.toRow || at[1] !== sheet.toCol)) select(sheet, at[0], at[1], { extend: true });
  };
  document.addEventListener("mouseover", over);
  document.addEventListener("mouseup", () => document.removeEventListener("mouseover", over), { once: true });
}

/* ---- Editing in the cell ---- */

function edit(page, { replace }) {
  const { sheet } = page;
  const key = activeKey(sheet);
  const cell = activeCell(sheet);
  const input = document.createElement("input");
  input.className = "grid-input";
  input.autocomplete = "off";
  input.setAttribute("aria-label", nameOf(sheet, key));
  input.value = replace ? "" : shownOf(sheet.model, key).t;
  cell.replaceChildren(input);
  page.editing = { key, input, isTyping: replace };
  input.addEventListener("blur", () => page.editing?.input === input && finish(page, true, { focus: false }));
  input.focus();
  input.select();
}

function editKey(page, event) {
  const { sheet, editing } = page;
  if (event.isComposing) return undefined;
  const moves = { Enter: [event.shiftKey ? -1 : 1, 0], ...(editing.isTyping && !event.shiftKey ? ARROWS : {}) };
  if (event.key === "Escape") finish(page, false);
  else if (event.key in moves) {
    const [down, across] = moves[event.key];
    finish(page, true);
    select(sheet, sheet.row + down, sheet.col + across);
  } else if (event.key === "Tab") {
    finish(page, true);
    return step(page, event);
  } else if (event.key === "F2") {
    editing.isTyping = false;
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    finish(page, true);
    page.actions.save();
  } else return undefined;
  return event.preventDefault();
}

function finish(page, take, { focus = true } = {}) {
  const { key, input } = page.editing;
  const { sheet } = page;
  page.editing = null;
  if (take) page.actions.apply([[key, input.value.trim() ? typed(sheet.model, key, input.value) : cleared(sheet, key)]]);
  drawKeys(sheet, [key]);
  if (focus) activeCell(sheet).focus({ preventScroll: true });
}

function cleared(sheet, key) {
  return shownOf(sheet.model, key).t ? emptied(sheet.model, key) : shownOf(sheet.model, key);
}

function clear({ sheet, actions }) {
  const count = actions.apply(selectedKeys(sheet).map((key) => [key, cleared(sheet, key)]));
  if (count) actions.say("emptied", { count });
}

/** Back to what is published, for all selected cells. */
export function reset(sheet, actions) {
  const count = actions.apply(selectedKeys(sheet).map((key) => [key, asPublished(sheet.model, key)]));
  actions.say("reset", { count });
}

/* ---- Clipboard ---- */

function isInGrid(page) {
  return !page.editing && page.sheet.table.contains(document.activeElement);
}

function copy(page, event) {
  if (!isInGrid(page)) return false;
  const { sheet } = page;
  const { top, bottom, left, right } = range(sheet);
  const states = [];
  for (let row = top; row <= bottom; row += 1) {
    states.push([]);
    for (let col = left; col <= right; col += 1) states[row - top].push(shownOf(sheet.model, keyAt(sheet, row, col)));
  }
  const text = format(states.map((row) => row.map((state) => state.t)));
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
  page.copied = { text, states }; // signs like "." mean several statuses: within the grid the status travels along
  page.actions.say("copied", { count: range(sheet).count });
  return true;
}

function paste(page, event) {
  if (!isInGrid(page)) return;
  event.preventDefault();
  const { sheet, actions } = page;
  const text = event.clipboardData.getData("text/plain");
  if (!text) return;
  const own = page.copied && page.copied.text === text.replace(/\r\n/g, "\n") ? page.copied.states : null;
  const { targets, cut } = place(parse(text), range(sheet), sheet.height, sheet.width);
  const pairs = targets.map(({ row, col, text: pasted, from }) => {
    const key = keyAt(sheet, row, col);
    const state = own?.[from[0]]?.[from[1]];
    if (state && !state.a && state.s !== "joint") return [key, { ...shownOf(sheet.model, key), t: state.t, s: state.s, a: false }];
    return [key, pasted ? typed(sheet.model, key, pasted) : cleared(sheet, key)];
  });
  actions.apply(pairs);
  if (pairs.length) extendTo(sheet, targets);
  actions.say(cut ? "pastedCut" : "pasted", { count: pairs.length, cut });
}

function extendTo(sheet, targets) {
  const first = targets[0];
  const last = targets[targets.length - 1];
  const right = Math.max(...targets.map(({ col }) => col));
  const isThere = sheet.row === first.row && sheet.col === first.col;
  select(sheet, first.row, first.col, { focus: !isThere });
  if (targets.length > 1) select(sheet, last.row, right, { extend: true, focus: false });
}
