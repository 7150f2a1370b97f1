// Missions and meeting places. A place known only as a country is its area, hatched, never a point.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { shape, shortened, spoken } from "./lib/elements.js";
import { pictures } from "./lib/picture.js";
import { opens } from "./lib/quotes.js";
import { sign } from "./lib/signs.js";
import { snapshot } from "./lib/snapshot.js";
import { movable } from "./lib/zoom.js";

const LETTERS = 18; // of a name beside its sign
const LETTER = 6.4; // pixels of a letter
const SOUTH = -57; // Antarctica is left out

pictures("map", async (stage, data, context) => {
  context.say(data.says);
  const world = await (await fetch(context.figure.dataset.world)).json();
  const map = drawn(stage, world);
  const countries = data.countries.map((place) => country(place, map, context)).filter(Boolean);
  map.layer.append(...countries.map((it) => it.link), ...countries.map((it) => it.label)); // no area lies over a name
  const points = [...data.towns.map((place) => point(place, "circle", "town", map, context)),
    ...data.missions.map((place) => point(place, "triangle", "mission", map, context))].filter(Boolean);
  map.layer.append(...points);
  stage.append(map.svg);
  return moving(map, data, stage, context);
});

function drawn(stage, world) {
  const width = stage.clientWidth;
  const height = Math.round(Math.max(width * 0.5, 260));
  const countries = feature(world, world.objects.countries).features;
  const frame = { type: "MultiPoint", coordinates: [[-179, 83], [179, 83], [-179, SOUTH], [179, SOUTH], [-179, 0], [179, 0]] };
  const projection = geoNaturalEarth1().fitExtent([[4, 4], [width - 4, height - 4]], frame);
  const path = geoPath(projection);
  const land = countries.filter((it) => it.id !== "010");
  const layer = shape("g", {}, shape("path", { class: "sea", d: path({ type: "Sphere" }) }),
    ...land.map((it) => shape("path", { class: "land", d: path(it) })),
    shape("path", { class: "border", d: path(mesh(world, world.objects.countries, (a, b) => a !== b)), "vector-effect": "non-scaling-stroke" }));
  const svg = shape("svg", { class: "map", width, height, viewBox: `0 0 ${width} ${height}`, role: "group" }, hatching(), layer);
  return { svg, layer, width, height, projection, path, byId: byNumber(land, path) };
}

/** Each state's area by its number; of several that bear one, as Australia's islands bear its, the largest. */
function byNumber(land, path) {
  const found = new Map();
  for (const it of land) if (!found.has(it.id) || path.area(it) > path.area(found.get(it.id))) found.set(it.id, it);
  return found;
}

function hatching() {
  const pattern = shape("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    shape("rect", { width: 5, height: 5, class: "hatch-ground" }), shape("line", { y2: 5, class: "hatch-line" }));
  return shape("defs", {}, pattern);
}

/** The area itself, with its name and number where its middle is; a country too small to see gets a dashed ring. */
function country(place, { byId, path, projection }, { quotes }) {
  const area = byId.get(place.country);
  if (!area && !place.at) return null;
  const [x, y] = place.at ? projection(place.at) : path.centroid(largest(area));
  const [[left, top], [right, bottom]] = area ? path.bounds(area) : [[x, y], [x, y]];
  const written = `${shortened(place.title, LETTERS)} · ${place.count}`;
  const small = Math.min(right - left, bottom - top) < 7;
  const label = shape("g", { class: "label kept", "data-x": x, "data-y": y, transform: `translate(${x},${y})` },
    small ? shape("circle", { r: 7, class: "ring" }) : null,
    shape("text", { "text-anchor": "middle", y: small ? 18 : 4 }, written));
  const link = shape("a", { href: place.href, class: "mark country", "aria-label": spoken(place.title, written, place.note) },
    shape("title", {}, `${place.title}: ${place.note}`),
    area ? shape("path", { d: path(area), class: "area", fill: "url(#hatch)", "vector-effect": "non-scaling-stroke" })
      : shape("circle", { cx: x, cy: y, r: 7, class: "ring" }));
  return { link: opens(link, place, quotes), label };
}

/** The largest part of a country, so that its name does not stand in the sea between its parts. */
function largest(area) {
  if (area.geometry.type !== "MultiPolygon") return area;
  const parts = area.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  const path = geoPath();
  return parts.reduce((most, it) => (path.area(it) > path.area(most) ? it : most));
}

function point(place, form, kind, { projection }, { quotes }) {
  const at = place.at && projection(place.at);
  if (!at) return null;
  const written = shortened(place.title, LETTERS);
  const radius = Math.min(14, 4 + Math.sqrt(place.count));
  const link = shape("a", { href: place.href, class: `mark ${kind} kept`, "data-x": at[0], "data-y": at[1], "data-off": radius + 3, transform: `translate(${at})`,
    "aria-label": spoken(place.title, written, place.note) },
    shape("title", {}, `${place.title}: ${place.note}`), sign(form, radius, kind),
    shape("text", { x: radius + 3, y: 4 }, written));
  return opens(link, place, quotes);
}

/** Signs and names keep their size while the land grows; the first look is at where there are marks. */
function moving({ svg, layer, width, height }, data, stage, context) {
  const kept = [...layer.querySelectorAll(".kept")];
  const moved = (scale, x = 0, y = 0) => {
    for (const it of kept) it.setAttribute("transform", `translate(${it.dataset.x},${it.dataset.y}) scale(${1 / scale})`);
    apart(kept, (it) => [Number(it.dataset.x) * scale + x, Number(it.dataset.y) * scale + y], width);
  };
  const tools = movable(svg, layer, { width, height, furthest: 40, moved });
  moved(1);
  tools.fit = () => tools.show(bounds(kept, width, height));
  tools.fit();
  return { ...tools, drawing: () => snapshot(stage, { title: context.figure.dataset.title, source: context.figure.dataset.credit }) };
}

function bounds(kept, width, height) {
  const xs = kept.map((it) => Number(it.dataset.x));
  const ys = kept.map((it) => Number(it.dataset.y));
  return kept.length ? [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]] : [[0, 0], [width, height]];
}

/** Where names would lie over one another only the first, of the larger sign, is written; the others come with zooming.
 * A name that the edge of the picture would cut stands on the other side of its sign, or further in. */
function apart(kept, seen, width) {
  const taken = kept.filter((it) => !it.classList.contains("label")).map((it) => {
    const [x, y] = seen(it);
    return { from: x - 7, to: x + 7, y };
  });
  for (const it of kept) {
    const text = it.querySelector("text");
    const [x, y] = seen(it);
    const from = x + beside(it, text, x, width);
    const wide = text.textContent.length * LETTER;
    const clash = taken.some((box) => from < box.to && from + wide > box.from && Math.abs(y - box.y) < 14);
    text.setAttribute("display", clash ? "none" : "inline");
    if (!clash) taken.push({ from, to: from + wide, y });
  }
}

/** Put a name where the picture has room for it; gives how far from its sign it begins. */
function beside(it, text, x, width) {
  const wide = text.textContent.length * LETTER;
  if (it.classList.contains("label")) {
    const by = Math.max(wide / 2 + 4 - x, 0) || Math.min(width - 4 - wide / 2 - x, 0);
    text.setAttribute("x", 0 <= x && x <= width ? by : 0);
    return (0 <= x && x <= width ? by : 0) - wide / 2;
  }
  const off = Number(it.dataset.off);
  const left = x + off + wide > width && x - off - wide > 0;
  text.setAttribute("x", left ? -off : off);
  text.setAttribute("text-anchor", left ? "end" : "start");
  return left ? -off - wide : off;
}
