// Only columns with figures ask for an indicator and a year.

const NUMBERS = new Set(["value", "numerator", "denominator"]);

for (const select of document.querySelectorAll("[data-role]")) {
  const more = select.parentElement.querySelector("[data-for-numbers]");
  const show = () => {
    more.hidden = !NUMBERS.has(select.value);
  };
  select.addEventListener("change", show);
  show();
}
