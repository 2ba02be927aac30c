/** Fields with suggestions (select2) call themselves by their content alone, and by nothing while they are empty. */

function nameFields() {
  for (const label of document.querySelectorAll("label[for]")) {
    const container = document.getElementById(label.htmlFor)?.nextElementSibling;
    const field = container?.matches(".select2-container") && container.querySelector("[role=combobox]");
    if (!field) continue;
    label.id ||= `${label.htmlFor}-label`;
    const content = container.querySelector(".select2-selection__rendered");
    field.setAttribute("aria-labelledby", [label.id, content?.id].filter(Boolean).join(" "));
    content?.setAttribute("aria-labelledby", label.id);
  }
}

// After the handlers by which Django makes these fields; lists without jQuery have none.
globalThis.django?.jQuery?.(nameFields);
document.addEventListener("formset:added", () => setTimeout(nameFields));
