/* Requests: checking after a pause, saving. Answers are always `{status, body}`; status 0 means no connection. */

export const PAUSE = 300; // milliseconds after the last change before it is checked

function token(name) {
  const found = document.cookie.split("; ").find((entry) => entry.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

/** Sends JSON. The token is read each time: after a new log-in in another window it is a different one. */
export async function post(url, cookie, data, signal) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(cookie), Accept: "application/json" },
      body: JSON.stringify(data),
      credentials: "same-origin",
      redirect: "manual",
      signal,
    });
    const isJson = (response.headers.get("content-type") || "").includes("json");
    return { status: response.type === "opaqueredirect" ? 401 : response.status, body: isJson ? await response.json() : {} };
  } catch (problem) {
    if (problem.name === "AbortError") return { status: -1, body: {} };
    return { status: 0, body: {} };
  }
}

/** A checker that waits for a pause and forgets answers that came too late. */
export function createChecker({ url, cookie, cellsOf, onStart, onAnswer }) {
  let timer = 0;
  let running = null;
  const run = async () => {
    running?.abort();
    running = new AbortController();
    const { cells, sent } = cellsOf();
    onStart(cells.length);
    if (!cells.length) return;
    const answer = await post(url, cookie, { cells }, running.signal);
    if (answer.status !== -1) onAnswer(answer, sent);
  };
  return {
    soon() {
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE);
    },
    stop() {
      clearTimeout(timer);
      running?.abort();
    },
  };
}
