"use strict";
// Records light their words, words light their records. A click or Enter keeps what is lit, Escape lets go.
const root = document.documentElement;
const all = (what, where = document) => [...where.querySelectorAll(what)];
const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* pages opened from disk may not store */ } };
const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

function speak(lang) {
  root.lang = lang;
  root.dir = lang === "ar" ? "rtl" : "ltr";
}
const turn = document.getElementById("language"); // absent where a page is in one language
turn?.addEventListener("click", () => {
  speak(root.lang === "ar" ? "en" : "ar");
  keep("musnad-lang", root.lang);
});
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  keep("musnad-theme", root.dataset.theme);
});
if (turn && ["en", "ar"].includes(kept("musnad-lang"))) speak(kept("musnad-lang"));
if (["light", "dark"].includes(kept("musnad-theme"))) root.dataset.theme = kept("musnad-theme");

const text = document.getElementById("text");
if (text) {
  const cards = all("#records .card");
  const card = new Map(cards.map((c) => [c.dataset.rec, c]));
  const words = new Map();
  for (const m of all(".m", text)) {
    m.parts = m.dataset.r.trim().split(" ").map((pair) => { const at = pair.lastIndexOf(":"); return [pair.slice(0, at), pair.slice(at + 1)]; });
    for (const [record, kind] of m.parts) {
      if (!words.has(record)) words.set(record, []);
      words.get(record).push([m, kind]);
    }
  }
  const order = all(".legend button").map((b) => b.dataset.kind);
  const sheet = document.getElementById("sheet");
  const narrow = matchMedia("(max-width: 60rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let pinned = null;

  function light(records, lead) {
    for (const m of all("[data-lit]", text)) delete m.dataset.lit;
    for (const c of cards) c.classList.toggle("lit", records.includes(c.dataset.rec));
    text.classList.toggle("lighting", records.length > 0);
    for (const record of records) {
      for (const [m, kind] of words.get(record) ?? []) {
        if (!m.dataset.lit || order.indexOf(kind) < order.indexOf(m.dataset.lit) || record === lead) m.dataset.lit = kind;
      }
    }
  }
  const near = (element, block) => element?.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  const beside = (record) => { if (!narrow.matches) near(card.get(record), "nearest"); };
  const trigger = (record) => (words.get(record) ?? []).find(([, kind]) => ["trigger", "control", "tie"].includes(kind))?.[0] ?? words.get(record)?.[0]?.[0];

  function pin(records) {
    pinned = records;
    for (const c of cards) c.classList.toggle("kept", Boolean(records?.includes(c.dataset.rec)));
    light(records ?? []);
    sheet.hidden = !(records && narrow.matches);
    if (!sheet.hidden) {
      sheet.querySelector("ol").replaceChildren(...records.map((r) => card.get(r)?.cloneNode(true)).filter(Boolean));
    }
  }
  const again = () => light(pinned ?? []);
  const same = (a, b) => a && b && a.join() === b.join();

  for (const c of cards) {
    const record = c.dataset.rec;
    c.addEventListener("pointerenter", (e) => { if (e.pointerType === "mouse" && !pinned) light([record], record); });
    c.addEventListener("pointerleave", (e) => { if (e.pointerType === "mouse") again(); });
    c.addEventListener("focus", () => { if (c.matches(":focus-visible")) { light([record], record); near(trigger(record), "nearest"); } });
    c.addEventListener("blur", again);
    c.addEventListener("click", (e) => {
      if (e.target.closest("details, a, button, input, select, label")) return;
      pin(same(pinned, [record]) ? null : [record]);
      if (pinned) near(trigger(record), narrow.matches ? "start" : "center");
    });
  }
  for (const m of all(".m", text)) {
    const records = [...new Set(m.parts.map(([record]) => record))];
    m.addEventListener("pointerenter", (e) => { if (e.pointerType === "mouse" && !pinned) { light(records); beside(records[0]); } });
    m.addEventListener("pointerleave", (e) => { if (e.pointerType === "mouse") again(); });
    m.addEventListener("focus", () => { if (m.matches(":focus-visible")) { light(records); beside(records[0]); } });
    m.addEventListener("blur", again);
    m.addEventListener("click", () => { pin(same(pinned, records) ? null : records); if (pinned) beside(records[0]); });
  }
  document.getElementById("close").addEventListener("click", () => pin(null));
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") return pin(null);
    const at = document.activeElement;
    const row = at?.classList.contains("card") ? cards : at?.matches(".m[tabindex]") ? all(".m[tabindex]", text) : null;
    if (!row) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) {
      e.preventDefault();
      row[row.indexOf(at) + step]?.focus({ focusVisible: true });
    } else if ((e.key === "Enter" || e.key === " ") && !e.target.closest("summary")) {
      e.preventDefault();
      at.click();
    }
  });
  for (const b of all(".legend button")) {
    b.addEventListener("click", () => {
      const off = b.getAttribute("aria-pressed") === "true";
      b.setAttribute("aria-pressed", String(!off));
      const hidden = all(".legend button[aria-pressed=false]").map((x) => x.dataset.kind);
      for (const m of all(".m", text)) m.classList.toggle("off", m.parts.every(([, kind]) => hidden.includes(kind)));
    });
  }
}
