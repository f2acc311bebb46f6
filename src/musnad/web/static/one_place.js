"use strict";
// A map with the one place of an incident.
for (const box of document.querySelectorAll(".map[data-lat]")) {
  const map = window.musnadMaps.of(box), d = box.dataset;
  map.ready.then(() => map.show([{ label: d.name, lat: Number(d.lat), lon: Number(d.lon), n: 1, r: 7, href: d.href, title: d.name }]));
}
