/* Forms with texts: leaving the page with unsaved work asks first, and what was typed survives a lost session. It is
   kept in this tab alone, and offered when the same form is opened again. */

const PAUSE = 400; // milliseconds
const SENT = "unsaved:sent"; // the form that was sent last; what it holds goes when an answer shows that it arrived
const OWN = new Set(["csrfmiddlewaretoken", "seen", "wieder"]);

const fields = (form) => [...form.elements].filter((field) => field.name && !OWN.has(field.name) && field.type !== "submit" && field.type !== "hidden");

const state = (form) =>
  JSON.stringify(fields(form).map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));

function fill(form, kept) {
  const list = fields(form);
  JSON.parse(kept).forEach(([name, value], index) => {
    const field = list[index];
    if (field?.name !== name) return;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  });
}

function storage(name) {
  const guarded = (act) => {
    try {
      return act();
    } catch {
      return null; // storage full or forbidden: the warning on leaving remains
    }
  };
  return {
    name,
    read: () => guarded(() => sessionStorage.getItem(name)),
    write: (text) => guarded(() => sessionStorage.setItem(name, text)),
    clear: () => guarded(() => sessionStorage.removeItem(name)),
  };
}

function offer(form, kept, store) {
  const box = document.getElementById("unsaved-offer").content.firstElementChild.cloneNode(true);
  const [restore, discard] = box.querySelectorAll("button");
  restore.addEventListener("click", () => {
    fill(form, kept);
    box.remove();
    form.querySelector("textarea, input:not([type=hidden])").focus();
  });
  discard.addEventListener("click", () => {
    store.clear();
    box.remove();
  });
  form.prepend(box);
}

function watch(form, number) {
  const store = storage(`unsaved:${location.pathname}${location.search}:${number}`);
  const first = state(form);
  const kept = store.read();
  const isBack = document.querySelector("[role=alert]") !== null;
  let isLeaving = false;
  let timer = 0;
  if (kept && kept !== first && !isBack) offer(form, kept, store);
  const isChanged = () => isBack || state(form) !== first;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => (isChanged() ? store.write(state(form)) : store.clear()), PAUSE);
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    store.write(state(form));
    storage(SENT).write(store.name);
  });
  addEventListener("beforeunload", (event) => {
    if (isLeaving || !isChanged()) return;
    store.write(state(form));
    event.preventDefault();
  });
}

const sent = storage(SENT).read();
if (sent && document.querySelector("[data-saved], [role=alert]")) {
  storage(sent).clear();
  storage(SENT).clear();
}
document.querySelectorAll("form[data-unsaved]").forEach(watch);
