// Shows the other areas of the level behind the map field; django-leaflet announces each map.
"use strict";

window.addEventListener("map:init", (event) => {
  const map = event.detail.map;
  const base = window.location.pathname.split("/areas/")[0];
  const level = document.querySelector("#id_level");
  let layer = null;

  async function show() {
    const response = await fetch(`${base}/areas/area/hintergrund/${Number(level?.value) || 0}/`);
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
