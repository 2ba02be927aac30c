/* Unsaved changes are kept in this browser, so that neither a lost session nor a closed window loses work. */

const PAUSE = 300; // milliseconds

export function createStore(name) {
  let timer = 0;
  const write = (model, note) => {
    try {
      if (!model.mine.size) localStorage.removeItem(name);
      else {
        const cells = [...model.mine].map(([key, state]) => [key, state, model.seen.get(key)]);
        localStorage.setItem(name, JSON.stringify({ at: Date.now(), cells, note }));
      }
    } catch (problem) {
      console.warn(problem); // storage full or forbidden: the warning on leaving remains
    }
  };
  return {
    soon(model, note) {
      clearTimeout(timer);
      timer = setTimeout(() => write(model, note()), PAUSE);
    },
    now(model, note) {
      clearTimeout(timer);
      write(model, note);
    },
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(name) || "null");
        return kept && Array.isArray(kept.cells) && kept.cells.length ? kept : null;
      } catch {
        return null;
      }
    },
    clear() {
      clearTimeout(timer);
      localStorage.removeItem(name);
    },
    /** Remembers that the next page of this grid takes the changes over without asking. */
    carryOver() {
      sessionStorage.setItem(name, "1");
    },
    isCarriedOver() {
      const carried = sessionStorage.getItem(name) === "1";
      sessionStorage.removeItem(name);
      return carried;
    },
  };
}
