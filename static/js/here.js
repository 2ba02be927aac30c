// "Wo bin ich?": asks the browser for the position and opens the page that names the areas there.
// The block stays hidden without this script. Three decimals are about 100 m: enough to name the area, and not
// the house. Once the answer is there, the position is taken out of the address.

const DIGITS = 3;
const PERMISSION_DENIED = 1;

function start(block) {
  const button = block.querySelector("button");
  const status = block.querySelector("[role=status]");

  function found(position) {
    const { latitude, longitude } = position.coords;
    const query = new URLSearchParams({ lat: latitude.toFixed(DIGITS), lon: longitude.toFixed(DIGITS) });
    window.location.assign(`${block.dataset.here}?${query}`);
  }

  function failed(error) {
    button.disabled = false;
    status.textContent = error.code === PERMISSION_DENIED ? block.dataset.denied : block.dataset.failed;
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = block.dataset.asking;
    navigator.geolocation.getCurrentPosition(found, failed, { maximumAge: 60_000, timeout: 15_000 });
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    status.textContent = "";
  });
  block.hidden = false;
}

function forgetPosition(path) {
  if (window.location.pathname === path && new URLSearchParams(window.location.search).has("lat")) {
    window.history.replaceState(null, "", path);
  }
}

document.querySelectorAll("[data-here]").forEach((block) => forgetPosition(block.dataset.here));
if ("geolocation" in navigator && window.isSecureContext) {
  document.querySelectorAll("[data-here]").forEach(start);
}
