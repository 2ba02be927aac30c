/* The plan through the years: the slider shows the day of each stop and draws the page of that day without loading it
   whole. Without this script the form sends the stop, and the list of days under the slider leads to each of them. */

const form = document.querySelector("[data-plan-slider]");

if (form) start();

function start() {
  const range = form.querySelector("input[type=range]");
  const output = form.querySelector("output");
  const links = [...form.querySelectorAll(".plan-stops a")];
  const field = document.querySelector("#plan-day");
  let asked = 0;

  form.querySelector("button").hidden = true;

  function tell() {
    const { textContent, dataset } = links[range.value];
    output.querySelector("strong").textContent = textContent;
    const what = output.querySelector("span");
    what.textContent = dataset.what;
    what.lang = dataset.lang ?? document.documentElement.lang;
    range.setAttribute("aria-valuetext", `${textContent}, ${dataset.what}`);
  }

  async function show(address, keep = true) {
    const number = ++asked;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (number !== asked) return; // somebody has moved on
      replace(page);
      if (keep) window.history.pushState(null, "", address);
    } catch {
      window.location.assign(address);
    }
  }

  function replace(page) {
    const fresh = [...page.querySelectorAll("[data-on-day]")];
    [...document.querySelectorAll("[data-on-day]")].forEach((old, place) => old.replaceWith(fresh[place]));
    field.value = page.querySelector("#plan-day").value;
    range.value = page.querySelector("#plan-step").value;
    page.querySelectorAll(".plan-stops a").forEach((link, place) => {
      if (link.hasAttribute("aria-current")) links[place].setAttribute("aria-current", "true");
      else links[place].removeAttribute("aria-current");
    });
    tell();
  }

  range.addEventListener("input", tell);
  range.addEventListener("change", () => show(links[range.value].href));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(links[range.value].href);
  });
  window.addEventListener("popstate", () => show(window.location.href, false));
  tell();
}
