// While figures are being computed the page asks again every few seconds.

const SECONDS = 4;

if (document.querySelector("[data-reload]")) setTimeout(() => location.reload(), SECONDS * 1000);

for (const field of document.querySelectorAll(".secret")) {
  field.addEventListener("focus", () => field.select());
}
