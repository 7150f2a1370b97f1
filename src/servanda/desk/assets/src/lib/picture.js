// A picture: a figure whose data are fetched, drawn on its stage, operated by its tools and saved. See templates/pictures.
import { quotes } from "./quotes.js";
import { save } from "./save.js";

/**
 * Draw every figure of a kind. `draw(stage, data, figure)` fills the stage and gives the tools it offers, by the name of
 * their buttons (`in`, `out`, `fit`, `left`, `right`), and `drawing()`, the picture as it is now, as one SVG element.
 */
export function pictures(kind, draw) {
  for (const figure of document.querySelectorAll(`figure[data-picture="${kind}"]`)) open(figure, draw);
}

async function open(figure, draw) {
  const stage = figure.querySelector(".picture-stage");
  const context = { figure, stage, say: saying(figure), quotes: quotes(figure), load: (more) => load(figure, more) };
  try {
    const data = await load(figure);
    stage.hidden = false;
    const drawn = await draw(stage, data, context);
    tools(figure, drawn);
    keys(stage, drawn);
    figure.dataset.drawn = "yes";
  } catch (error) {
    stage.hidden = true;
    figure.dataset.drawn = "no";
    context.say(figure.dataset.failed);
    console.warn(`${figure.dataset.picture}: ${error.message}`);
  }
}

/** The figure's data, with more parameters than it names itself. */
async function load(figure, more = {}) {
  const address = new URL(figure.dataset.source, location.href);
  for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address.pathname} answers ${answer.status}`);
  return answer.json();
}

function saying(figure) {
  const line = figure.querySelector(".picture-status");
  return (text) => (line.textContent = text ?? "");
}

function tools(figure, drawn) {
  const bar = figure.querySelector(".picture-tools");
  for (const button of bar.querySelectorAll("button[data-do]")) {
    const name = button.dataset.do;
    const act = drawn[name] ?? saving(figure, name, drawn);
    button.hidden = !act;
    if (act) button.addEventListener("click", () => act());
  }
  bar.hidden = false;
}

function saving(figure, name, drawn) {
  return name === "svg" || name === "png" ? () => save(drawn.drawing(), name, figure) : null;
}

const KEYS = { "+": "in", "=": "in", "-": "out", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Home: "fit", 0: "fit" };

/** Keys while the stage itself has the focus; marks inside it are reached with Tab. */
function keys(stage, drawn) {
  stage.addEventListener("keydown", (event) => {
    const act = event.target === stage && !event.ctrlKey && !event.metaKey && !event.altKey && drawn[KEYS[event.key]];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
