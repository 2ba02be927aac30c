/* The drawn map: Leaflet polygons as a list that can be walked with the arrow keys (docs/adr/0005-keyboard-map.md).
   Colours, lines and patterns come from CSS classes alone (static/css/map.css). */

import { bordersBetween, fill, neighboursOf, outlineOf, sorted } from "./model.js";

const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const PADDING = 10; // pixels around the city
const CLOSER = 4; // zoom levels nearer than the whole city
const LABEL_SIZE = 13; // pixels, as .map-label in map.css
const LABEL_LINE = 15; // pixels from line to line
const SPILL = 1.3; // a name may be this much longer than the circle that fits into its area

/** Starts the map in `container`; `on.choose(code)` and `on.point(code)` report clicks, keys, pointer and focus. */
export function createLayer({ container, texts, on }) {
  const fine = matchMedia("(hover: hover) and (pointer: fine)").matches;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    attributionControl: false, zoomControl: false, keyboard: false, boxZoom: false, doubleClickZoom: false, dragging: fine,
    scrollWheelZoom: false, zoomSnap: 0, zoomDelta: 0.7, inertia: false, zoomAnimation: !still, fadeAnimation: false, maxBoundsViscosity: 1,
  });
  map.createPane("lines").classList.add("map-lines-pane");
  const it = { map, texts, on, bounds: null, scene: null, chosen: "", current: "", view: null };
  zoomWithControlKeyOnly(map, container);
  map.on("click", () => on.choose(""));
  map.on("resize", () => it.bounds && !isCloser(map) && fit(it));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container);
  map.on("zoomend", () => it.scene && placeLabels(it));
  watchPrinting(it, container);
  listenToKeys(it, container);
  return {
    draw: (shape, names) => draw(it, shape, names),
    paint: (view, labelOf, mapLabel) => paint(it, view, labelOf, mapLabel),
    choose: (code) => choose(it, code),
    point: (code) => outline(it, it.scene.hover, code),
    showPlan: (codes) => showPlan(it, codes),
    focus: () => it.scene.paths.get(it.current)?.focus(),
    fit: () => fit(it),
    zoom: (steps) => map.setZoom(map.getZoom() + steps * map.options.zoomDelta),
    isCloser: () => isCloser(map),
    onZoom: (listener) => map.on("zoomend", listener),
  };
}

/* The wheel scrolls the page; with Ctrl (and pinching on a touchpad) it zooms. */
function zoomWithControlKeyOnly(map, container) {
  const decide = (event) => map.scrollWheelZoom[event.ctrlKey || event.metaKey ? "enable" : "disable"]();
  container.parentElement.addEventListener("wheel", decide, { capture: true, passive: true });
}

/* On paper the map has a fixed size (map.css), which it must take before the page is laid out. */
function watchPrinting(it, container) {
  const resize = (isPaper) => {
    container.classList.toggle("is-paper", isPaper);
    it.map.invalidateSize({ animate: false });
    if (it.bounds) fit(it);
  };
  addEventListener("beforeprint", () => resize(true));
  addEventListener("afterprint", () => setTimeout(() => resize(false))); // the screen's layout comes after this event
}

function isCloser(map) {
  return map.getZoom() > map.getMinZoom() + 0.01;
}

function fit(it) {
  const { map, bounds } = it;
  Object.assign(map.options, { minZoom: 0, maxZoom: Infinity }); // else those of the size before would bound the new ones
  const zoom = map.getBoundsZoom(bounds, false, L.point(2 * PADDING, 2 * PADDING));
  Object.assign(map.options, { minZoom: zoom, maxZoom: zoom + CLOSER, maxBounds: bounds.pad(0.05) });
  map.setView(bounds.getCenter(), zoom, { animate: false });
  map.fire("zoomend");
}

/* ---- Drawing a level ---- */

function draw(it, shape, names) {
  const { map } = it;
  it.scene?.group.remove();
  it.scene?.renderers.forEach((renderer) => renderer.remove());
  const first = !it.bounds;
  it.bounds = L.latLngBounds(shape.arcs.flat());
  if (first) fit(it);
  const renderers = [L.svg({ padding: 0.4 }), L.svg({ padding: 0.4, pane: "lines" })];
  const group = L.layerGroup().addTo(map);
  const scene = { shape, names, group, renderers, neighbours: neighboursOf(shape), paths: new Map(), joints: new Map(), widths: new Map() };
  it.scene = scene;
  for (const area of shape.areas) scene.paths.set(area.code, addArea(it, area));
  const parentOf = (code) => shape.byCode.get(code).parent;
  line(scene, bordersBetween(shape, parentOf), "map-district");
  for (const name of ["hover", "chosen"]) scene[name] = ring(scene, `map-${name}`);
  scene.labels = addLabels(scene);
  scene.focus = [ring(scene, "map-focus-casing"), ring(scene, "map-focus")];
  scene.plan = null;
  prepareList(it, scene);
  it.current = it.chosen && shape.byCode.has(it.chosen) ? it.chosen : "";
  fit(it);
}

function addArea(it, area) {
  const { scene } = it;
  const options = { renderer: scene.renderers[0], smoothFactor: 0, noClip: true, className: "map-area" };
  const polygon = L.polygon(area.polygons, options).addTo(scene.group);
  const path = polygon.getElement();
  path.id = `map-area-${area.code}`;
  path.dataset.code = area.code;
  path.setAttribute("role", "option");
  path.setAttribute("tabindex", "-1");
  polygon.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    makeCurrent(it, area.code);
    it.on.choose(area.code);
  });
  polygon.on("mouseover", () => it.on.point(area.code));
  polygon.on("mouseout", () => it.on.point(""));
  return path;
}

function line(scene, arcs, className) {
  return L.polyline(arcs, { renderer: scene.renderers[1], smoothFactor: 0, noClip: true, interactive: false, className }).addTo(scene.group);
}

function ring(scene, className) {
  return L.polygon([], { renderer: scene.renderers[1], smoothFactor: 0, noClip: true, interactive: false, className }).addTo(scene.group);
}

function outline(it, layer, code) {
  layer.setLatLngs(it.scene.shape.byCode.get(code)?.polygons ?? []);
}

function element(parent, name, attributes = {}) {
  const node = parent.appendChild(document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function showPlan(it, codes) {
  const { scene } = it;
  scene.plan?.remove();
  scene.plan = codes.size ? line(scene, outlineOf(scene.shape, codes), "map-plan") : null;
  scene.hover.bringToFront();
  scene.chosen.bringToFront();
  scene.labels.parentNode.append(scene.labels);
  scene.focus.forEach((layer) => layer.bringToFront());
}

/* ---- Colours ---- */

function paint(it, view, labelOf, mapLabel) {
  const { scene } = it;
  it.view = view;
  for (const row of view.rows) {
    const path = scene.paths.get(row.code);
    if (!path) continue;
    path.setAttribute("class", `leaflet-interactive map-area ${row.className} ${row.pattern}`);
    path.setAttribute("aria-label", labelOf(row));
    showJoint(scene, row.code, row.pattern === "is-joint");
  }
  scene.list.setAttribute("aria-label", mapLabel);
  if (!it.current) makeCurrent(it, byRank(it)[0]?.code ?? scene.shape.areas[0].code);
  else makeCurrent(it, it.current);
  for (const label of scene.labels.children) label.setAttribute("class", labelClass(it, label.dataset.code));
}

/* A joint value: a dashed line inside the area's border, cut off at the border by the area's own path. */
function showJoint(scene, code, isJoint) {
  if (isJoint && !scene.joints.has(code)) {
    const layer = ring(scene, "map-joint").setLatLngs(scene.shape.byCode.get(code).polygons).bringToBack();
    const clip = element(scene.defs, "clipPath", { id: `map-clip-${code}` });
    element(clip, "use", { href: `#map-area-${code}` });
    layer.getElement().setAttribute("clip-path", `url(#map-clip-${code})`);
    scene.joints.set(code, layer.getElement());
  }
  scene.joints.get(code)?.classList.toggle("is-off", !isJoint);
}

function addPatterns(svg) {
  const defs = svg.insertBefore(document.createElementNS(SVG, "defs"), svg.firstChild);
  const missing = element(defs, "pattern", { id: "map-missing", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  element(missing, "rect", { class: "map-pattern-ground", width: 6, height: 6 });
  element(missing, "rect", { class: "map-pattern-hatch", width: 1.4, height: 6 });
  const secret = element(defs, "pattern", { id: "map-suppressed", width: 6, height: 6, patternUnits: "userSpaceOnUse" });
  element(secret, "rect", { class: "map-pattern-secret", width: 6, height: 6 });
  element(secret, "circle", { class: "map-pattern-dot", cx: 3, cy: 3, r: 1.1 });
  return defs;
}

/* ---- Names ---- */

function addLabels(scene) {
  const parent = scene.hover.getElement().parentNode;
  return element(parent, "g", { class: "map-labels", "aria-hidden": "true" });
}

/* Names that fit at this zoom, largest areas first, none over another. */
function placeLabels(it) {
  const { map, scene } = it;
  const metres = (40075016.7 * Math.cos((it.bounds.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  const taken = [];
  scene.labels.replaceChildren();
  for (const area of [...scene.shape.areas].sort((a, b) => b.radius - a.radius)) {
    const room = (area.radius / metres) * SPILL;
    const lines = linesThatFit(scene, area.name, room);
    if (!lines) continue;
    const at = map.latLngToLayerPoint(area.label);
    const half = [Math.max(...lines.map((text) => widthOf(scene, text))) / 2, (lines.length * LABEL_LINE) / 2];
    if (taken.some(([x, y, w, h]) => Math.abs(x - at.x) < w + half[0] + 2 && Math.abs(y - at.y) < h + half[1])) continue;
    taken.push([at.x, at.y, ...half]);
    addLabel(it, area.code, lines, at);
  }
}

function addLabel(it, code, lines, at) {
  const text = element(it.scene.labels, "text", { class: labelClass(it, code) });
  text.dataset.code = code;
  lines.forEach((words, i) => {
    const y = at.y + LABEL_SIZE * 0.35 + (i - (lines.length - 1) / 2) * LABEL_LINE;
    element(text, "tspan", { x: at.x.toFixed(1), y: y.toFixed(1) }).textContent = words;
  });
}

/* One, two or three lines, broken after "/" or "-" or a blank; null where even that is too wide. */
function linesThatFit(scene, name, room) {
  const fits = (lines) => Math.hypot(Math.max(...lines.map((text) => widthOf(scene, text))) / 2, (lines.length * LABEL_LINE) / 2.4) <= room;
  const parts = name.split(/(?<=[/-])|(?<= )/).map((part) => part.trim());
  if (fits([name])) return [name];
  if (parts.length > 1 && parts.length <= 3 && fits(parts)) return parts;
  return null;
}

function widthOf(scene, text) {
  if (!scene.widths.has(text)) {
    scene.pen ??= document.createElement("canvas").getContext("2d");
    scene.pen.font = `600 ${LABEL_SIZE}px "Source Sans 3", sans-serif`;
    scene.widths.set(text, scene.pen.measureText(text).width);
  }
  return scene.widths.get(text);
}

/* Names on strong colours are written the other way round. */
function labelClass(it, code) {
  const row = it.view?.byCode.get(code);
  if (!row || row.number === null) return "map-label";
  const last = it.view.classes - 1;
  const isStrong = it.view.state.compare ? last > 0 && (row.number === 0 || row.number === last) : last > 1 && row.number / last >= 0.6;
  return isStrong ? "map-label on-strong" : "map-label";
}

/* ---- Walking and choosing ---- */

function prepareList(it, scene) {
  scene.list = scene.paths.values().next().value.parentNode;
  scene.list.setAttribute("role", "listbox");
  scene.defs = addPatterns(scene.list.ownerSVGElement);
  scene.hover.getElement().ownerSVGElement.setAttribute("aria-hidden", "true");
}

/* On the container, not on the group of areas: listeners for focus would make an SVG group a tab stop of its own. */
function listenToKeys(it, container) {
  const onArea = (listener) => (event) => {
    const path = event.target.closest("path.map-area");
    if (path && it.scene) listener(it, event, path);
  };
  container.addEventListener("keydown", onArea(press));
  container.addEventListener("focusin", onArea(focused));
  container.addEventListener("focusout", onArea(blurred));
}

function focused(it, event, path) {
  const isVisible = path.matches(":focus-visible");
  it.scene.focus.forEach((layer) => outline(it, layer, isVisible ? path.dataset.code : ""));
  if (isVisible) it.on.point(path.dataset.code);
}

function blurred(it) {
  it.scene.focus.forEach((layer) => outline(it, layer, ""));
  it.on.point("");
}

function makeCurrent(it, code) {
  it.scene.paths.get(it.current)?.setAttribute("tabindex", "-1");
  it.scene.paths.get(code)?.setAttribute("tabindex", "0");
  it.current = code;
}

function choose(it, code) {
  for (const path of it.scene.paths.values()) path.setAttribute("aria-selected", String(path.dataset.code === code));
  it.chosen = code;
  outline(it, it.scene.chosen, code);
  if (code && it.scene.paths.has(code)) makeCurrent(it, code);
}

function press(it, event, path) {
  const { code } = path.dataset;
  if (code === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") it.on.choose(code);
  else if (event.key === "Escape") it.on.choose("");
  else {
    const next = event.key in ARROWS ? nextIn(it, code, ARROWS[event.key]) : nextByRank(it, code, event.key);
    if (next === undefined) return;
    if (next) walkTo(it, next);
  }
  event.preventDefault();
}

function walkTo(it, code) {
  makeCurrent(it, code);
  if (isCloser(it.map)) it.map.panInside(it.scene.shape.byCode.get(code).label, { padding: [60, 60], animate: false });
  it.scene.paths.get(code).focus();
}

function byRank(it) {
  return sorted(it.view.rows, "rang");
}

/* Home, End: first and last by rank; Page Up, Page Down: one rank up or down. undefined: not our key. */
function nextByRank(it, code, key) {
  const codes = byRank(it).map((row) => row.code);
  const step = { PageUp: -1, PageDown: 1 }[key];
  if (key === "Home") return codes[0];
  if (key === "End") return codes.at(-1);
  return step && (codes[codes.indexOf(code) + step] ?? "");
}

/* The neighbour that lies in the direction; without one the nearest area there; "" at the edge of the city. */
function nextIn(it, code, [dx, dy]) {
  const { shape, neighbours } = it.scene;
  const place = (other) => it.map.latLngToLayerPoint(shape.byCode.get(other).label);
  const from = place(code);
  const best = (codes, least) => {
    const found = codes.filter((other) => other !== code).map((other) => {
      const to = place(other).subtract(from);
      const length = Math.hypot(to.x, to.y);
      const along = (to.x * dx + to.y * dy) / length; // cosine of the angle to the arrow
      return { other, along, cost: length / along ** 2 };
    });
    return found.filter(({ along }) => along >= least).sort((a, b) => a.cost - b.cost)[0]?.other;
  };
  return best([...neighbours.get(code)], 0.5) ?? best([...shape.byCode.keys()], 0.5) ?? best([...neighbours.get(code)], 0.2) ?? "";
}

/** The line under the map and the announcement of an area: name, value, class, rank. */
export function describe(row, nameOf, view, texts, unitLong) {
  const words = { s: texts.suppressed, t: texts.suppressed, m: texts.missing, n: texts.notYet, x: texts.notApplicable, z: texts.zero };
  const value = words[row.status] ?? `${view.write.number(row.value)} ${unitLong}`;
  const parts = [`${nameOf(row.code)}: ${value}`];
  if (row.status === "e") parts[0] += `, ${texts.estimated}`;
  if (view.state.compare && row.changeText) parts.push(fill(texts.changeSince, { change: row.changeText, period: view.state.compare }));
  if (row.number !== null) parts.push(fill(texts.classNumber, { number: row.number + 1, count: view.classes, range: view.ranges[row.number] }));
  if (row.rank !== null) parts.push(fill(texts.rankOf, { rank: row.rank, count: view.rankOf }));
  if (row.joint.length) parts.push(fill(texts.joint, { names: row.joint.map(nameOf).join(", ") }));
  return parts.join(". ");
}
