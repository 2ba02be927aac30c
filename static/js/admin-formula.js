/* The formula of a computed indicator as a sentence, while its fields are filled in; the server finds the words. */

const box = document.getElementById("formula-words");
const form = document.getElementById("indicator_form");
const aggregation = document.getElementById("id_aggregation");
const names = ["kind", "of", "by", "periods_back", "base_period", "years"].map((name) => `formula_${name}`);
const sentence = box.querySelector("[data-sentence]");
const faults = box.querySelector("[data-faults]");
const PAUSE = 250; // ms after the last key
let newest = 0;
let waiting = 0;

function asked() {
  const filled = new FormData(form);
  const query = new URLSearchParams();
  for (const name of [...names, "factor"]) filled.getAll(name).forEach((value) => query.append(name, value));
  return query;
}

async function tell() {
  const turn = (newest += 1);
  const isComputed = aggregation.value === "computed";
  box.hidden = !isComputed;
  if (!isComputed) return;
  const response = await fetch(`${box.dataset.url}?${asked()}`);
  if (turn !== newest || !response.ok) return; // something else was chosen in the meantime
  const told = await response.json();
  sentence.textContent = told.sentence;
  faults.hidden = !told.faults.length;
  faults.replaceChildren(
    ...told.faults.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }),
  );
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
}

if (form && aggregation) {
  document.querySelector("fieldset.formula")?.after(box); // beside the fields that it puts into words
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  tell();
}
