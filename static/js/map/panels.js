/* Table, legend, distribution, card and texts beside the map, with the markup that the server wrote
   (templates/atlas/map_*.html). Elements are found by data-slot; those of a table row are kept, not made anew. */

import { classNameOf, fill, queryOf, sorted } from "./model.js";

const SVG = "http://www.w3.org/2000/svg";
const BINS = 24;
const BOX = { width: 340, height: 128, left: 8, right: 332, base: 72, top: 20, strip: 12 }; // units of the distribution's drawing
const FEW = 3; // as many known areas are simply listed
const DIGIT = 6.4; // width of a letter in the distribution's labels, same units

const slot = (name) => document.querySelector(`[data-slot="${name}"]`);

/** Writes every panel for a view. `names` maps codes to names; `data` is the page's map-data. */
export function showPanels(view, data, names) {
  showTable(view, data, names);
  showLegend(view, data);
  showHistogram(view, data, names);
  showCard(view, data, names);
  showTexts(view, data, names);
}

/** Marks the chosen area in table, distribution and card. */
export function showChosen(view, data, names, { isVisible = true } = {}) {
  for (const [code, { row, link }] of rowsByCode()) {
    const isChosen = code === view.state.area;
    row.classList.toggle("chosen", isChosen);
    if (isChosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (isVisible) showRow(view.state.area);
  showHistogram(view, data, names);
  showCard(view, data, names);
}

/** Brings the row of an area into view; scrolls the table only, never the page. */
export function showRow(code) {
  const row = code && rowsByCode().get(code)?.row;
  if (!row) return;
  const box = row.closest(".table-wrap");
  const head = box.querySelector("thead").offsetHeight;
  const top = row.offsetTop - box.scrollTop;
  if (top < head || top + row.offsetHeight > box.clientHeight) box.scrollTop = row.offsetTop - (box.clientHeight - row.offsetHeight) / 2;
}

function node(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/* ---- Table ---- */

function rowsByCode() {
  const rows = [...slot("rows").querySelectorAll("tr[data-code]")];
  return new Map(rows.map((row) => [row.dataset.code, { row, link: row.querySelector("a[data-code]") }]));
}

function showTable(view, data, names) {
  const { state } = view;
  const body = slot("rows");
  const found = rowsByCode();
  body.closest("table").className = `data-table scale-${view.classes}`;
  for (const row of view.rows) {
    const parts = found.get(row.code);
    if (parts) fillRow(parts, row, view, data, names);
  }
  const isNewOrder = order(body, sorted(view.rows, state.sorting, (code) => names.get(code)), found);
  if (isNewOrder) showRow(state.area);
  showCity(body.querySelector("[data-city]"), view, data);
  showHeads(view, data);
}

/** Lets the links of rows and column heads lead on from a state. */
export function addressRows(state) {
  for (const [code, { link }] of rowsByCode()) link.setAttribute("href", `?${queryOf({ ...state, area: code })}`);
  for (const link of slot("heads").querySelectorAll("[data-sort]")) link.setAttribute("href", `?${queryOf({ ...state, sorting: link.dataset.sort })}`);
}

function fillRow({ row: line, link }, row, view, data, names) {
  const [rank, head, value, bar, change] = line.cells;
  rank.textContent = row.rank ?? "";
  head.querySelector(".swatch").className = `swatch ${swatchOf(row)}`;
  value.replaceChildren(row.cell, ...secretOf(row, data.texts), ...intervalOf(row, view, data.texts), ...(row.isShaky ? shaky(data.texts, "shakyCity") : []));
  if (row.joint.length) value.title = jointText(row, data, names);
  else value.removeAttribute("title");
  bar.querySelector("rect").setAttribute("width", row.bar);
  change.replaceChildren(row.changeText, ...(row.changeIsShaky ? shaky(data.texts, "shakyChange") : []));
  const isChosen = row.code === view.state.area;
  line.classList.toggle("chosen", isChosen);
  if (isChosen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/* A secret number and an unknown one have the same sign; who hears the table is told which it is. */
function secretOf({ isSecret }, texts) {
  return isSecret ? [node("span", "visually-hidden", ` ${texts.suppressed}`)] : [];
}

/* The 95 % interval below a number, and the mark of a difference that may be chance (atlas/templatetags/figures.py). */
function intervalOf({ interval }, view, texts) {
  if (!interval) return [];
  const [low, high] = interval.map((limit) => view.write.number(limit));
  const made = node("span", "interval");
  made.append(node("span", "visually-hidden", `, ${texts.intervalBefore} `), fill(texts.intervalShort, { low, high }).replaceAll(" ", "\u00a0"));
  return [made];
}

function shaky(texts, reason) {
  const mark = node("span", "shaky", texts.shaky);
  mark.title = texts[reason];
  return [" ", mark];
}

function swatchOf(row) {
  return [row.className, row.pattern].filter(Boolean).join(" ");
}

function jointText(row, data, names) {
  return fill(data.texts.joint, { names: row.joint.map((code) => names.get(code) ?? code).join(", ") });
}

function order(body, rows, found) {
  const wanted = rows.map((row) => found.get(row.code)?.row).filter(Boolean);
  const focused = document.activeElement;
  const isSame = wanted.every((row, i) => body.children[i] === row);
  if (isSame) return false;
  const city = body.querySelector("[data-city]");
  body.append(...wanted);
  if (city) body.append(city);
  if (focused !== document.activeElement && body.contains(focused)) focused.focus({ preventScroll: true });
  return true;
}

function showCity(line, view, { texts }) {
  const { city } = view;
  if (!line) return;
  line.hidden = !city;
  line.querySelector(".value").replaceChildren(city?.cell ?? "", ...(city ? intervalOf(city, view, texts) : []));
  line.querySelector(".change").replaceChildren(city?.changeText ?? "", ...(city?.changeIsShaky ? shaky(texts, "shakyChange") : []));
}

function showHeads({ state, earlier }, data) {
  const heads = slot("heads").cells;
  heads[2].textContent = state.period;
  heads[4].replaceWith(changeHead(earlier, data));
  for (const link of slot("heads").querySelectorAll("[data-sort]")) {
    const sorting = link.dataset.sort;
    if (sorting === state.sorting) link.closest("th").setAttribute("aria-sort", "ascending");
    else link.closest("th").removeAttribute("aria-sort");
  }
}

function changeHead(earlier, data) {
  if (!earlier) return node("td", "num");
  const head = node("th", "num");
  head.scope = "col";
  const link = node("a", "sort", fill(data.texts.changeHead, { period: earlier }));
  link.dataset.sort = "veraenderung";
  link.href = "?";
  head.append(link);
  return head;
}

/* ---- Legend ---- */

function showLegend(view, data) {
  const { state, rows } = view;
  const count = (test) => rows.filter(test).length;
  const list = slot("classes");
  list.className = `legend map-legend__classes scale-${view.classes}`;
  const classes = view.ranges.map((text, i) => [classNameOf(i, state, view.classes), text, count((row) => row.number === i)]);
  const patterns = [
    ["is-missing", state.compare ? data.texts.patternIncomparable : data.texts.patternMissing, count((row) => row.pattern === "is-missing")],
    ["is-suppressed", data.texts.patternSuppressed, count((row) => row.pattern === "is-suppressed")],
    ["is-joint", data.texts.patternJoint, count((row) => row.number !== null && row.joint.length > 0)],
  ];
  list.replaceChildren(...[...classes, ...patterns.filter((entry) => entry[2])].map(legendItem));
  const what = state.compare ? fill(data.texts.legendChange, { earlier: state.compare, later: state.period }) : data.indicator.unitLong || data.indicator.name;
  slot("legend-title").textContent = fill(data.texts.legend, { what });
  slot("plan-legend").hidden = !state.plan || !data.plan.length;
}

function legendItem([className, text, count]) {
  const item = node("li");
  const swatch = node("span", `swatch ${className}`);
  swatch.setAttribute("aria-hidden", "true");
  item.append(swatch, `${text} `, node("span", "count", `(${count})`));
  return item;
}

/* ---- Distribution ---- */

function showHistogram(view, data, names) {
  const place = slot("histogram");
  const shown = view.rows.filter((row) => row.shown !== null);
  place.replaceChildren();
  place.className = `map-histogram scale-${view.classes}`;
  if (!shown.length) return;
  const scale = scaleOf(view, shown);
  const svg = draw(place, "svg", { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "img" });
  svg.setAttribute("aria-label", histogramText(view, data, names, shown));
  drawBars(svg, view, shown, scale);
  drawStrip(svg, view, scale);
  drawCity(svg, view, data, scale);
  drawChosen(svg, view, names, scale);
}

function draw(parent, name, attributes, text) {
  const made = parent.appendChild(document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === "number" ? Number(value.toFixed(1)) : value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/* Of counts the city has the total, which would push all areas into a corner. */
function isCityOnScale(view) {
  return Boolean(view.city) && view.city.shown !== null && !view.counts;
}

function scaleOf(view, shown) {
  const values = shown.map((row) => row.shown);
  if (isCityOnScale(view)) values.push(view.city.shown);
  const low = Math.min(...values, view.limits[0] ?? Infinity);
  const high = Math.max(...values, view.limits.at(-1) ?? -Infinity);
  const span = high - low || 1;
  return { low, high, x: (value) => BOX.left + ((value - low) / span) * (BOX.right - BOX.left), bin: (value) => Math.min(BINS - 1, Math.floor(((value - low) / span) * BINS)) };
}

function drawBars(svg, view, shown, scale) {
  const bins = Array.from({ length: BINS }, () => []);
  for (const row of [...shown].sort((a, b) => a.shown - b.shown)) bins[scale.bin(row.shown)].push(row);
  const most = Math.max(...bins.map((rows) => rows.length));
  const step = (BOX.right - BOX.left) / BINS;
  bins.forEach((rows, i) => {
    let y = BOX.base;
    for (let number = 0; number < view.classes; number++) {
      const height = (rows.filter((row) => row.number === number).length / most) * (BOX.base - BOX.top);
      if (!height) continue;
      y -= height;
      draw(svg, "rect", { class: `bar ${classNameOf(number, view.state, view.classes)}`, x: BOX.left + i * step + 0.5, y, width: step - 1, height });
    }
  });
}

/* The scale below the bars: one field per class, its limits written where there is room. */
function drawStrip(svg, view, scale) {
  const edges = [BOX.left, ...view.limits.map(scale.x), BOX.right];
  const y = BOX.base + 2;
  for (let i = 0; i < view.classes; i++) {
    draw(svg, "rect", { class: `bar ${classNameOf(i, view.state, view.classes)}`, x: edges[i], y, width: Math.max(edges[i + 1] - edges[i], 0), height: BOX.strip });
  }
  let free = -Infinity;
  view.limits.forEach((limit, i) => {
    const x = edges[i + 1];
    draw(svg, "line", { class: "limit", x1: x, x2: x, y1: y, y2: y + BOX.strip + 3 });
    const text = (view.state.compare ? view.write.signed : view.write.number)(limit);
    const half = (text.length * DIGIT) / 2;
    const at = Math.min(Math.max(x, half), BOX.width - half);
    if (at - half < free) return;
    free = at + half + 4;
    draw(svg, "text", { class: "limit-text", x: at, y: y + BOX.strip + 14, "text-anchor": "middle" }, text);
  });
}

function drawCity(svg, view, data, scale) {
  if (!isCityOnScale(view)) return;
  const x = scale.x(view.city.shown);
  const text = fill(data.texts.city, { value: view.state.compare ? view.city.changeText : view.city.cell });
  const isLeft = x + 4 + text.length * DIGIT > BOX.width;
  draw(svg, "line", { class: "city", x1: x, x2: x, y1: 6, y2: BOX.base + BOX.strip + 2 });
  draw(svg, "text", { class: "city-text", x: isLeft ? x - 4 : x + 4, y: 13, "text-anchor": isLeft ? "end" : "start" }, text);
}

function drawChosen(svg, view, names, scale) {
  const row = view.byCode.get(view.state.area);
  if (!row || row.shown === null) return;
  const x = scale.x(row.shown);
  const y = BOX.base + BOX.strip + 18;
  const text = `${names.get(row.code)} ${view.state.compare ? row.changeText : row.cell}`;
  const half = (text.length * DIGIT) / 2;
  draw(svg, "line", { class: "here-line", x1: x, x2: x, y1: BOX.base - 6, y2: BOX.base + BOX.strip + 2 });
  draw(svg, "path", { class: "here", d: `M${x.toFixed(1)},${y}l5,8h-10z` });
  draw(svg, "text", { class: "here-text", x: Math.min(Math.max(x, half), BOX.width - half), y: y + 20, "text-anchor": "middle" }, text);
}

function histogramText(view, data, names, shown) {
  const write = view.state.compare ? view.write.signed : view.write.number;
  const values = shown.map((row) => row.shown);
  const parts = [fill(data.texts.histogram, { count: shown.length, low: write(Math.min(...values)), high: write(Math.max(...values)) })];
  if (isCityOnScale(view)) parts.push(fill(data.texts.city, { value: view.state.compare ? view.city.changeText : view.city.cell }));
  const row = view.byCode.get(view.state.area);
  if (row) parts.push(`${names.get(row.code)} ${view.state.compare ? row.changeText : row.cell}`);
  return `${parts.filter(Boolean).join(". ")}.`;
}

/* ---- Card of the chosen area ---- */

function showCard(view, data, names) {
  const row = view.byCode.get(view.state.area);
  const content = row ? cardOf(row, view, data, names) : [node("p", "caption", data.texts.choose)];
  const targets = (part) => [...(part.querySelectorAll?.("a") ?? [])].map((a) => a.getAttribute("href")).join("");
  const words = (nodes) => nodes.map((part) => part.textContent + targets(part)).join("").replace(/\s/g, "");
  const place = slot("card");
  if (words(content) !== words([...place.childNodes])) place.replaceChildren(...content); // what is replaced is read aloud
}

function cardOf(row, view, data, names) {
  const { texts } = data;
  const unit = view.write.withUnit;
  const parent = data.districts[names.parentOf(row.code)];
  const place = row.rank === null ? "" : fill(texts.rankOf, { rank: row.rank, count: view.rankOf });
  const city = view.city ? fill(texts.city, { value: unit(view.city.cell) }) : "";
  const content = [
    node("h3", "", names.get(row.code)),
    node("p", "caption", [`${data.level.name} ${row.code}`, parent].filter(Boolean).join(" · ")),
    node("p", "map-card__value", unit(row.cell.replace(/\u00a0J$/, ""))), // the line below says with whom it is shared
    node("p", "", [place, city].filter(Boolean).join(" · ")),
  ];
  const sure = sureText(row, view, texts);
  if (sure) content.push(node("p", "", row.isShaky ? `${sure} ${texts.cityUntold}` : sure));
  if (row.changeText) {
    const change = fill(texts.changeSince, { change: row.changeText, period: view.earlier });
    content.push(node("p", "", row.changeIsShaky ? `${change}. ${fill(texts.changeUntold, { period: view.earlier })}` : change));
  }
  if (row.isSecret) content.push(document.querySelector("[data-secret-card]").content.firstElementChild.cloneNode(true));
  const extent = row.isFormer ? texts.formerExtent : data.recut[row.code];
  if (extent) content.push(node("p", "caption", extent));
  if (row.joint.length) content.push(node("p", "caption", jointText(row, data, names)));
  const link = node("a", "", `${texts.openProfile} →`);
  link.href = data.profile.replace("/_/", `/${encodeURIComponent(row.code)}/`);
  const line = node("p");
  const origin = node("a", "", texts.whereFrom);
  origin.href = data.provenance.replace("/_/-/", `/${encodeURIComponent(row.code)}/${view.state.period}/`);
  line.append(link, " ", origin);
  return [...content, line];
}

/* Between which numbers the value lies, or that this is not known; nothing for counts and without a value. */
function sureText({ value, interval }, view, texts) {
  if (value === null || view.counts) return "";
  if (!interval) return `${texts.intervalUnknown}.`;
  const [low, high] = interval.map((limit) => view.write.number(limit));
  return fill(texts.interval, { low, high: view.write.withUnit(high) });
}

/* ---- Sentences ---- */

function showTexts(view, data, names) {
  const { state } = view;
  const key = state.compare ? `${state.compare}-${state.period}` : state.period;
  slot("period").textContent = data.indicator.periodLabels[state.period];
  slot("summary").textContent = data.summaries[key] ?? "";
  slot("certainty").replaceChildren(...data.certainty[state.period].map((line) => node("p", "", line)));
  slot("text").textContent = wordsOf(view, data, names);
  showSigns(view, data);
  const isSecret = view.rows.some((row) => row.isSecret) || Boolean(view.city?.isSecret);
  for (const part of document.querySelectorAll("[data-secret]")) part.hidden = !isSecret;
}

function wordsOf(view, data, names) {
  const { texts } = data;
  const isChange = Boolean(view.state.compare);
  const shown = view.rows.filter((row) => row.shown !== null).sort((a, b) => b.shown - a.shown || (a.code < b.code ? -1 : 1));
  if (!shown.length) return texts.nothingKnown;
  const written = (value) => (isChange ? view.write.signed(value) : view.write.withUnit(view.write.number(value)));
  const listed = (rows) => rows.map((row) => `${names.get(row.code)} (${written(row.shown)})`).join(", ");
  const missing = view.rows.length - shown.length;
  const ends = [fill(texts.highest, { areas: listed(shown.slice(0, 3)) }), fill(texts.lowest, { areas: listed(shown.slice(-3).reverse()) })];
  const parts = [
    ...(shown.length <= FEW ? [fill(texts.known, { areas: listed(shown) })] : ends),
    fill(texts.classCount, { count: new Set(shown.map((row) => row.number)).size }),
    missing ? fill(isChange ? texts.withoutChange : texts.withoutValue, { count: missing }) : "",
  ];
  return parts.filter(Boolean).join(" ");
}

/* The signs that occur in the table, with their meaning. */
function showSigns(view, data) {
  const cells = [...view.rows.map((row) => row.cell), view.city?.cell ?? ""].join(" ");
  const found = cells.replace(/[()]/g, " ").split(/\s+/);
  const occurs = (sign) => (sign === "( )" ? cells.includes("(") : found.includes(sign));
  const isShaky = view.rows.some((row) => row.isShaky || row.changeIsShaky) || view.city?.changeIsShaky;
  const lines = [...data.signs.filter(([sign]) => occurs(sign)), ...(isShaky ? [data.shaky] : [])].map(([sign, meaning]) => {
    const line = node("span");
    line.append(node("b", "", sign), ` ${meaning}`);
    return line;
  });
  slot("signs").replaceChildren(...lines.flatMap((line) => [line, " "]));
}
