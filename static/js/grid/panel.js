/* The panel beside the grid: everything that the active cell says, as form fields. */

import { publishedOf, shownOf, typed, withPair, withStatus } from "./model.js";
import { activeKey, nameOf, range } from "./sheet.js";
import { fill } from "./words.js";

const FIELDS = { text: "t", joint: "j", numerator: "n", denominator: "d", comment: "c" };

export function createPanel(root, sheet, actions) {
  const panel = { root, sheet, fields: {} };
  root.querySelectorAll("[data-field]").forEach((field) => (panel.fields[field.dataset.field] = field));
  fillStatuses(panel);
  Object.entries(panel.fields).forEach(([name, field]) =>
    field.addEventListener("change", () => {
      if (panel.key) actions.apply([[panel.key, changed(sheet.model, panel.key, name, field.value)]]);
    }),
  );
  root.querySelector("[data-panel-reset]").addEventListener("click", () => actions.reset());
  root.addEventListener("keydown", (event) => {
    const isSubmit = event.key === "Enter" && event.target.matches("input");
    if (isSubmit) event.target.dispatchEvent(new Event("change"));
    if (isSubmit || event.key === "Escape") actions.enter();
  });
  root.hidden = false;
  return panel;
}

function fillStatuses({ fields, sheet }) {
  const { statuses, texts } = sheet.model.data;
  const option = (value, label) => new Option(label, value);
  fields.status.append(option("", texts.asTyped));
  statuses.forEach(([value, label, sign]) => fields.status.append(option(value, sign ? `${sign}  ${label}` : label)));
}

function changed(model, key, name, value) {
  if (name === "text") return typed(model, key, value);
  if (name === "status") return withStatus(model, key, value);
  if (name === "numerator" || name === "denominator") return withPair(model, key, FIELDS[name], value);
  return { ...shownOf(model, key), [FIELDS[name]]: value.trim() };
}

/** Shows the active cell; a field that has the focus and unsent text is left alone. */
export function showPanel(panel) {
  const { sheet, root, fields } = panel;
  const { model, texts } = sheet;
  const key = activeKey(sheet);
  const isSame = key === panel.key;
  panel.key = key;
  const shown = shownOf(model, key);
  const values = { ...Object.fromEntries(Object.entries(FIELDS).map(([name, part]) => [name, shown[part]])), status: shown.s };
  for (const [name, field] of Object.entries(fields)) {
    if (!isSame || field !== document.activeElement || field.tagName === "SELECT") field.value = values[name] || "";
  }
  root.querySelector("[data-partners]").hidden = shown.s !== "joint" && !shown.j;
  const { count } = range(sheet);
  root.querySelector("[data-panel-heading]").textContent = nameOf(sheet, key);
  root.querySelector("[data-panel-place]").textContent = count > 1 ? fill(texts.selected, { count }) : "";
  showFacts(panel, key);
  showRemarks(panel, key);
}

function showFacts({ root, sheet }, key) {
  const { model, texts } = sheet;
  const published = publishedOf(model, key);
  const stored = model.stored.get(key) || {};
  const was = published ? texts.published.replace("{text}", published.t) : texts.noPublished;
  const lines = [stored.f && !published ? texts.computed.replace("{text}", stored.f) : was];
  if (stored.e) lines.push(texts.changedBy.replace("{text}", stored.e));
  if (model.mine.has(key)) lines.push(texts.unsaved);
  root.querySelector("[data-panel-facts]").replaceChildren(...lines.map((line) => item("li", line)));
  root.querySelector("[data-panel-reset]").disabled = !model.mine.has(key) && !(stored.o && stored.o !== 1);
}

function showRemarks({ root, sheet }, key) {
  const remarks = sheet.remarks.get(key) || [];
  const told = remarks.map(({ kind, text }) => item("li", `${sheet.texts[kind]}: ${text}`));
  root.querySelector("[data-panel-remarks]").replaceChildren(...told);
}

function item(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
