"use strict";
// The map: land, borders and rivers from the bundled data, and what the page tells, drawn as SVG. No other host is asked.
const NS = "http://www.w3.org/2000/svg";
const make = (name, attributes = {}, parent = null) => {
  const e = document.createElementNS(NS, name);
  for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined) e.setAttribute(k, v);
  parent?.append(e);
  return e;
};
const fetched = new Map();
const json = (address) => {
  if (!fetched.has(address)) fetched.set(address, fetch(address).then((r) => { if (!r.ok) throw new Error(`${r.status}`); return r.json(); }));
  return fetched.get(address);
};

class MusnadMap {
  constructor(box) {
    this.box = box;
    this.count = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-u-nu-arab" : "en", { notation: "compact", maximumFractionDigits: 0 });
    this.ready = this.begin();
  }

  async begin() {
    const base = await json(this.box.dataset.base);
    this.width = base.width;
    const svg = this.svg = make("svg", { role: "group", "aria-label": this.box.dataset.label, tabindex: "0" });
    this.box.replaceChildren(svg);
    this.defs = make("defs", {}, svg);
    make("path", { class: "land", d: base.land }, svg);
    make("path", { class: "lakes", d: base.lakes }, svg);
    make("path", { class: "borders", d: base.borders }, svg);
    make("path", { class: "rivers", d: base.rivers }, svg);
    this.tiles = make("g", {}, svg);
    this.states = base.states;
    this.landmarks = { provinces: [], towns: [] };
    json(`/api/landmarks?lang=${document.documentElement.lang}`).then((told) => {
      for (const [kind, list] of Object.entries(told)) this.landmarks[kind] = list.map(([label, lon, lat]) => [label, ...this.project(lon, lat)]);
      if (this.view) this.write();
    });
    this.names = make("g", {}, svg);
    this.dots = make("g", {}, svg);
    this.labels = make("g", {}, svg);
    const keys = document.createElement("div");
    keys.className = "keys";
    for (const [sign, words, act] of [["+", "in", () => this.zoom(1 / 1.6)], ["−", "out", () => this.zoom(1.6)], ["⤢", "all", () => this.fit()]]) {
      const b = document.createElement("button");
      b.type = "button"; b.textContent = sign; b.title = this.box.dataset[words]; b.setAttribute("aria-label", b.title);
      b.addEventListener("click", act);
      keys.append(b);
    }
    if (this.box.dataset.tiles) {
      const b = document.createElement("button");
      b.type = "button"; b.textContent = "▦"; b.title = this.box.dataset.streets; b.setAttribute("aria-label", b.title); b.setAttribute("aria-pressed", "false");
      b.addEventListener("click", () => { this.streets = !this.streets; b.setAttribute("aria-pressed", String(this.streets)); this.pave(); });
      keys.append(b);
    }
    const from = document.createElement("span");
    from.className = "from"; from.textContent = this.box.dataset.from; from.dir = "auto";
    this.box.append(keys, from);
    this.steer();
    new ResizeObserver(() => this.view && this.look(this.view)).observe(svg);
    if (this.box.dataset.map) await this.load(this.box.dataset.map);
  }

  async load(address) {
    const told = await json(address);
    this.show(told.spots, told.states);
  }

  project(lon, lat) {
    const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
    return [((lon + 180) / 360) * this.width, this.width / 2 - (y * this.width) / (2 * Math.PI)];
  }

  // spots: {label, lat, lon, n, href, kind (colour class), hatched, title}
  show(spots, states, keep = false) {
    this.spots = spots.map((s) => { const [x, y] = this.project(s.lon, s.lat); return { ...s, x, y }; }).sort((a, b) => b.n - a.n);
    this.stateNames = states ?? this.stateNames ?? {};
    this.most = Math.max(1, ...this.spots.map((s) => s.n));
    this.dots.replaceChildren();
    this.defs.replaceChildren();
    const hatches = new Set();
    for (const s of this.spots) {
      const a = make("a", { href: s.href, "aria-label": s.title, class: s.kind ?? null }, this.dots);
      make("title", {}, a).textContent = s.title;
      s.dot = make("circle", { class: "dot", cx: s.x, cy: s.y }, a);
      if (s.hatched) {
        const id = `hatch-${s.kind ?? "none"}`;
        if (!hatches.has(id)) {
          hatches.add(id);
          const p = make("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", class: s.kind ?? null }, this.defs);
          make("path", { d: "M-1 1L1 -1M0 6L6 0M5 7L7 5", class: "hatch" }, p);
        }
        s.dot.style.fill = `url(#${id})`;
        s.dot.classList.add("hatched");
      }
      a.addEventListener("click", (e) => {
        if (this.moved) { e.preventDefault(); return; }
        const chosen = new CustomEvent("place", { detail: s, cancelable: true, bubbles: true });
        if (!this.box.dispatchEvent(chosen)) e.preventDefault();
      });
    }
    if (keep && this.view) this.look(this.view); else this.fit();
  }

  fit() {
    const seen = this.spots?.length ? this.spots : null;
    if (!seen) { const [x, y] = this.project(30, 36); return this.look({ x, y, w: 3600 }); }
    // the middle nine tenths of the events, so that one far place does not shrink all others
    const quantile = (key, q) => {
      const sorted = [...seen].sort((a, b) => a[key] - b[key]);
      const all = sorted.reduce((sum, s) => sum + s.n, 0);
      let at = 0;
      for (const s of sorted) { at += s.n; if (at >= q * all) return s[key]; }
      return sorted.at(-1)[key];
    };
    const [x0, x1, y0, y1] = [quantile("x", 0.04), quantile("x", 0.96), quantile("y", 0.04), quantile("y", 0.96)];
    const ratio = this.ratio();
    const w = Math.max(420, (x1 - x0) * 1.35, (y1 - y0) * 1.45 / ratio);
    this.look({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, w });
  }

  ratio() { const r = this.svg.getBoundingClientRect(); return r.width ? r.height / r.width : 0.6; }

  look(view) {
    const w = Math.min(this.width, Math.max(12, view.w));
    this.view = { x: view.x, y: view.y, w };
    const h = w * this.ratio();
    this.svg.setAttribute("viewBox", `${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
    this.unit = w / (this.svg.getBoundingClientRect().width || 600); // map units in one pixel
    for (const s of this.spots ?? []) s.dot.setAttribute("r", this.unit * (s.r ?? (3.5 + 13 * Math.sqrt(s.n / this.most))));
    for (const p of this.defs.querySelectorAll("pattern")) p.setAttribute("patternTransform", `scale(${this.unit})`);
    this.write();
    if (this.streets) this.pave();
  }

  // Street tiles of the part in view: asked of their host only while the reader has turned them on.
  pave() {
    if (!this.streets) { this.tiles.replaceChildren(); return; }
    const z = Math.min(18, Math.max(0, Math.round(Math.log2(this.width / (this.unit * 256))))), size = this.width / 2 ** z;
    const { x, y, w } = this.view, h = w * this.ratio(), wanted = new Set(), most = 2 ** z - 1;
    const clamp = (v) => Math.min(most, Math.max(0, Math.floor(v / size)));
    for (let i = clamp(x - w / 2); i <= clamp(x + w / 2); i++) {
      for (let j = clamp(y - h / 2); j <= clamp(y + h / 2); j++) {
        const href = this.box.dataset.tiles.replace("{z}", z).replace("{x}", i).replace("{y}", j);
        wanted.add(href);
        if (![...this.tiles.children].some((t) => t.getAttribute("href") === href)) {
          make("image", { href, x: i * size, y: j * size, width: size * 1.002, height: size * 1.002 }, this.tiles);
        }
      }
    }
    for (const t of [...this.tiles.children]) if (!wanted.has(t.getAttribute("href"))) t.remove();
  }

  // Labels that do not lie on each other, the places with most events first.
  write() {
    const { x, y, w } = this.view, h = w * this.ratio(), u = this.unit;
    const taken = [];
    const free = (box) => taken.every((t) => box[2] < t[0] || box[0] > t[2] || box[3] < t[1] || box[1] > t[3]);
    const put = (group, label, cx, cy, size, kind) => {
      const half = label.length * size * 0.31 * u;
      const box = [cx - half, cy - size * u, cx + half, cy + size * 0.35 * u];
      if (cx < x - w / 2 || cx > x + w / 2 || cy < y - h / 2 || cy > y + h / 2 || !free(box)) return null;
      taken.push(box);
      const t = make("text", { x: cx, y: cy, "font-size": size * u, "stroke-width": 3 * u, class: kind, direction: document.documentElement.dir }, group);
      t.textContent = label;
      return t;
    };
    this.labels.replaceChildren();
    this.names.replaceChildren();
    for (const s of this.spots ?? []) {
      const r = Number(s.dot.getAttribute("r"));
      // a number fits into a large dot only
      if (!s.r && s.n > 1 && r > 8.5 * u && free([s.x - r, s.y - r, s.x + r, s.y + r])) {
        const t = make("text", { x: s.x, y: s.y + 4 * u, "font-size": 11.5 * u, class: "many" }, this.labels);
        t.textContent = this.count.format(s.n);
        taken.push([s.x - 0.7 * r, s.y - 0.7 * r, s.x + 0.7 * r, s.y + 0.7 * r]);
      }
      if (s.label) put(this.labels, s.label, s.x, s.y - r - 4 * u, 13, "place-label");
    }
    for (const [iso, cx, cy] of this.states) if (this.stateNames[iso]) put(this.names, this.stateNames[iso], cx, cy, 14, "state");
    const wide = (360 * w) / this.width; // degrees in view
    if (wide > 24) return;
    const near = ([, cx, cy]) => cx > x - w / 2 && cx < x + w / 2 && cy > y - h / 2 && cy < y + h / 2;
    for (const [label, cx, cy] of this.landmarks.towns.filter(near).slice(0, 12)) {
      if (put(this.names, label, cx, cy - 5 * u, 11.5, "town")) make("circle", { class: "town", cx, cy, r: 2 * u }, this.names);
    }
    if (wide < 14) for (const [label, cx, cy] of this.landmarks.provinces.filter(near)) put(this.names, label, cx, cy, 11.5, "province");
  }

  zoom(by, at = null) {
    const { x, y, w } = this.view;
    const to = Math.min(this.width, Math.max(12, w * by)), k = to / w;
    const [px, py] = at ?? [x, y];
    this.look({ x: px + (x - px) * k, y: py + (y - py) * k, w: to });
  }

  point(e) {
    const r = this.svg.getBoundingClientRect();
    return [this.view.x + (e.clientX - r.left - r.width / 2) * this.unit, this.view.y + (e.clientY - r.top - r.height / 2) * this.unit];
  }

  steer() {
    const fingers = new Map();
    let apart = 0;
    this.svg.addEventListener("wheel", (e) => { e.preventDefault(); this.zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, this.point(e)); }, { passive: false });
    this.svg.addEventListener("pointerdown", (e) => { fingers.set(e.pointerId, e); this.moved = false; apart = 0; });
    addEventListener("pointermove", (e) => {
      const before = fingers.get(e.pointerId);
      if (!before || !this.view) return;
      const dx = e.clientX - before.clientX, dy = e.clientY - before.clientY;
      fingers.set(e.pointerId, e);
      if (fingers.size === 1) {
        if (Math.abs(dx) + Math.abs(dy) > 2) this.moved = true;
        this.look({ ...this.view, x: this.view.x - dx * this.unit, y: this.view.y - dy * this.unit });
      } else {
        const [a, b] = [...fingers.values()];
        const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        if (apart) this.zoom(apart / now, this.point({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 }));
        apart = now;
        this.moved = true;
      }
    });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (e) => { fingers.delete(e.pointerId); apart = 0; });
    this.svg.addEventListener("keydown", (e) => {
      const step = this.view.w / 8;
      const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key];
      if (move && e.target === this.svg) { e.preventDefault(); this.look({ ...this.view, x: this.view.x + move[0], y: this.view.y + move[1] }); }
      if (e.key === "+" || e.key === "=") this.zoom(1 / 1.4);
      if (e.key === "-") this.zoom(1.4);
      if (e.key === "0") this.fit();
    });
  }
}

const maps = new WeakMap();
function drawMaps(where = document) {
  for (const box of where.querySelectorAll(".map")) if (!maps.has(box)) maps.set(box, new MusnadMap(box));
}
window.musnadMaps = { draw: drawMaps, of: (box) => maps.get(box) };
drawMaps();
