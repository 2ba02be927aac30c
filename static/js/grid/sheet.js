/* The table as an ARIA grid: which cell is active, which are selected, what each one shows. */

import { differenceOf, keyOf, publishedOf, shownOf } from "./model.js";

const SIGNS = { error: "!", warning: "?", note: "i" };

export function createSheet({ table, model, texts, onSelect }) {
  const { areas, periods } = model.data;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
  const sheet = { table, model, texts, rows, onSelect, row: 0, col: 0, toRow: 0, toCol: 0, marked: new Set(), remarks: new Map() };
  sheet.rowOf = new Map(areas.map(([code], row) => [code, row]));
  sheet.colOf = new Map(periods.map(([code], col) => [code, col]));
  sheet.height = areas.length;
  sheet.width = periods.length;
  table.style.width = `max(100%, calc(var(--name) + ${periods.length} * var(--column)))`;
  table.setAttribute("role", "grid");
  table.setAttribute("aria-multiselectable", "true");
  table.setAttribute("aria-rowcount", String(areas.length + 1));
  table.setAttribute("aria-colcount", String(periods.length + 1));
  rows.forEach((cells, row) =>
    cells.forEach((cell, col) => {
      cell.tabIndex = -1;
      cell.dataset.at = `${row},${col}`;
      cell.setAttribute("role", "gridcell");
      draw(sheet, row, col);
    }),
  );
  if (sheet.height && sheet.width) select(sheet, 0, 0, { focus: false });
  return sheet;
}

export function keyAt(sheet, row, col) {
  return keyOf(sheet.model.data.areas[row][0], sheet.model.data.periods[col][0]);
}

export function activeKey(sheet) {
  return keyAt(sheet, sheet.row, sheet.col);
}

export function activeCell(sheet) {
  return sheet.rows[sheet.row][sheet.col];
}

/** Position of a cell; null for one that the table does not have. */
export function positionOf(sheet, key) {
  const [area, period] = key.split("|");
  const row = sheet.rowOf.get(area);
  const col = sheet.colOf.get(period);
  return row === undefined || col === undefined ? null : { row, col };
}

export function nameOf(sheet, key) {
  const at = positionOf(sheet, key);
  if (!at) return key;
  const [code, name] = sheet.model.data.areas[at.row];
  return `${code} ${name}, ${sheet.model.data.periods[at.col][1]}`;
}

/* ---- Selecting ---- */

/** Makes a cell the active one; with `extend` the selection reaches from the active cell to it. */
export function select(sheet, row, col, { extend = false, focus = true } = {}) {
  const toRow = Math.min(Math.max(row, 0), sheet.height - 1);
  const toCol = Math.min(Math.max(col, 0), sheet.width - 1);
  const before = activeCell(sheet);
  if (!extend) Object.assign(sheet, { row: toRow, col: toCol });
  Object.assign(sheet, { toRow, toCol });
  if (before !== activeCell(sheet) || before.tabIndex) {
    before.tabIndex = -1; // touching it on the focused cell makes browsers lay out the page at once
    activeCell(sheet).tabIndex = 0;
  }
  mark(sheet);
  const target = extend ? sheet.rows[toRow][toCol] : activeCell(sheet);
  if (focus) {
    if (!extend) target.focus({ preventScroll: true });
    reveal(target);
  }
  sheet.onSelect(sheet);
}

/** The selected rectangle. */
export function range(sheet) {
  const [top, bottom] = [sheet.row, sheet.toRow].sort((a, b) => a - b);
  const [left, right] = [sheet.col, sheet.toCol].sort((a, b) => a - b);
  return { top, bottom, left, right, count: (bottom - top + 1) * (right - left + 1) };
}

export function selectedKeys(sheet) {
  const { top, bottom, left, right } = range(sheet);
  const keys = [];
  for (let row = top; row <= bottom; row += 1) for (let col = left; col <= right; col += 1) keys.push(keyAt(sheet, row, col));
  return keys;
}

function mark(sheet) {
  const { top, bottom, left, right } = range(sheet);
  const marked = new Set(sheet.rows.slice(top, bottom + 1).flatMap((cells) => cells.slice(left, right + 1)));
  for (const cell of sheet.marked) if (!marked.has(cell)) cell.removeAttribute("aria-selected");
  for (const cell of marked) if (!sheet.marked.has(cell)) cell.setAttribute("aria-selected", "true");
  sheet.marked = marked;
}

/** Scrolls the frame, so that the cell is not below the sticky head or first column. */
function reveal(cell) {
  const frame = cell.closest("[data-grid-frame]");
  const head = frame.querySelector("thead th").getBoundingClientRect();
  const view = frame.getBoundingClientRect();
  const box = cell.getBoundingClientRect();
  const scroll = (low, high, from, to) => (low < from ? low - from : high > to ? Math.min(high - to, low - from) : 0);
  const bar = frame.offsetHeight - frame.clientHeight;
  frame.scrollTop += scroll(box.top, box.bottom, view.top + head.height, view.bottom - bar - 2);
  frame.scrollLeft += scroll(box.left, box.right, view.left + head.width, view.right - 2);
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/* ---- Drawing ---- */

/** Remarks by cell; draws the cells whose remarks came or went. */
export function setRemarks(sheet, remarks) {
  const touched = new Set([...sheet.remarks.keys(), ...remarks.keys()]);
  sheet.remarks = remarks;
  drawKeys(sheet, touched);
}

export function drawKeys(sheet, keys) {
  for (const key of keys) {
    const at = positionOf(sheet, key);
    if (at) draw(sheet, at.row, at.col);
  }
}

function draw(sheet, row, col) {
  const { model, texts } = sheet;
  const key = keyAt(sheet, row, col);
  const cell = sheet.rows[row][col];
  const shown = shownOf(model, key);
  const stored = model.stored.get(key);
  const kind = worst(sheet.remarks.get(key));
  const isMine = model.mine.has(key);
  const difference = differenceOf(model, key);
  const parts = [];
  if (kind) parts.push(part("grid-sign", SIGNS[kind]), part("visually-hidden", `${texts[kind]}: `));
  parts.push(part("grid-value", shown.t || ""));
  if (shown.s === "joint") parts.push(part("grid-joint", " J"));
  if (difference) parts.push(part("grid-was", told(texts, difference, publishedOf(model, key))));
  else if (!shown.t && stored?.f) parts.push(part("grid-was grid-was--computed", texts.computed.replace("{text}", stored.f)));
  if (shown.c) parts.push(part("visually-hidden", `, ${texts.hasComment}`));
  if (isMine) parts.push(part("visually-hidden", `, ${texts.unsaved}`));
  cell.replaceChildren(...parts);
  const marks = [isMine && "is-mine", difference && "is-changed", shown.c && "has-comment", kind && `is-${kind}`];
  cell.className = marks.filter(Boolean).join(" ");
  if (kind === "error") cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
}

function told(texts, difference, published) {
  if (difference === "new") return texts.wasEmpty;
  return difference === "details" ? texts.details : texts.was.replace("{text}", published.t);
}

function worst(remarks) {
  return remarks && ["error", "warning", "note"].find((kind) => remarks.some((remark) => remark.kind === kind));
}

function part(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}
