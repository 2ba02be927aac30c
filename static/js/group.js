/* Own groups of areas: a click on the map ticks the box of an area. The boxes work without this script. */

const form = document.querySelector("[data-group]");
const map = form?.querySelector("[data-map]");
const boxes = [...(form?.querySelectorAll("input[name=gebiet]") ?? [])];

if (map) start();

function start() {
  const byCode = new Map(boxes.map((box) => [box.value, box]));
  map.hidden = false;
  map.addEventListener("click", ({ target }) => {
    const box = byCode.get(target.dataset.code);
    if (!box) return;
    box.checked = !box.checked;
    show();
  });
  form.addEventListener("change", show);
  show();
}

/* The map follows the boxes, also when the browser has restored them. */
function show() {
  const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const path of map.querySelectorAll("[data-code]")) path.classList.toggle("is-here", chosen.has(path.dataset.code));
  form.querySelector("[data-count]").textContent = chosen.size ? `(${chosen.size})` : "";
}
