"use strict";
// The slider and the play button: all stretches are fetched once, and each day's map is picked from them.
(async () => {
  const form = document.getElementById("slider");
  if (!form) return;
  const box = document.getElementById("holdings-map"), map = window.musnadMaps.of(box);
  const colour = Object.fromEntries(box.dataset.colours.trim().split(" ").map((p) => p.split("=")));
  const slider = document.getElementById("day"), play = document.getElementById("play"), input = form.elements.on;
  const DAY = 86400000, first = Date.parse(form.dataset.first), last = Date.parse(form.dataset.last);
  const lang = document.documentElement.lang;
  const iso = (n) => new Date(first + n * DAY).toISOString().slice(0, 10);
  const words = new Intl.DateTimeFormat(lang === "ar" ? "ar-SY-u-nu-arab" : "en-GB", { dateStyle: "long", timeZone: "UTC" });
  const answer = await fetch(`/api/holdings?brief=1&lang=${lang}`);
  if (!answer.ok) return;
  const told = await answer.json();
  await map.ready;
  slider.max = Math.round((last - first) / DAY);
  slider.hidden = play.hidden = false;
  const place = (s) => `${s.place}|${s.country}|${s.extent}`;
  let drawn = false;

  function on(day) {
    const now = new Map();
    const grace = new Date(Date.parse(day) - 180 * DAY).toISOString().slice(0, 10);
    for (const s of told.items) {
      if (s.lat === null || s.day_from > day || s.day_to < grace) continue;
      if (s.state === "silent" && s.day_to < day) continue;
      now.set(place(s), s);
    }
    const spots = [...now.values()].map((s) => {
      const who = s.holder_name ?? box.dataset.silent;
      return {
        label: s.label, lat: s.lat, lon: s.lon, n: s.state === "silent" ? 1 : 2, r: s.extent === "whole" ? 9 : 6,
        kind: `c${colour[s.holder] ?? 7}`, hatched: s.state === "contested",
        title: `${s.label}${box.dataset.colon} ${who}${s.state === "contested" ? ` (${box.dataset.contested})` : ""}`,
        href: `/holdings?place=${encodeURIComponent(s.place)}&on=${day}#line`,
      };
    });
    map.show(spots, told.states, drawn);
    drawn = true;
    input.value = day;
    slider.value = Math.round((Date.parse(day) - first) / DAY);
    slider.setAttribute("aria-valuetext", words.format(Date.parse(day)));
  }

  // the first look takes in every place, so that the map stays still while the days run
  map.show(told.items.filter((s) => s.lat !== null).map((s) => ({ label: "", lat: s.lat, lon: s.lon, n: 1, href: "#", title: "" })), told.states);
  drawn = true;
  on(input.value || form.dataset.last);
  const stay = () => history.replaceState(null, "", `?${new URLSearchParams(new FormData(form))}`);
  slider.addEventListener("input", () => on(iso(Number(slider.value))));
  slider.addEventListener("change", stay);
  input.addEventListener("change", () => { if (input.value) { on(input.value); form.submit(); } });
  let running = 0;
  play.addEventListener("click", () => {
    if (running) { clearInterval(running); running = 0; play.textContent = form.dataset.play; stay(); return; }
    play.textContent = form.dataset.pause;
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    const step = Math.max(1, Math.round(Number(slider.max) / 240));
    running = setInterval(() => {
      const next = Number(slider.value) + step;
      on(iso(Math.min(next, Number(slider.max))));
      if (next >= Number(slider.max)) play.click();
    }, 80);
  });
})();
