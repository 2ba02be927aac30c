// Asks every second how far the check has come; shows the page afresh when waiting becomes checking, and when there is a result.

const section = document.querySelector("[data-progress]");
const slot = (name) => section.querySelector(`[data-slot="${name}"]`);
const EVERY = 1000; // milliseconds
const AFTER_FAULT = 5000;

async function ask() {
  let state;
  try {
    const answer = await fetch(section.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    state = await answer.json();
  } catch {
    setTimeout(ask, AFTER_FAULT);
    return;
  }
  if (state.state !== section.dataset.state) {
    location.reload();
    return;
  }
  if (slot("step").textContent !== state.step) slot("step").textContent = state.step;
  slot("bar").max = state.total || 1;
  slot("bar").value = state.done;
  slot("count").textContent = state.count;
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
