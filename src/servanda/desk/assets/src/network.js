// Who met whom: one actor's neighbourhood. Cytoscape finds the places; the marks are links, for keys and screen readers.
import cytoscape from "cytoscape";
import { shape, shortened, spoken } from "./lib/elements.js";
import { pictures } from "./lib/picture.js";
import { opens } from "./lib/quotes.js";
import { sign } from "./lib/signs.js";
import { snapshot } from "./lib/snapshot.js";
import { movable } from "./lib/zoom.js";

const FORMS = { person: "circle", state: "square", organisation: "diamond", mission: "triangle" };
const LETTERS = { narrow: 14, wide: 24 }; // of a name under its sign
const NARROW = 600; // pixels
const LETTER = 3.3; // half the width of a letter
const ROOM = 40; // pixels kept free above and below
const TALL = 38; // pixels of a sign and the name under it
const MORE = 1.35; // times the room of others that the one in the middle takes
const ROUNDS = 120; // of moving apart what overlaps

pictures("network", (stage, data, context) => {
  context.say(data.says);
  const size = { width: stage.clientWidth, height: Math.round(stage.clientWidth < NARROW ? 560 : Math.min(stage.clientWidth * 0.62, 680)) };
  const layer = shape("g");
  const svg = shape("svg", { class: "network", width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}`,
    role: "group", "aria-label": context.figure.dataset.title }, layer);
  const places = placed(data, size);
  layer.append(...data.ties.map((tie) => tied(tie, places, context)), ...data.nodes.map((node) => named(node, places, data, context)));
  stage.append(svg);
  return { ...movable(svg, layer, size), drawing: () => snapshot(stage, { title: context.figure.dataset.title, source: context.figure.dataset.credit }) };
});

/** Where each actor stands: the one asked about in the middle, those who meet each other near each other. */
function placed(data, { width, height }) {
  const wide = 2 * LETTER * letters(width);
  const cy = cytoscape({
    headless: true, styleEnabled: true, style: [{ selector: "node", style: { width: wide, height: 34 } }],
    elements: [
      ...data.nodes.map((node, n) => ({ data: { id: node.id }, position: ring(n, data.nodes.length) })),
      ...data.ties.map((tie) => ({ data: { id: tie.id, source: tie.source, target: tie.target } })),
    ],
  });
  cy.layout({ name: "cose", animate: false, randomize: false, fit: false, nodeOverlap: 24, idealEdgeLength: () => 90,
    nodeRepulsion: () => 60_000, gravity: 0.4, numIter: 1500, boundingBox: { x1: 0, y1: 0, w: width, h: height } }).run();
  return fitted(new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }])), width, height);
}

/** The first in the middle, the others around: the same start gives the same picture. */
function ring(n, count) {
  const angle = (2 * Math.PI * n) / Math.max(count - 1, 1);
  return n === 0 ? { x: 0, y: 0 } : { x: 220 * Math.cos(angle), y: 160 * Math.sin(angle) };
}

function fitted(places, width, height) {
  const [xs, ys] = ["x", "y"].map((axis) => [...places.values()].map((place) => place[axis]));
  const free = (1 - Math.min(1, 0.4 + 0.06 * places.size)) / 2; // a few stand near each other
  const across = along(xs, width, Math.max(LETTER * letters(width), width * free));
  const down = along(ys, height, Math.max(ROOM, height * free));
  for (const place of places.values()) [place.x, place.y] = [across(place.x), down(place.y)];
  return apart(places, width, height);
}

/** Moved until no name lies over another, as far as there is room. */
function apart(places, width, height) {
  const [wide, all] = [2 * LETTER * letters(width), [...places.values()]];
  all[0].more = MORE; // the one in the middle
  for (let round = 0; round < ROUNDS; round++) {
    for (const [n, one] of all.entries()) for (const other of all.slice(n + 1)) pushed(one, other, wide);
    for (const place of all) {
      place.x = Math.min(Math.max(place.x, wide / 2), width - wide / 2);
      place.y = Math.min(Math.max(place.y, ROOM / 2), height - ROOM);
    }
  }
  return places;
}

/** Half of what two overlap by, each away from the other, across or down: where it is less. */
function pushed(one, other, wide) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const more = Math.max(one.more ?? 1, other.more ?? 1);
  const [across, down] = [wide * more - Math.abs(dx), TALL * more - Math.abs(dy)];
  if (across <= 0 || down <= 0) return;
  const [axis, by] = down <= across ? ["y", (dy < 0 ? -down : down) / 2] : ["x", (dx < 0 ? -across : across) / 2];
  one[axis] -= by;
  other[axis] += by;
}

function along(values, size, room) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (value) => (most === least ? size / 2 : room + ((value - least) / (most - least)) * (size - 2 * room));
}

function tied(tie, places, { quotes }) {
  const [from, to] = [places.get(tie.source), places.get(tie.target)];
  const line = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  const link = shape("a", { href: tie.href, class: "mark tie", "aria-label": `${tie.title}: ${tie.note}` },
    shape("title", {}, `${tie.title}: ${tie.note}`),
    shape("line", { ...line, class: "reach" }), // wide and unseen, so that it can be hit
    shape("line", { ...line, class: "line", "stroke-width": 1 + Math.min(5, Math.log2(tie.count) * 1.2) }));
  return opens(link, tie, quotes);
}

const letters = (width) => (width < NARROW ? LETTERS.narrow : LETTERS.wide);

function named(node, places, data, context) {
  const { x, y } = places.get(node.id);
  const central = node.id === data.centre ? " centre" : "";
  const written = shortened(node.title, letters(context.stage.clientWidth));
  const radius = Math.min(16, 6 + Math.sqrt(node.count));
  const link = shape("a", { href: node.href, class: `mark actor ${node.kind}${central}`, transform: `translate(${x},${y})`,
    "aria-label": spoken(node.title, written, node.note) },
    shape("title", {}, `${node.title}: ${node.note}`), sign(FORMS[node.kind], radius, node.kind),
    shape("text", { y: radius + 14, "text-anchor": "middle" }, written));
  return opens(link, node, context.quotes);
}
