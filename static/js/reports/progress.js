// Asks every second how far open reports are; when one begins or ends, the page is shown afresh.

const section = document.querySelector("[data-reports]");
const rows = new Map([...section.querySelectorAll("[data-report]")].map((row) => [row.dataset.report, row]));
const told = section.querySelector('[data-slot="told"]');
const address = `${section.dataset.reports}?${[...rows.keys()].map((pk) => `bericht=${pk}`).join("&")}`;
const EVERY = 1000; // milliseconds
const AFTER_FAULT = 5000;
const QUIET = 10000; // between two things that a screen reader says
let said = 0;

function show(row, state) {
  const words = row.querySelector('[data-slot="words"]');
  const bar = row.querySelector('[data-slot="bar"]');
  bar.max = state.total || 1;
  bar.value = state.done;
  if (words.textContent === state.words) return;
  words.textContent = state.words;
  if (Date.now() - said < QUIET) return;
  said = Date.now();
  told.textContent = `${row.querySelector("h3").textContent}: ${state.words}`;
}

async function ask() {
  let answer;
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    answer = await response.json();
  } catch {
    setTimeout(ask, AFTER_FAULT);
    return;
  }
  for (const [pk, row] of rows) {
    const state = answer.reports[pk];
    if (state?.state !== row.dataset.state) {
      location.reload();
      return;
    }
    show(row, state);
  }
  setTimeout(ask, EVERY);
}

if (rows.size) setTimeout(ask, EVERY);
