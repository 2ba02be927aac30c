/* The map page: keeps one state, writes it into the address, and lets map and panels follow.
   Without this script the page works by links and the form. */

import { createLayer, describe } from "./layer.js";
import { areaAt, decode, fill, queryOf, viewOf } from "./model.js";
import { addressRows, showChosen, showPanels, showRow } from "./panels.js";

const STEP = 1100; // milliseconds per period while playing
const AFTER = 120; // milliseconds from a change to the address: writing it costs more than drawing, and browsers limit how often

start();

function start() {
  const script = document.getElementById("map-data");
  const container = document.getElementById("map");
  if (!script || !container || !window.L) return;
  const data = JSON.parse(script.textContent);
  const page = { data, state: { ...data.state }, files: new Map(), names: new Map(), timer: 0, turn: 0, address: 0 };
  const on = { choose: (code) => change(page, { area: code }), point: (code) => point(page, code) };
  load(page, data)
    .then(([shape, figures]) => {
      page.layer = createLayer({ container, texts: data.texts, on });
      document.querySelectorAll("[data-tools], [data-readout]").forEach((part) => (part.hidden = false));
      take(page, data, shape, figures);
      listen(page);
      history.replaceState(page.state, "");
    })
    .catch((problem) => fail(page, problem));
}

function fail(page, problem) {
  document.querySelector("[data-message]").textContent = page.data.texts.failed;
  console.warn(problem);
}

/* ---- Files ---- */

/** Boundaries (decoded) and figures of the page's level; both are kept, a published file never changes. */
function load(page, data) {
  const { level } = data.state;
  return Promise.all([file(page, data.boundaries[level], decode), file(page, data.figures[level], (figures) => figures)]);
}

function file(page, path, read) {
  if (!page.files.has(path)) {
    const answer = fetch(path).then((response) => {
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return response.json();
    });
    page.files.set(path, answer.then(read));
    page.files.get(path).catch(() => page.files.delete(path));
  }
  return page.files.get(path);
}

/* ---- Showing ---- */

/** Makes the data of a page (this one's or a fetched one's) the current ones and draws everything. */
function take(page, data, shape, figures) {
  const isNewLevel = page.shape !== shape;
  Object.assign(page, { data, shape, figures, state: { ...data.state } });
  page.names = new Map(shape.areas.map((area) => [area.code, area.name]));
  page.names.parentOf = (code) => shape.byCode.get(code)?.parent;
  if (isNewLevel) page.layer.draw(shape, page.names);
  show(page);
  page.layer.choose(page.state.area);
  page.layer.showPlan(planOf(page));
  showTools(page);
  addressRows(page.state);
  syncLinks(page);
  showRow(page.state.area);
  announce(page);
}

/* What readers of the screen cannot hear otherwise: the sentence above the map has changed. Silent at first and while playing. */
function announce(page) {
  const summary = document.querySelector("[data-slot=summary]").textContent.trim();
  if (page.timer || summary === page.said) return;
  if (page.said !== undefined) document.querySelector("[data-announcement]").textContent = summary;
  page.said = summary;
}

function planOf(page) {
  return new Set(page.state.plan ? page.data.plan : []);
}

function show(page) {
  const { data, state, names } = page;
  page.view = viewOf(data, page.figures, state);
  document.getElementById("map").className = document.getElementById("map").className.replace(/ ?scale-\d/, "") + ` scale-${page.view.classes}`;
  const labelOf = (row) => describe(row, (code) => names.get(code) ?? code, page.view, data.texts, data.indicator.unitLong);
  const period = state.compare ? fill(data.texts.legendChange, { earlier: state.compare, later: state.period }) : data.indicator.periodLabels[state.period];
  page.layer.paint(page.view, labelOf, fill(data.texts.mapLabel, { indicator: data.indicator.name, level: data.level.plural, period }));
  showPanels(page.view, data, names);
  syncControls(page);
}

function point(page, code) {
  page.layer.point(code);
  const shown = code || page.state.area;
  const row = page.view.byCode.get(shown);
  const text = row ? describe(row, (other) => page.names.get(other) ?? other, page.view, page.data.texts, page.data.indicator.unitLong) : "";
  document.querySelector("[data-readout]").textContent = text;
}

/* ---- State ---- */

/** A change that needs nothing new: year, comparison, classes, selection, action areas, order of the table. */
function change(page, changes) {
  const next = possible(page, { ...page.state, ...changes });
  const names = Object.keys(next).filter((name) => next[name] !== page.state[name]);
  if (!names.length) return;
  const { periodLabels } = page.data.indicator;
  document.title = document.title.replace(periodLabels[page.state.period], periodLabels[next.period]);
  page.state = next;
  if (names.length === 1 && names[0] === "area") {
    page.view.state = next;
    showChosen(page.view, page.data, page.names);
  } else show(page);
  if (names.includes("area")) page.layer.choose(next.area);
  if (names.includes("plan")) page.layer.showPlan(planOf(page));
  point(page, "");
  announce(page);
  document.querySelector("[data-message]").textContent = "";
  clearTimeout(page.address);
  page.address = setTimeout(() => writeAddress(page), AFTER);
}

/* The address and all links that lead on from this state. */
function writeAddress(page) {
  clearTimeout(page.address);
  page.address = 0;
  history.replaceState(page.state, "", addressOf(page.state));
  addressRows(page.state);
  syncLinks(page);
}

/* A comparison that the figures do not allow is given up, as on the server. */
function possible(page, state) {
  return state.compare && !(`${state.compare}-${state.period}` in page.figures.change) ? { ...state, compare: "" } : state;
}

function addressOf(state) {
  return `${location.pathname}?${queryOf(state)}`;
}

/** A change to another indicator or level: fetches that page, takes its parts and data, keeps the focus. */
async function go(page, address, { isBack = false } = {}) {
  const turn = ++page.turn;
  stop(page);
  if (page.address) writeAddress(page);
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const fetched = new DOMParser().parseFromString(await response.text(), "text/html");
    const data = JSON.parse(fetched.getElementById("map-data").textContent);
    const [shape, figures] = await load(page, data);
    if (turn !== page.turn) return;
    swap(fetched);
    take(page, data, shape, figures);
    if (isBack) history.replaceState(page.state, "");
    else history.pushState(page.state, "", addressOf(page.state));
    document.querySelector("[data-message]").textContent = "";
  } catch (problem) {
    if (turn !== page.turn) return;
    syncControls(page);
    fail(page, problem);
  }
}

function swap(fetched) {
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-swap]")) {
    const fresh = fetched.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  document.title = fetched.title;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/* ---- Controls ---- */

function listen(page) {
  const form = document.querySelector("[data-controls]");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => controlChanged(page, event.target));
  form.addEventListener("input", (event) => event.target.matches("[data-slider]") && slide(page, event.target));
  form.addEventListener("click", (event) => event.target.matches("[data-play]") && (page.timer ? stop(page) : play(page)));
  document.querySelector("[data-map-root]").addEventListener("click", (event) => clicked(page, event));
  document.querySelector("[data-swap=table]").addEventListener("mouseover", (event) => point(page, event.target.closest("tr[data-code]")?.dataset.code ?? ""));
  document.querySelector("[data-swap=table]").addEventListener("mouseleave", () => point(page, ""));
  page.layer.onZoom(() => showTools(page));
  addEventListener("popstate", (event) => back(page, event.state));
}

function controlChanged(page, control) {
  const { name, value } = control;
  const fields = { zeit: "period", vergleich: "compare", klassen: "method" };
  if (name === "indikator") go(page, addressOf({ ...page.state, indicator: value }));
  else if (name === "ebene") go(page, addressOf({ ...page.state, level: value, area: "" }));
  else if (name === "plan") change(page, { plan: control.checked });
  else if (name === "anzahl") change(page, { count: Number(value) });
  else if (name in fields) {
    if (name === "zeit") stop(page);
    change(page, { [fields[name]]: value });
  }
}

function clicked(page, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-code], a[data-sort]");
  const tool = event.target.closest("[data-tool]")?.dataset.tool;
  if (tool) useTool(page, tool);
  if (event.target.closest("[data-to-map]")) {
    event.preventDefault();
    page.layer.focus();
  }
  if (!link) return;
  event.preventDefault();
  if (link.dataset.sort) change(page, { sorting: link.dataset.sort });
  else change(page, { area: link.dataset.code === page.state.area ? "" : link.dataset.code });
}

function back(page, state) {
  clearTimeout(page.address);
  page.address = 0;
  if (!state) return;
  if (state.indicator !== page.state.indicator || state.level !== page.state.level || state.release !== page.state.release) go(page, addressOf(state), { isBack: true });
  else change(page, state);
}

/* Fields show the state, whoever changed it. */
function syncControls(page) {
  const { state, figures } = page;
  const form = document.querySelector("[data-controls]");
  const values = { indikator: state.indicator, zeit: state.period, klassen: state.method, anzahl: String(state.count) };
  for (const field of form.elements) {
    if (field.type === "radio") field.checked = field.value === { ebene: state.level, zeit: state.period }[field.name];
    else if (field.type === "checkbox") field.checked = state.plan;
    else if (field.matches("select") && field.name in values) field.value = values[field.name];
  }
  syncComparison(form.elements.vergleich, page);
  form.elements.klassen.disabled = Boolean(state.compare);
  form.elements.anzahl.disabled = Boolean(state.compare) || state.method === "eigene";
  const slider = form.querySelector("[data-slider]");
  if (!slider) return;
  slider.closest("[data-time]").hidden = false;
  slider.max = String(figures.periods.length - 1);
  slider.value = String(figures.periods.findIndex((period) => period.code === state.period));
  slider.setAttribute("aria-valuetext", page.data.indicator.periodLabels[state.period]);
}

function syncComparison(select, { state, figures, data }) {
  const none = select.options[0];
  const possibleOnes = figures.periods.filter((period) => `${period.code}-${state.period}` in figures.change);
  select.replaceChildren(none, ...possibleOnes.map((period) => new Option(data.indicator.periodLabels[period.code], period.code)));
  select.value = state.compare;
  select.disabled = !possibleOnes.length;
}

/* Downloads, permanent link and languages lead to the state that is seen. */
function syncLinks(page) {
  const query = queryOf(page.state);
  for (const link of document.querySelectorAll("[data-download], .languages a[hreflang]")) {
    if (link.dataset.download || link.pathname.endsWith("/karte/")) link.search = query;
  }
  syncPictureForm(document.querySelector("[data-picture]"), query);
  document.querySelector("[data-series]").hidden = page.figures.periods.length < 2;
  document.querySelector("[data-permalink]").search = queryOf({ ...page.state, release: page.data.release });
}

/* What is asked of the picture stays; which map it is about follows the state. */
function syncPictureForm(form, query) {
  for (const field of form.querySelectorAll("input[type=hidden]")) field.remove();
  for (const [name, value] of new URLSearchParams(query)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
}

/* ---- Time ---- */

function slide(page, slider) {
  stop(page);
  change(page, { period: page.figures.periods[Number(slider.value)].code });
}

function play(page) {
  const codes = page.figures.periods.map((period) => period.code);
  const step = () => {
    const next = codes[codes.indexOf(page.state.period) + 1];
    if (next === undefined) stop(page);
    else change(page, { period: next });
  };
  document.querySelector("[data-play]").textContent = page.data.texts.pause;
  page.timer = setInterval(step, STEP);
  if (page.state.period === codes.at(-1)) change(page, { period: codes[0] });
  else step();
}

function stop(page) {
  clearInterval(page.timer);
  page.timer = 0;
  announce(page);
  const button = document.querySelector("[data-play]");
  if (button) button.textContent = page.data.texts.play;
}

/* ---- Section of the map ---- */

function useTool(page, tool) {
  if (tool === "in") page.layer.zoom(1);
  else if (tool === "out") page.layer.zoom(-1);
  else if (tool === "fit") page.layer.fit();
  else locate(page);
}

/* Buttons that would do nothing stay in the tab order, so that the focus is never lost. */
function showTools(page) {
  const isCloser = page.layer.isCloser();
  for (const name of ["out", "fit"]) document.querySelector(`[data-tool=${name}]`).setAttribute("aria-disabled", String(!isCloser));
}

/* The position stays in the browser: the area is found here, nothing is sent. */
function locate(page) {
  const { texts } = page.data;
  const message = document.querySelector("[data-message]");
  const found = ({ coords }) => {
    const code = areaAt(page.shape, coords.latitude, coords.longitude);
    if (code) change(page, { area: code });
    message.textContent = code ? "" : texts.outside;
  };
  if (!navigator.geolocation) message.textContent = texts.notLocated;
  else navigator.geolocation.getCurrentPosition(found, () => (message.textContent = texts.notLocated), { timeout: 10000 });
}
