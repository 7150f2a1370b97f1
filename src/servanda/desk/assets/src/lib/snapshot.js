// Any part of a page as one SVG element that needs nothing else: boxes, lines and words as the browser laid them out.
import { shape } from "./elements.js";

const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family",
  "font-size", "font-weight", "text-anchor", "dominant-baseline", "vector-effect", "paint-order", "stroke-linejoin"];

/** What `root` looks like now; `title` and `source` are written into the picture. */
export function snapshot(root, { title = "", source = "" } = {}) {
  const box = root.getBoundingClientRect();
  const [width, height] = [Math.ceil(box.width), Math.ceil(box.height)];
  const foot = source ? 22 : 0;
  const picture = shape("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + foot,
    viewBox: `0 0 ${width} ${height + foot}` }, shape("title", {}, title), shape("desc", {}, source));
  picture.append(shape("rect", { width, height: height + foot, fill: ground(root) }));
  draw(root, picture, { x: box.left, y: box.top });
  if (source) picture.append(shape("text", { x: 8, y: height + 15, "font-size": 11, "font-family": "sans-serif", fill: getComputedStyle(root).color }, source));
  return picture;
}

/** The first colour under an element that is not transparent. */
function ground(element) {
  for (let it = element; it; it = it.parentElement) {
    const colour = getComputedStyle(it).backgroundColor;
    if (seen(colour)) return colour;
  }
  return "white";
}

function draw(element, into, origin) {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
  const box = element.getBoundingClientRect();
  if (element instanceof SVGSVGElement) return void into.append(cloned(element, box, origin));
  if (box.width && box.height) boxed(style, box, into, origin);
  const inside = style.overflowX === "visible" ? into : clipped(box, into, origin);
  const from = inside === into ? origin : { x: box.left, y: box.top };
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) written(child, style, inside, from);
    else if (child.nodeType === Node.ELEMENT_NODE) draw(child, inside, from);
  }
}

function clipped(box, into, origin) {
  if (!box.width || !box.height) return into;
  const window = shape("svg", { x: box.left - origin.x, y: box.top - origin.y, width: box.width, height: box.height });
  into.append(window);
  return window;
}

function boxed(style, box, into, origin) {
  const [x, y] = [box.left - origin.x, box.top - origin.y];
  const size = { x, y, width: box.width, height: box.height, rx: parseFloat(style.borderTopLeftRadius) || null };
  if (seen(style.backgroundColor)) into.append(shape("rect", { ...size, fill: style.backgroundColor }));
  const edges = { Top: [x, y, x + box.width, y], Bottom: [x, y + box.height, x + box.width, y + box.height],
    Left: [x, y, x, y + box.height], Right: [x + box.width, y, x + box.width, y + box.height] };
  for (const [side, [x1, y1, x2, y2]] of Object.entries(edges)) {
    const wide = parseFloat(style[`border${side}Width`]);
    const colour = style[`border${side}Color`];
    const drawn = wide && style[`border${side}Style`] !== "none" && seen(colour);
    if (drawn) into.append(shape("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": wide, "stroke-dasharray": dashes(style[`border${side}Style`]) }));
  }
}

function dashes(style) {
  return { dashed: "4 3", dotted: "1 3" }[style];
}

/** Words where they stand; a text node in several lines gives one line of text for each. */
function written(node, style, into, origin) {
  for (const [top, line] of lines(node)) {
    into.append(shape("text", { x: line.left - origin.x, y: top + line.height * 0.78 - origin.y, fill: style.color,
      "font-size": style.fontSize, "font-family": style.fontFamily, "font-weight": style.fontWeight }, line.text));
  }
}

function lines(node) {
  const found = new Map();
  const range = document.createRange();
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const line = found.get(box.top);
    if (line) line.text += ` ${word[0]}`;
    else found.set(box.top, { left: box.left, height: box.height, text: word[0] });
  }
  return found;
}

/** A drawing in the page, with its style written into it. */
function cloned(svg, box, origin) {
  const copy = svg.cloneNode(true);
  const [theirs, ours] = [svg.querySelectorAll("*"), copy.querySelectorAll("*")];
  theirs.forEach((from, n) => painted(from, ours[n]));
  for (const [name, value] of Object.entries({ x: box.left - origin.x, y: box.top - origin.y, width: box.width, height: box.height }))
    copy.setAttribute(name, value);
  copy.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
  copy.querySelectorAll("[data-unsaved]").forEach((part) => part.remove());
  return copy;
}

function painted(from, to) {
  const style = getComputedStyle(from);
  for (const name of PAINT) {
    const value = style.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  if (style.display === "none") to.setAttribute("display", "none");
}

function seen(colour) {
  return colour && colour !== "transparent" && !/, 0\)$|\/ 0\)$/.test(colour);
}
