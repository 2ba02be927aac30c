// Says in words what went wrong with a passkey; the scripts of django-allauth only raise an event.

const place = document.getElementById("key-problem");

document.addEventListener("allauth.error", event => {
  if (!place) return;
  event.preventDefault();
  const name = event.detail.exception?.name;
  place.textContent = name === "NotAllowedError" ? place.dataset.cancelled : place.dataset.failed;
});
