/* Unsaved changes are kept in this browser, so that neither a lost session nor a closed window loses work. */

const PAUSE = 300; // milliseconds

export function createStore(name) {
  let timer = 0;
  let held = null;
  const write = (model, note) => {
    try {
      const waiting = held ? held.cells.filter(([key]) => !model.mine.has(key)) : [];
      if (!model.mine.size && !waiting.length) localStorage.removeItem(name);
      else {
        const cells = [...waiting, ...[...model.mine].map(([key, state]) => [key, state, model.seen.get(key)])];
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
    /** Keeps these changes beside new ones until somebody has decided about them; null ends it. */
    holdBack(kept) {
      held = kept;
    },
    clear() {
      held = null;
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
