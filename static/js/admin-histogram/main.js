/* The histogram beside "Eigene Klassengrenzen": lines move and classes are counted while one types. */

import { binsOf, countsOf, readLimits } from "./classes.js";

const SVG = "http://www.w3.org/2000/svg";
const BINS = 36;
const BOX = { left: 12, right: 708, top: 24, base: 168 }; // units of the drawing
const MOST = 7; // colours of a scale

const box = document.getElementById("histogram");
const field = document.getElementById("id_author_breaks");
const place = document.getElementById("histogram-place");
const texts = JSON.parse(document.getElementById("histogram-texts").textContent);
const slot = (name) => box.querySelector(`[data-${name}]`);
const write = (number) => number.toLocaleString("de-DE", { maximumFractionDigits: 6 });
const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_all, name) => words[name]);
let values = [];
let newest = 0;

async function load() {
  const turn = (newest += 1);
  const [level, period] = place.value.split("/");
  const response = await fetch(`${box.dataset.url}?${new URLSearchParams({ ebene: level, zeit: period })}`);
  const found = response.ok ? (await response.json()).values : [];
  if (turn !== newest) return; // somebody chose again in the meantime
  values = found;
  show();
}

function show() {
  const limits = readLimits(field.value);
  if (!values.length || limits === null) {
    slot("words").textContent = values.length ? texts.unreadable : texts.nothing;
    slot("counts").replaceChildren();
    slot("drawing").replaceChildren(...bars([]));
    return;
  }
  const counts = countsOf(values, limits);
  const empty = counts.filter((count) => !count).length;
  slot("words").textContent = limits.length ? fill(empty ? texts.someEmpty : texts.classes, { count: counts.length, empty }) : texts.none;
  slot("counts").replaceChildren(...counts.map((count, index) => row(index, limits, count)));
  slot("drawing").replaceChildren(...bars(limits), ...lines(limits));
}

function row(index, limits, count) {
  const line = document.createElement("tr");
  const from = index ? write(limits[index - 1]) : "";
  const until = index < limits.length ? write(limits[index]) : "";
  const range = from && until ? fill(texts.between, { from, until }) : from ? fill(texts.from, { from }) : until ? fill(texts.under, { until }) : texts.all;
  for (const text of [String(index + 1), range, String(count)]) {
    const cell = document.createElement("td");
    cell.textContent = text;
    line.append(cell);
  }
  return line;
}

/* Of numbers and limits together, so that a limit beside the numbers is seen too. */
const span = (limits) => {
  const all = [...values, ...limits];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return { low, width: high - low || 1 };
};
const across = (value, { low, width }) => BOX.left + ((value - low) / width) * (BOX.right - BOX.left);

function bars(limits) {
  if (!values.length) return [];
  const { low, high, bins } = binsOf(values, BINS);
  const size = (high - low) / BINS;
  const scale = span(limits);
  const most = Math.max(...bins);
  return bins.flatMap((count, index) => {
    if (!count) return [];
    const from = low + index * size;
    const height = (count / most) * (BOX.base - BOX.top);
    const number = Math.min(MOST - 1, limits.filter((limit) => from + size / 2 >= limit).length);
    const left = across(from, scale);
    return [shape("rect", { x: left, y: BOX.base - height, width: Math.max(1, across(from + size, scale) - left - 1), height, class: `bar bar-${number + 1}` })];
  });
}

function lines(limits) {
  const scale = span(limits);
  return limits.flatMap((limit) => {
    const x = across(limit, scale);
    const label = shape("text", { x, y: BOX.base + 22, class: "limit-label" });
    label.textContent = write(limit);
    return [shape("line", { x1: x, x2: x, y1: BOX.top - 12, y2: BOX.base + 6, class: "limit" }), label];
  });
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === "number" ? value.toFixed(1) : value);
  return made;
}

if (field) {
  box.hidden = false;
  field.closest("fieldset").after(box); // beside the limits that it is about
  field.addEventListener("input", show);
  place.addEventListener("change", load);
  const colours = () => {
    const chosen = document.querySelector("input[name=colours]:checked");
    box.classList.toggle("is-ochre", chosen?.value === "ochre");
  };
  for (const input of document.querySelectorAll("input[name=colours]")) input.addEventListener("change", colours);
  colours();
  load();
}
