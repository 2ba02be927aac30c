// Shows the other areas of the level behind the map field; django-leaflet announces each map.
"use strict";

// Address of the background of level 0 (the reporting level), ending in "/0/"; known only while this script is read.
const background = document.currentScript.dataset.background;

window.addEventListener("map:init", (event) => {
  const map = event.detail.map;
  const level = document.querySelector("#id_level");
  let layer = null;

  async function show() {
    const response = await fetch(background.replace(/0\/$/, `${Number(level?.value) || 0}/`));
    if (!response.ok) return;
    const areas = await response.json();
    layer?.remove();
    layer = window.L.geoJSON(areas, {
      interactive: false,
      style: { className: "area-background", weight: 1 },
    }).addTo(map);
    layer.bringToBack();
    const field = document.querySelector("textarea.django-leaflet-raw-textarea");
    if (!field?.value && areas.features.length > 0) map.fitBounds(layer.getBounds());
  }

  level?.addEventListener("change", show);
  show();
});
