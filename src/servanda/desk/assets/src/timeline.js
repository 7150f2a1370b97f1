// Engagements and undertakings along time, from decades to days.
import moment from "moment";
import "moment/locale/vi";
import { Timeline } from "vis-timeline/esnext";
import "vis-timeline/styles/vis-timeline-graph2d.css";
import { element, shortened } from "./lib/elements.js";
import { pictures } from "./lib/picture.js";
import { opens } from "./lib/quotes.js";
import { snapshot } from "./lib/snapshot.js";

const WORDS = { vi: { current: "hiện tại", time: "lúc" }, en: { current: "current", time: "time" } };
const DAY = 86_400_000;
const TALLEST = 0.6; // of the stage: the column of most
const NARROWEST = 9; // pixels of a column of counts: where they would be less, a longer period is counted
const PAUSE = 250; // milliseconds after a movement before more is asked for

pictures("timeline", (stage, data, context) => {
  const line = new Timeline(stage, [], options(stage, data));
  const view = { line, data, context, stage, whole: extent(data.first, data.last) };
  line.setWindow(...extent(data.from, data.to), { animation: false });
  fill(view, data);
  const edges = around(view, data, stage);
  line.on("rangechanged", later(() => (look(view), edges()), PAUSE));
  return tools(view, stage);
});

function options(stage, data) {
  const language = document.documentElement.lang;
  return {
    locale: language, locales: WORDS,
    moment: (date) => moment(date).locale(language),
    height: stage.clientWidth < 600 ? "24rem" : "30rem",
    verticalScroll: true, zoomKey: "ctrlKey", orientation: { axis: "both", item: "top" }, showCurrentTime: true, showTooltips: false,
    zoomMin: 3 * DAY, zoomMax: furthest(data), selectable: false, margin: { item: { horizontal: 4, vertical: 6 } },
    template: (item) => item.drawn,
  };
}

/** A century, or all there is where that is more: the timeline shows no longer window than this. */
function furthest({ first, last }) {
  const [from, to] = extent(first, last);
  return Math.max(100 * 366 * DAY, to - from);
}

/** Two days as a window, with a little room. */
function extent(first, last) {
  const [from, to] = first ? [day(first), day(last) + DAY] : [Date.now() - 365 * DAY, Date.now()];
  const room = Math.max((to - from) * 0.04, 10 * DAY);
  return [from - room, to + room];
}

const day = (iso) => moment(iso, "YYYY-MM-DD").valueOf();

function fill(view, data) {
  const spans = coarser(data.spans, view);
  const most = Math.max(...spans.map((span) => span.count));
  const columns = spans.length > 0;
  view.line.setOptions({ stack: !columns, align: columns ? "left" : "auto", orientation: { axis: "both", item: columns ? "bottom" : "top" } });
  view.line.setItems([...data.marks.map((mark) => marked(mark, view)), ...spans.map((span) => counted(span, most, view))]);
  view.data = data;
  view.context.say(data.says);
}

function marked(mark, { context }) {
  const link = element("a", { href: mark.href, class: `mark ${mark.kind} ${mark.status}`, title: `${mark.date} · ${mark.title}` },
    element("span", { class: "glyph", "aria-hidden": "true" }, mark.glyph), ` ${shortened(mark.title, 60)}`);
  const end = mark.start === mark.end ? null : day(mark.end) + DAY;
  const about = { id: `${mark.group} ${mark.id}`, start: day(mark.start), drawn: opens(link, mark, context.quotes), className: `${mark.group} ${mark.status}` };
  return end ? { ...about, end, type: "range" } : { ...about, type: "point" };
}

/** What begins before and after the first look: a button under each edge shows it too, until it is in sight. */
function around({ line, whole }, data, stage) {
  const edges = ["before", "after"].filter((side) => data[side]).map((side) => {
    const [words, reach] = side === "before" ? [`← ${data[side]}`, [whole[0], day(data.to) + DAY]] : [`${data[side]} →`, [day(data.from), whole[1]]];
    const button = element("button", { type: "button", class: `edge ${side}` }, words);
    button.addEventListener("click", () => line.setWindow(...reach, { animation: false }));
    return { side, button };
  });
  if (edges.length) stage.after(element("p", { class: "edges" }, ...edges.map(({ button }) => button)));
  return () => {
    const { start, end } = line.getWindow();
    for (const { side, button } of edges) button.hidden = side === "before" ? start <= day(data.first) : end >= day(data.last);
  };
}

/** The counts of longer periods, months, else years, else decades, where the columns would be too narrow to hit. */
function coarser(spans, { line, stage }) {
  const { start, end } = line.getWindow();
  return [7, 4, 3].reduce((found, length) => {
    const seen = found.filter((span) => day(span.end) > start && day(span.start) < end);
    const wide = (it) => ((day(it.end) + DAY - day(it.start)) / (end - start)) * stage.clientWidth;
    return seen.some((span) => wide(span) < NARROWEST) ? joined(found, length) : found;
  }, spans);
}

const PERIODS = {
  3: (decade) => ({ start: `${decade}0-01-01`, end: `${decade}9-12-31`, title: `${decade}0–${decade}9` }),
  4: (year) => ({ start: `${year}-01-01`, end: `${year}-12-31`, title: year }),
  7: (month) => ({ start: `${month}-01`, end: moment(month, "YYYY-MM").endOf("month").format("YYYY-MM-DD"),
    title: moment(month, "YYYY-MM").locale(document.documentElement.lang).format("MMMM YYYY") }),
};

/** Counts of the months, years or decades that the first so many letters of a day name. */
function joined(spans, length) {
  const found = new Map();
  for (const span of spans) {
    const part = span.start.slice(0, length);
    const count = (found.get(part)?.count ?? 0) + span.count;
    found.set(part, { ...PERIODS[length](part), count });
  }
  return [...found.values()];
}

/** So many in a decade, a year, a month or a day, where one by one would be too many: a column that opens on a click. */
function counted(span, most, { line, stage }) {
  const told = `${span.title}: ${span.count}`;
  const button = element("button", { type: "button", class: "span", title: told, "aria-label": told },
    element("span", { class: "number" }, `${span.count}`), element("span", { class: "column" }));
  button.lastChild.style.height = `${Math.max(3, Math.round((span.count / most) * stage.clientHeight * TALLEST))}px`;
  button.addEventListener("click", () => line.setWindow(day(span.start), day(span.end) + DAY));
  return { id: span.start, start: day(span.start), end: day(span.end) + DAY, type: "range", drawn: button, className: "spans" };
}

/** Ask for what the window shows, where what is drawn is counts or does not reach that far. */
async function look(view) {
  const { start, end } = view.line.getWindow();
  const [since, until] = [start, end].map((at) => moment(Math.max(at, -62e12)).format("YYYY-MM-DD"));
  const drawn = !view.data.spans.length && (!view.data.since || (view.data.since <= since && until <= view.data.until));
  if (drawn || since === view.asked) return;
  view.asked = since;
  fill(view, await view.context.load({ since, until }));
  view.asked = null;
}

function later(act, pause) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, pause);
  };
}

/** Nearer by so much, around what is in sight: the column of most, else the mark nearest to the middle. */
function nearer({ line, data }, part) {
  const [start, end] = Object.values(line.getWindow()).map(Number);
  const known = (data.spans.length ? data.spans : data.marks).map((it) => ({ ...it, middle: (day(it.start) + day(it.end) + DAY) / 2 }));
  const seen = known.filter(({ middle }) => middle >= start && middle <= end);
  const off = ({ middle }) => Math.abs(middle - (start + end) / 2);
  const best = seen.sort((one, other) => (other.count ?? 0) - (one.count ?? 0) || off(one) - off(other))[0];
  const long = (end - start) * (1 - part);
  const middle = best ? Math.min(Math.max(best.middle, start + long / 2), end - long / 2) : (start + end) / 2;
  line.setWindow(middle - long / 2, middle + long / 2, { animation: false });
}

function tools(view, stage) {
  const { line, whole, context } = view;
  const move = (part) => () => {
    const { start, end } = line.getWindow();
    const by = (end - start) * part;
    line.setWindow(start.valueOf() + by, end.valueOf() + by, { animation: false });
  };
  return {
    in: () => nearer(view, 0.6), out: () => line.zoomOut(0.6, { animation: false }), fit: () => line.setWindow(...whole),
    left: move(-0.3), right: move(0.3),
    drawing: () => snapshot(stage, { title: context.figure.dataset.title, source: context.figure.dataset.credit }),
  };
}
