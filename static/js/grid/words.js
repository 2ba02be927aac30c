/* Words that come with the page as JSON. */

/** A text with values in its places `{…}`; of a pair of texts the first is for `count` one, the second for many. */
export function fill(text, values = {}) {
  const chosen = Array.isArray(text) ? text[values.count === 1 ? 0 : 1] : text;
  return Object.entries(values).reduce((done, [name, value]) => done.replace(`{${name}}`, value), chosen);
}
