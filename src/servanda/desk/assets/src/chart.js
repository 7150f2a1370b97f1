// What the press says of a state's peacekeepers beside the UN's figures. Strengths share the UN's scale; cumulative
// totals and movements each have a panel of their own, and nothing is ever added to anything.
import { scaleLinear, scaleUtc } from "d3-scale";
import { shape } from "./lib/elements.js";
import { pictures } from "./lib/picture.js";
import { opens } from "./lib/quotes.js";
import { sign } from "./lib/signs.js";
import { snapshot } from "./lib/snapshot.js";

const FORMS = { official: "square", women: "square", strength: "circle", cumulative: "triangle", movement: "diamond" };
const EDGE = { left: 46, right: 14, top: 46, between: 58, bottom: 30 };
const TALL = { strength: 300, cumulative: 110, movement: 110 };

pictures("chart", (stage, data, context) => {
  context.say(data.says);
  const width = stage.clientWidth;
  const panels = stacked(data);
  const height = panels.at(-1).bottom + EDGE.bottom;
  const across = scaleUtc().domain(period(data)).range([EDGE.left, width - EDGE.right]);
  const svg = shape("svg", { class: "chart", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": context.figure.dataset.title });
  svg.append(...panels.map((panel) => panelled(panel, across, width, data, context)), axis(across, height - EDGE.bottom + 16, width));
  stage.append(svg);
  return { drawing: () => snapshot(stage, { title: context.figure.dataset.title, source: context.figure.dataset.credit }) };
});

function stacked(data) {
  let top = EDGE.top;
  const panels = [];
  for (const measure of ["strength", "cumulative", "movement"]) {
    const marks = data.claims.filter((claim) => claim.measure === measure);
    const official = measure === "strength" ? data.official : [];
    if (!marks.length && !official.length && (measure !== "strength" || data.claims.length)) continue;
    panels.push({ measure, marks, official, top, bottom: top + TALL[measure], title: data.titles[measure] });
    top += TALL[measure] + EDGE.between;
  }
  return panels;
}

function period({ claims, official }) {
  const times = [...claims.flatMap((it) => [at(it.start), at(it.end)]), ...official.map((it) => at(it.start))];
  const [from, to] = times.length ? [Math.min(...times), Math.max(...times)] : [Date.now() - 3e10, Date.now()];
  const room = Math.max((to - from) * 0.03, 20 * 86_400_000);
  return [from - room, to + room];
}

const at = (iso) => Date.parse(`${iso}T00:00:00Z`);

function panelled(panel, across, width, data, context) {
  const most = Math.max(1, ...panel.marks.map((it) => it.count), ...panel.official.map((it) => it.count));
  const up = scaleLinear().domain([0, most * 1.12]).nice().range([panel.bottom, panel.top]);
  const lines = up.ticks(panel.bottom - panel.top > 200 ? 6 : 3).filter(Number.isInteger).flatMap((tick) => [
    shape("line", { x1: EDGE.left, x2: width - EDGE.right, y1: up(tick), y2: up(tick), class: "grid" }),
    shape("text", { x: EDGE.left - 6, y: up(tick) + 4, "text-anchor": "end", class: "tick" }, `${tick}`)]);
  return shape("g", { class: `panel ${panel.measure}` },
    ...titled(panel, width), ...lines,
    ...panel.official.flatMap((it) => official(it, across, up, context)),
    ...panel.marks.map((it) => claimed(it, across, up, context)));
}

/** The panel's title above it, in as many lines as it needs. */
function titled({ title, top }, width) {
  const letters = Math.floor((width - EDGE.left) / 7.2);
  const lines = title.split(" ").reduce((all, word) => {
    const longer = all.length ? `${all.at(-1)} ${word}` : word;
    return all.length && longer.length <= letters ? [...all.slice(0, -1), longer] : [...all, word];
  }, []);
  return lines.map((line, n) => shape("text", { x: EDGE.left, y: top - 14 - 15 * (lines.length - 1 - n), class: "panel-title" }, line));
}

/** The UN's figure of a month: a stem, and of them the women. Months without a table stay empty; no line bridges them. */
function official(figure, across, up, { quotes }) {
  const x = across(at(figure.start));
  const women = figure.women == null ? null : shape("g", { transform: `translate(${x},${up(figure.women)})` }, sign(FORMS.women, 3, "women"));
  const link = shape("a", { href: figure.href, class: "mark official", "aria-label": `${figure.title}: ${figure.note}` },
    shape("title", {}, `${figure.title}: ${figure.note}`), shape("line", { x1: x, x2: x, y1: up(0), y2: up(figure.count), class: "stem" }), women,
    shape("g", { transform: `translate(${x},${up(figure.count)})` }, sign(FORMS.official, 4.5, "official")));
  return opens(link, figure, quotes);
}

/** A claim where its date is; one of a longer time is a bar as long as that. */
function claimed(claim, across, up, { quotes }) {
  const [from, to] = [across(at(claim.start)), across(at(claim.end))];
  const y = up(claim.count);
  const link = shape("a", { href: claim.href, class: `mark claim ${claim.measure}`, "aria-label": `${claim.title}: ${claim.note}` },
    shape("title", {}, `${claim.title}: ${claim.note}`),
    to - from > 3 ? shape("line", { x1: from, x2: to, y1: y, y2: y, class: "while" }) : null,
    shape("g", { transform: `translate(${(from + to) / 2},${y})` }, sign(FORMS[claim.measure], 6, claim.measure)));
  return opens(link, claim, quotes);
}

/** The first days of the months between two days. */
function months(from, to) {
  const found = [];
  for (let at = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)); at <= to; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1))) found.push(at);
  return found;
}

function axis(across, y, width) {
  const most = Math.max(2, Math.floor(width / 90));
  const fine = across.ticks(most);
  const ticks = fine.every((tick) => tick.getUTCDate() === 1) ? fine : months(...across.domain()); // two of one month say nothing
  const years = ticks.every((tick) => tick.getUTCMonth() === 0 && tick.getUTCDate() === 1);
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", year: "numeric", ...(years ? {} : { month: "numeric" }) });
  return shape("g", { class: "axis" }, ...ticks.map((tick) => shape("text", { x: across(tick), y, "text-anchor": "middle", class: "tick" }, format.format(tick))));
}
