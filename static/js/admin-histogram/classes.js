/* Class limits as they are typed, and what they make of a list of numbers. No page, no drawing. */

/* "8,52; 11,83" as numbers; null for anything that is no ascending list. */
export function readLimits(text) {
  const parts = text.split(";").map((part) => part.trim()).filter(Boolean);
  const limits = parts.map((part) => (/^[-−+]?\d+(?:[.,]\d+)?$/.test(part) ? Number(part.replace("−", "-").replace(",", ".")) : NaN));
  const ascending = limits.every((limit, index) => index === 0 || limit > limits[index - 1]);
  return limits.every(Number.isFinite) && ascending ? limits : null;
}

/* How many numbers lie in each class; a class begins at its limit, as on the map. */
export function countsOf(values, limits) {
  const counts = new Array(limits.length + 1).fill(0);
  for (const value of values) counts[limits.filter((limit) => value >= limit).length] += 1;
  return counts;
}

/* Equal bins between the smallest and the largest number. */
export function binsOf(values, size) {
  const [low, high] = [values[0], values.at(-1)];
  const width = (high - low) / size || 1;
  const bins = new Array(size).fill(0);
  for (const value of values) bins[Math.min(size - 1, Math.floor((value - low) / width))] += 1;
  return { low, high: low + width * size, bins };
}
