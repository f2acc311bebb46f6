"use strict";
// Filters answer as one types, lists go on as one scrolls, and keys work in the queue. Without scripts all of it is links.
(() => {
  const goOn = (root) => {
    for (const link of root.querySelectorAll("a[data-more]")) {
      const load = async (e) => {
        e?.preventDefault();
        if (link.dataset.busy) return;
        link.dataset.busy = "1";
        const answer = await fetch(link.dataset.more);
        if (!answer.ok) { delete link.dataset.busy; return; }
        const piece = document.createElement("template");
        piece.innerHTML = await answer.text(); // our own page: everything a report holds is escaped in it
        const line = link.closest("li");
        const fresh = document.importNode(piece.content, true);
        goOn(fresh);
        line.replaceWith(fresh);
        goOn(document);
      };
      if (link.dataset.watched || !link.isConnected) continue;
      link.dataset.watched = "1";
      link.addEventListener("click", load);
      new IntersectionObserver((seen, watch) => { if (seen.some((s) => s.isIntersecting)) { watch.disconnect(); load(); } }, { rootMargin: "600px" }).observe(link);
    }
  };
  goOn(document);

  const form = document.querySelector("form[data-live]");
  if (form) {
    let waiting = 0, asked = 0;
    const address = () => {
      const told = new URLSearchParams();
      for (const [k, v] of new FormData(form)) if (String(v).trim()) told.set(k, v);
      return `${form.getAttribute("action")}?${told}`;
    };
    const turn = async (to, push) => {
      const mine = ++asked;
      const answer = await fetch(to);
      if (mine !== asked || !answer.ok) return; // a value half typed is not understood yet; the button says why
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("found");
      if (!found) return;
      document.getElementById("found").replaceWith(document.adoptNode(found));
      for (const pill of document.querySelectorAll(".bar a.pill")) pill.setAttribute("href", page.querySelector(".bar a.pill").getAttribute("href"));
      for (const select of page.querySelectorAll("form[data-live] select")) {
        const here = form.querySelector(`select[name="${select.name}"]`);
        if (here && here !== document.activeElement) here.replaceChildren(...[...select.options].map((o) => document.adoptNode(o.cloneNode(true))));
      }
      if (push) history.replaceState(null, "", to);
      goOn(document);
      window.musnadMaps?.draw();
    };
    form.addEventListener("input", (e) => {
      clearTimeout(waiting);
      if (e.target.name === "q") form.querySelector("input[name=view]").value = "";
      waiting = setTimeout(() => turn(address(), true), e.target.tagName === "SELECT" ? 0 : 450);
    });
    form.addEventListener("submit", (e) => { e.preventDefault(); clearTimeout(waiting); location.href = address(); });
  }

  // the queue: keys, unless one writes
  const queue = document.querySelector(".queue");
  if (queue) {
    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
      const key = e.key.toLowerCase();
      const what = { a: "button[value=accept]", r: "button[value=reject]", n: "a.next", c: "details.change > summary" }[key]
        ?? { ش: "button[value=accept]", ق: "button[value=reject]", ى: "a.next", ؤ: "details.change > summary" }[key];
      const target = what && queue.querySelector(what);
      if (target) { e.preventDefault(); target.click(); }
    });
  }

  // a proposed entry that is changed must be tried again before it is kept
  const entry = document.querySelector("form[data-tried]");
  entry?.addEventListener("input", () => { entry.querySelector("button[value=keep]").disabled = true; });
  entry?.addEventListener("submit", () => entry.setAttribute("aria-busy", "true"));

  // words selected in the text become the trigger of a new record
  const text = document.getElementById("text"), adding = document.getElementById("adding");
  if (text && adding) {
    let chosen = "";
    document.addEventListener("selectionchange", () => {
      const s = getSelection();
      if (!s.rangeCount || s.isCollapsed || !text.contains(s.anchorNode) || !text.contains(s.focusNode)) return;
      const r = s.getRangeAt(0), before = document.createRange();
      before.selectNodeContents(text);
      before.setEnd(r.startContainer, r.startOffset);
      const plain = (range) => { const d = range.cloneContents(); for (const i of d.querySelectorAll(".hidden-mark")) i.replaceWith(String.fromCodePoint(parseInt(i.title.slice(2), 16))); return d.textContent; };
      const start = [...plain(before)].length, words = plain(r);
      const lead = [...words].length - [...words.trimStart()].length;
      const told = words.trim();
      if (!told) return;
      chosen = told;
      for (const field of adding.querySelectorAll("[name=start]")) field.value = start + lead;
      for (const field of adding.querySelectorAll("[name=end]")) field.value = start + lead + [...told].length;
      for (const field of adding.querySelectorAll("[name=words]")) field.value = told;
      adding.querySelector("output").textContent = told;
    });
    adding.addEventListener("input", (e) => { // words that are written instead of selected are looked for in the text
      if (e.target.name === "words") for (const field of e.target.form.querySelectorAll("[name=start], [name=end]")) field.value = "";
    });
    document.addEventListener("keydown", (e) => {
      if (!e.altKey || e.ctrlKey || e.code !== "KeyS" || !chosen || !e.target.matches?.(".fields input")) return;
      e.preventDefault();
      const at = e.target.selectionStart ?? e.target.value.length;
      e.target.setRangeText(chosen, at, e.target.selectionEnd ?? at, "end");
    });
  }
})();
