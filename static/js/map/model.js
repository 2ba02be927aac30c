/* What the map shows, as plain data: boundaries from TopoJSON, numbers as text, classes, rows. No page, no Leaflet.
   Every rule here repeats one of the server (atlas/numbers.py, atlas/map_rows.py, atlas/map_legend.py), so that
   changing the year needs no request; tests/browser/test_map_same_as_server.py compares the two. */

const METHODS = { natuerlich: "natural", quantile: "quantiles", gleich: "equal", abweichung: "deviation", eigene: "author" };
const SIGNS = { z: "–", s: ".", t: ".", m: ".", n: "...", x: "x" };
const NO_BREAK = "\u00a0";
const NARROW = "\u202f";

/* ---- Boundaries ---- */

/** Areas, arcs and the areas on both sides of each arc; coordinates as [latitude, longitude]. */
export function decode(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(y += dy) * scale[1] + translate[1], (x += dx) * scale[0] + translate[0]]);
  });
  const sides = arcs.map(() => []);
  const [collection] = Object.values(topology.objects);
  const areas = collection.geometries.map((geometry) => areaOf(geometry, arcs, sides));
  return { areas, arcs, sides, byCode: new Map(areas.map((area) => [area.code, area])) };
}

function areaOf(geometry, arcs, sides) {
  const { name, parent, label, radius } = geometry.properties;
  const ringOf = (numbers) => {
    const points = [];
    for (const number of numbers) {
      const index = number < 0 ? ~number : number;
      if (!sides[index].includes(geometry.id)) sides[index].push(geometry.id);
      const arc = number < 0 ? [...arcs[index]].reverse() : arcs[index];
      points.push(...(points.length ? arc.slice(1) : arc));
    }
    return points;
  };
  const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
  return { code: geometry.id, name, parent, radius, label: [label[1], label[0]], polygons: polygons.map((rings) => rings.map(ringOf)) };
}

/** Codes of the areas that share a border with each area. */
export function neighboursOf(shape) {
  const found = new Map(shape.areas.map((area) => [area.code, new Set()]));
  for (const codes of shape.sides) {
    for (const code of codes) codes.filter((other) => other !== code).forEach((other) => found.get(code).add(other));
  }
  return found;
}

/** Arcs between areas of different groups; `groupOf` gives the group of a code. */
export function bordersBetween(shape, groupOf) {
  return shape.arcs.filter((_, i) => shape.sides[i].length === 2 && groupOf(shape.sides[i][0]) !== groupOf(shape.sides[i][1]));
}

/** Arcs around areas taken together: exactly one side lies inside. */
export function outlineOf(shape, codes) {
  return shape.arcs.filter((_, i) => shape.sides[i].filter((code) => codes.has(code)).length === 1);
}

/** Code of the area that holds a point, "" outside of all; even-odd rule over all rings. */
export function areaAt(shape, latitude, longitude) {
  const inRing = (ring) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [latA, lonA] = ring[i];
      const [latB, lonB] = ring[j];
      if (latA > latitude !== latB > latitude && longitude < ((lonB - lonA) * (latitude - latA)) / (latB - latA) + lonA) inside = !inside;
    }
    return inside;
  };
  const holds = (area) => area.polygons.flat().filter(inRing).length % 2 === 1;
  return shape.areas.find(holds)?.code ?? "";
}

/* ---- Numbers as text ---- */

/** Writes numbers as atlas/numbers.py does, in the page's language ("de" or "en"). */
export function writer(language, decimals, unit) {
  const formats = new Map();
  const format = (value, places) => {
    if (!formats.has(places)) {
      const options = { minimumFractionDigits: places, maximumFractionDigits: places, useGrouping: true };
      formats.set(places, new Intl.NumberFormat(language.startsWith("en") ? "en-GB" : "de-DE", options));
    }
    return formats.get(places).format(Math.abs(value));
  };
  const number = (value, places = decimals) => (Number(value.toFixed(places)) < 0 ? "−" : "") + format(value, places);
  const signed = (value, places = decimals) => {
    const rounded = Number(value.toFixed(places));
    return (rounded === 0 ? "±" : rounded > 0 ? "+" : "") + number(rounded, places);
  };
  const cell = (value, status) => {
    if (value === null || status in SIGNS) return SIGNS[status];
    const text = Number(value.toFixed(decimals)) === 0 ? "0" : number(value);
    if (status === "e") return `(${text})`;
    return status === "j" ? `${text}${NO_BREAK}J` : text;
  };
  const withUnit = (text) => (unit && /\d/.test(text) ? text + (unit === "%" ? NARROW : NO_BREAK) + unit.replaceAll(" ", NO_BREAK) : text);
  return { number, signed, cell, withUnit };
}

/** Puts values into a phrase: fill("Rang {rank}", {rank: 2}). */
export function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
}

/* ---- Classes ---- */

/** Number of the class (from 0) of a value: a class begins at its limit. */
export function classOf(limits, value) {
  return limits.filter((limit) => limit <= value).length;
}

/** Inner class limits of a state: of changes when two periods are compared, else of values. */
export function limitsOf(figures, state) {
  if (state.compare) return figures.change[`${state.compare}-${state.period}`] ?? [];
  const sets = figures.limits[METHODS[state.method]] ?? {};
  return sets.own ?? sets[String(state.count)] ?? [];
}

/** The classes in words: "unter 9,1", "9,1 bis unter 13,9", "41,2 und mehr". */
export function rangeTexts(limits, texts, write, decimals, signed) {
  if (!limits.length) return [texts.allValues];
  const places = (limit) => Math.max(decimals, (String(limit).split(".")[1] ?? "").length);
  const shown = limits.map((limit) => (signed ? write.signed : write.number)(limit, places(limit)));
  const inner = shown.slice(1).map((high, i) => fill(texts.between, { low: shown[i], high }));
  return [fill(texts.under, { high: shown[0] }), ...inner, fill(texts.from, { low: shown.at(-1) })];
}

/** CSS class of a class of the scale, "" without one. */
export function classNameOf(number, state, count) {
  if (number === null) return "";
  if (state.compare) return count === 1 ? "div-4" : `div-${number + 1}`;
  return `class-${number + 1}`;
}

/* ---- What is shown ---- */

/** The earlier period whose difference stands in the table: the chosen one, else the one before where comparable. */
export function earlierPeriod(figures, state, breaks) {
  if (state.compare) return state.compare;
  const codes = figures.periods.map((period) => period.code);
  const isWhole = (code) => !breaks.some((gap) => code < gap && gap <= state.period);
  return codes.filter((code) => `${code}-${state.period}` in figures.change && isWhole(code)).sort().at(-1) ?? "";
}

/** Everything that the panels and the map draw, for one state. */
export function viewOf(data, figures, state) {
  const write = writer(data.language, data.indicator.decimals, data.indicator.unit);
  const limits = limitsOf(figures, state);
  const earlier = earlierPeriod(figures, state, data.indicator.breaks);
  const ranks = figures.ranks[state.period];
  const rows = figures.areas.map((code, i) => rowOf({ figures, state, write, limits, earlier }, code, i));
  const shown = rows.filter((row) => row.shown !== null);
  const largest = Math.max(0, ...shown.map((row) => Math.abs(row.shown)));
  for (const row of rows) row.bar = row.shown !== null && largest ? `${((Math.abs(row.shown) / largest) * 100).toFixed(1)}%` : "0%";
  return {
    state, write, limits, earlier, rows, counts: figures.counts,
    byCode: new Map(rows.map((row) => [row.code, row])),
    classes: limits.length + 1,
    ranges: rangeTexts(limits, data.texts, write, data.indicator.decimals, Boolean(state.compare)),
    rankOf: ranks.filter((rank) => rank !== null).length,
    city: cityOf(figures, state, write, earlier),
  };
}

function rowOf({ figures, state, write, limits, earlier }, code, i) {
  const value = figures.values[state.period][i];
  const status = figures.status[state.period][i];
  const joint = (figures.joint[state.period]?.[code] ?? "").split("+").filter((other) => other && other !== code);
  const statuses = [status, figures.status[earlier]?.[i]];
  const told = earlier && isSameGroup(figures, code, earlier, state.period) && isCounted(figures, statuses);
  const change = told ? difference(value, figures.values[earlier]?.[i], figures.decimals) : null;
  const isFormer = Boolean(cutOf(figures, code, state.period));
  const shown = state.compare ? change : isFormer ? null : value; // the ground of then is not on the map of today
  const isChance = (answer) => answer === false; // null: cannot be said
  const number = shown === null ? null : classOf(limits, shown);
  const className = classNameOf(number, state, limits.length + 1);
  const isSecret = "st".includes(status);
  const pattern = number === null ? (isSecret ? "is-suppressed" : "is-missing") : joint.length ? "is-joint" : "";
  return {
    code, value, status, isSecret, joint, isFormer, change, shown, number, className, pattern,
    rank: figures.ranks[state.period][i],
    cell: write.cell(value, status),
    changeText: change === null ? "" : write.signed(change),
    interval: figures.intervals?.[state.period]?.[i] ?? null,
    isShaky: isChance(figures.differs?.[state.period]?.[i]),
    changeIsShaky: change !== null && isChance(figures.differs_since?.[`${earlier}-${state.period}`]?.[i]),
  };
}

/* Which earlier boundary a figure stands for; undefined for today's. */
function cutOf(figures, code, period) {
  return figures.cuts?.[period]?.[code];
}

/* A value of several areas together cannot be compared with one of an area alone. */
function isSameGroup(figures, code, earlier, later) {
  if (cutOf(figures, code, earlier) !== cutOf(figures, code, later)) return false;
  return (figures.joint[earlier]?.[code] ?? "") === (figures.joint[later]?.[code] ?? "");
}

/* The difference of estimated counts would show how they were estimated. */
function isCounted(figures, statuses) {
  return !(figures.counts && statuses.includes("e"));
}

function difference(later, earlier, decimals) {
  if (later === null || earlier === null || earlier === undefined) return null;
  return Number((later - earlier).toFixed(decimals));
}

function cityOf(figures, state, write, earlier) {
  const now = figures.city[state.period];
  if (!now) return null;
  const before = figures.city[earlier];
  const change = before && isCounted(figures, [now.status, before.status]) ? difference(now.value, before.value, figures.decimals) : null;
  const cell = write.cell(now.value, now.status);
  const changeIsShaky = change !== null && figures.differs_since?.[`${earlier}-${state.period}`]?.at(-1) === false;
  return {
    value: now.value, isSecret: "st".includes(now.status), change, cell, shown: state.compare ? change : now.value,
    changeText: change === null ? "" : write.signed(change),
    interval: now.interval ?? null, changeIsShaky,
  };
}

/* ---- Order of rows ---- */

const UMLAUTS = { ß: "ss", ä: "a", ö: "o", ü: "u", æ: "a", ø: "o", œ: "o" };

/** A name in the form in which the server sorts it (areas/naming.py). */
export function fold(text) {
  const plain = text.toLowerCase().replace(/[ßäöüæøœ]/g, (sign) => UMLAUTS[sign]);
  const bare = plain.normalize("NFKD").replace(/\p{M}/gu, "").replace(/(?<![aeq])(a|o|u)e/g, "$1");
  return bare.replace(/[^a-z0-9]+/g, " ").trim();
}

/** Rows in the order of the table; those without the number come last. */
export function sorted(rows, sorting, nameOf) {
  const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const numbers = (key) => (a, b) => before(a[key] === null, b[key] === null) || (a[key] ?? 0) - (b[key] ?? 0) || before(a.code, b.code);
  if (sorting === "name") return [...rows].sort((a, b) => before(fold(nameOf(a.code)), fold(nameOf(b.code))) || before(a.code, b.code));
  if (sorting === "schluessel") return [...rows].sort((a, b) => before(a.code, b.code));
  return [...rows].sort(numbers(sorting === "veraenderung" ? "change" : "rank"));
}

/* ---- Address ---- */

/** The query of a state, with the names and the order of MapState.as_query on the server. */
export function queryOf(state) {
  const query = new URLSearchParams({ indikator: state.indicator, ebene: state.level, zeit: state.period });
  if (state.compare) query.set("vergleich", state.compare);
  if (state.area) query.set("gebiet", state.area);
  if (state.release) query.set("stand", state.release);
  query.set("klassen", state.method);
  query.set("anzahl", String(state.count));
  if (!state.plan) query.set("plan", "0");
  if (state.sorting !== "rang") query.set("sortierung", state.sorting);
  return query.toString();
}
