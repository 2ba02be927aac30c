// Weights moved on the page: the table, the map and the address follow. Without this script the form asks the server.

import { classes, roundHalfUp, scores } from "./model.js";

const data = JSON.parse(document.getElementById("what-if-data").textContent);
const form = document.querySelector("[data-weights]");
const result = document.querySelector("[data-result]");
const answer = document.querySelector("[data-answer]");
const body = document.querySelector("[data-rows]");
const fields = [...form.querySelectorAll("input[type=number]")];
const rows = new Map([...body.querySelectorAll("[data-code]")].map((row) => [row.dataset.code, row]));
const shapes = new Map([...document.querySelectorAll("[data-map] path[data-area]")].map((path) => [path.dataset.area, path]));
const written = new Intl.NumberFormat(data.language === "en" ? "en-GB" : "de-DE", {
  minimumFractionDigits: data.decimals, maximumFractionDigits: data.decimals,
});
const SPOKEN_AFTER = 400; // milliseconds of rest before the result is announced
let timer = 0;

function weights() {
  const found = fields.map((field) => (field.value.trim() === "" ? NaN : Number(field.value)));
  return found.every((weight) => weight >= 0 && weight <= 100) ? found : null;
}

function signed(score) {
  const number = roundHalfUp(score, data.decimals);
  const text = written.format(Math.abs(number));
  if (number === 0) {
    return `±${text}`;
  }
  return (number > 0 ? "+" : "−") + text;
}

function say(text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    result.textContent = text;
  }, SPOKEN_AFTER);
}

function moved(count) {
  if (count === 0) {
    return data.texts.none;
  }
  return count === 1 ? data.texts.one : data.texts.many.replace("{count}", count);
}

function paint(row, number, score, published) {
  row.querySelector("[data-score]").textContent = signed(score);
  row.querySelector("[data-class]").textContent = data.labels[number];
  row.querySelector("[data-swatch]").className = `swatch class-${number + 1}`;
  row.classList.toggle("chosen", number !== published);
  row.querySelector("[data-before]").textContent =
    number === published ? "" : data.texts.before.replace("{label}", data.labels[published]);
}

function show(found) {
  const numbers = classes(found, data);
  const order = data.areas.map((code, i) => i).sort((a, b) => found[b] - found[a] || (data.areas[a] < data.areas[b] ? -1 : 1));
  order.forEach((i) => {
    const row = rows.get(data.areas[i]);
    paint(row, numbers[i], found[i], data.published[i]);
    body.append(row);
    shapes.get(data.areas[i])?.setAttribute("class", `class-${numbers[i] + 1}`);
  });
  say(moved(numbers.filter((number, i) => number !== data.published[i]).length));
}

function address() {
  const asked = new URLSearchParams(new FormData(form));
  history.replaceState(null, "", `?${asked}`);
}

function update() {
  const chosen = weights();
  const found = chosen && scores(data.comparable, chosen, data);
  answer.hidden = !found;
  if (!found) {
    say(chosen ? data.texts.noWeight : data.texts.unreadable);
    return;
  }
  document.querySelectorAll("main > .notice--problem[role=alert]").forEach((notice) => notice.remove());
  show(found);
  address();
}

fields.forEach((field) => {
  const slider = form.querySelector(`[data-slider="${field.name}"]`);
  slider.max = Math.max(3, Number(field.value));
  slider.value = field.value;
  slider.hidden = false;
  slider.addEventListener("input", () => {
    field.value = slider.value;
    update();
  });
  field.addEventListener("input", () => {
    slider.value = field.value;
    update();
  });
});
form.addEventListener("submit", (event) => {
  if (rows.size) {
    event.preventDefault();
    update();
  }
});
