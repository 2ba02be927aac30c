/* Changes that an earlier visit left in this browser: offered, restored, discarded. */

import { change } from "./model.js";
import { announce, find, refresh } from "./page.js";
import { positionOf } from "./sheet.js";
import { fill } from "./words.js";

export function offerKept(page) {
  const kept = page.store.read();
  const carried = page.store.isCarriedOver();
  if (!kept) return;
  if (carried) return restore(page, kept);
  const time = new Date(kept.at).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short" });
  find("kept-text").textContent = fill(page.texts.kept, { time, count: kept.cells.length });
  find("kept").hidden = false;
  page.store.holdBack(kept); // what is typed before the choice is made must not push it out
  find("kept-restore").addEventListener("click", () => restore(page, kept));
  find("kept-discard").addEventListener("click", () => {
    page.store.clear();
    find("kept").hidden = true;
  });
}

/** Puts kept changes back, with what was seen then: what others changed since shows as a conflict. */
function restore(page, kept) {
  find("kept").hidden = true;
  const missing = kept.cells.filter(([key]) => !positionOf(page.sheet, key)).map(([key]) => key.split("|")[1]);
  const address = withYears(missing);
  if (address) {
    page.isLeaving = true;
    page.store.now(page.model, kept.note || "");
    page.store.carryOver();
    return location.assign(address);
  }
  page.store.holdBack(null);
  const cells = kept.cells.filter(([key]) => positionOf(page.sheet, key));
  const keys = change(page.model, cells.map(([key, state]) => [key, state]));
  cells.forEach(([key, , seen]) => page.model.mine.has(key) && page.model.seen.set(key, seen));
  find("note").value = kept.note || "";
  refresh(page, keys);
  return announce(fill(page.texts.restored, { count: keys.length }));
}

/** The page's address with these years as columns; "" when it has them all already. */
function withYears(years) {
  const address = new URL(location.href);
  const there = (address.searchParams.get("neu") || "").split(",").filter(Boolean);
  const wanted = new Set([...there, ...years]);
  if (wanted.size === there.length) return "";
  address.searchParams.set("neu", [...wanted].join(","));
  return address.href;
}
