/* What is typed and not yet saved, over what is stored. Knows no page. Numbers stay text: only the server reads them. */

const PARTS = ["t", "s", "n", "d", "j", "c"]; // text, status, numerator, denominator, joint with, comment
const EMPTY = Object.freeze({ t: "", s: "", n: "", d: "", j: "", c: "", a: false });

export function keyOf(area, period) {
  return `${area}|${period}`;
}

export function createModel(data) {
  const stored = new Map(Object.entries(data.cells));
  return { data, stored, mine: new Map(), seen: new Map(), done: [], undone: [] };
}

/* ---- Reading ---- */

function full(told) {
  return told ? { ...EMPTY, ...Object.fromEntries(PARTS.map((part) => [part, told[part] || ""])) } : null;
}

/** What is stored: the draft's state, else the published one, else an empty cell. */
export function baseOf(model, key) {
  return full(model.stored.get(key)) || { ...EMPTY };
}

/** The published state; null where nothing was published. */
export function publishedOf(model, key) {
  const told = model.stored.get(key);
  if (!told || !told.o) return null;
  return told.o === 1 ? full(told) : full(told.o);
}

export function shownOf(model, key) {
  return model.mine.get(key) || baseOf(model, key);
}

export function isSame(one, other) {
  return PARTS.every((part) => one[part] === other[part]);
}

/** Whether what is shown differs from what is public: "" (no), "new", "text" or "details". */
export function differenceOf(model, key) {
  const shown = shownOf(model, key);
  const published = publishedOf(model, key);
  if (!published) return isSame(shown, EMPTY) ? "" : "new";
  if (shown.t !== published.t) return "text";
  return isSame(shown, published) ? "" : "details";
}

/* ---- Changing ---- */

/** The state after typing `text`: a sign or brackets say the status, a number in a joint cell stays joint. */
export function typed(model, key, text) {
  const now = shownOf(model, key);
  const clean = text.trim();
  if (clean === now.t && !now.a) return now;
  const base = baseOf(model, key);
  if (clean === base.t) return { ...now, t: clean, s: base.s, j: base.j, a: false };
  const joint = now.s === "joint" && /\d/.test(clean);
  return { ...now, t: clean, s: joint ? "joint" : "", a: false };
}

/** An emptied cell: nothing where nothing was published, else "not known". */
export function emptied(model, key) {
  if (publishedOf(model, key)) return { ...EMPTY, t: ".", s: "missing", c: shownOf(model, key).c };
  return { ...EMPTY };
}

/** The published state, as a change of the draft. */
export function asPublished(model, key) {
  return publishedOf(model, key) || { ...EMPTY };
}

/** With another status: signs replace the number, brackets come and go. */
export function withStatus(model, key, status) {
  const now = shownOf(model, key);
  const [, , sign, hasValue] = model.data.statuses.find(([value]) => value === status) || [];
  if (!status) return { ...now, s: "" };
  if (!hasValue || status === "zero") return { ...now, t: sign, s: status, a: false };
  const bare = /\d/.test(now.t) ? now.t.replace(/^\(|\)$/g, "") : "";
  const area = key.split("|")[0];
  const joint = status === "joint" ? { j: now.j || `${area}+` } : {};
  return { ...now, ...joint, t: status === "estimated" && bare ? `(${bare})` : bare, s: status };
}

/** With another numerator or denominator; with both the value is computed by the server. */
export function withPair(model, key, part, text) {
  const now = { ...shownOf(model, key), [part]: text.trim() };
  const both = Boolean(now.n && now.d);
  return { ...now, a: both, t: both ? "…" : now.a ? "" : now.t, s: both && now.s !== "estimated" && now.s !== "joint" ? "" : now.s };
}

/** Applies `[key, state]` pairs as one step that can be undone; gives the keys that really changed. */
export function change(model, pairs) {
  const step = [];
  for (const [key, after] of pairs) {
    if (isSame(after, shownOf(model, key)) && after.a === shownOf(model, key).a) continue;
    step.push({ key, before: model.mine.get(key) || null, after });
    put(model, key, after);
  }
  if (step.length) {
    model.done.push(step);
    model.undone = [];
  }
  return step.map(({ key }) => key);
}

function put(model, key, state) {
  if (!state || (isSame(state, baseOf(model, key)) && !state.a)) {
    model.mine.delete(key);
    model.seen.delete(key);
    return;
  }
  model.mine.set(key, state);
  if (!model.seen.has(key)) model.seen.set(key, model.stored.get(key)?.v || model.data.empty);
}

export function undo(model) {
  return move(model, "done", "undone", "before");
}

export function redo(model) {
  return move(model, "undone", "done", "after");
}

function move(model, from, to, side) {
  const step = model[from].pop();
  if (!step) return [];
  model[to].push(step);
  step.forEach((one) => put(model, one.key, one[side]));
  return step.map(({ key }) => key);
}

/* ---- With the server ---- */

/** The changed cells as the server wants them. */
export function payload(model) {
  return [...model.mine].map(([key, state]) => {
    const [area, period] = key.split("|");
    const { t, s, n, d, j, c, a } = state;
    const text = a ? "" : t;
    return { area, period, seen: model.seen.get(key), text, status: s, numerator: n, denominator: d, joint_with: j, comment: c, computed: a };
  });
}

/** Takes over how the server has read the cells that have not changed since they were `sent`; gives their keys. */
export function takeRead(model, read, sent) {
  const taken = [];
  for (const [key, { t, s }] of Object.entries(read)) {
    const state = model.mine.get(key);
    if (!state || state !== sent.get(key) || (state.t === t && state.s === s)) continue;
    put(model, key, { ...state, t, s });
    taken.push(key);
  }
  return taken;
}

/** What is stored now; changes made since they were `sent` stay. */
export function takeStored(model, cells, sent) {
  for (const [key, cell] of Object.entries(cells)) {
    model.stored.set(key, cell);
    const state = model.mine.get(key);
    if (state && sent && state !== sent.get(key)) model.seen.set(key, cell.v);
    else put(model, key, null);
  }
  model.done = [];
  model.undone = [];
  return Object.keys(cells);
}

/** Somebody else's state becomes the stored one; `keep` mine on top of it, or drop it. */
export function settle(model, key, theirs, keep) {
  const state = model.mine.get(key);
  model.stored.set(key, theirs);
  model.seen.delete(key);
  model.mine.delete(key);
  if (keep && state) put(model, key, state);
  model.done = [];
  model.undone = [];
}
