/** Fields with suggestions (select2) call themselves by their content alone, and by nothing while they are empty.
 * In tables of the administration no field has a label of its own: there the head of the column names it. */

function nameField(container, label) {
  const field = container.querySelector("[role=combobox]");
  if (!field) return;
  const content = container.querySelector(".select2-selection__rendered");
  field.setAttribute("aria-labelledby", [label.id, content?.id].filter(Boolean).join(" "));
  content?.setAttribute("aria-labelledby", label.id);
}

function nameByLabels() {
  for (const label of document.querySelectorAll("label[for]")) {
    const container = document.getElementById(label.htmlFor)?.nextElementSibling;
    if (!container?.matches(".select2-container")) continue;
    label.id ||= `${label.htmlFor}-label`;
    nameField(container, label);
  }
}

function nameByColumns() {
  for (const table of document.querySelectorAll(".tabular table")) {
    const group = table.closest(".inline-group").id;
    for (const cell of table.querySelectorAll("tbody td")) {
      const column = [...cell.classList].find((name) => name.startsWith("field-"))?.slice(6);
      const head = column && table.querySelector(`thead th.column-${CSS.escape(column)}`);
      if (!head) continue;
      head.id ||= `${group}-${column}-head`;
      for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        if (!field.labels?.length) field.setAttribute("aria-labelledby", head.id);
      }
      for (const container of cell.querySelectorAll(".select2-container")) nameField(container, head);
    }
  }
}

function nameFields() {
  nameByLabels();
  nameByColumns();
}

// After the handlers by which Django makes these fields; lists without jQuery have none.
globalThis.django?.jQuery?.(nameFields);
document.addEventListener("formset:added", () => setTimeout(nameFields));
