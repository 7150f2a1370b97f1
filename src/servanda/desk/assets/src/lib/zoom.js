// Moving about in a drawing: with the mouse, two fingers, the tools or the keys.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const STEP = 1.6;
const PART = 0.2; // of the drawing's size that an arrow moves it

/** Let `layer` move within `svg`; `moved(scale, x, y)` is told of every change. Gives the tools of `pictures`. */
export function movable(svg, layer, { width, height, furthest = 12, moved = () => {} }) {
  const behaviour = zoom()
    .scaleExtent([1, furthest])
    .translateExtent([[0, 0], [width, height]])
    .extent([[0, 0], [width, height]])
    .filter((event) => (event.type === "wheel" ? event.ctrlKey : !event.button) && !(event.touches?.length === 1))
    .on("zoom", ({ transform }) => {
      layer.setAttribute("transform", transform);
      moved(transform.k, transform.x, transform.y);
    });
  const drawing = select(svg).call(behaviour).on("dblclick.zoom", null);
  const by = (x, y) => () => drawing.call(behaviour.translateBy, x * width, y * height);
  return {
    in: () => drawing.call(behaviour.scaleBy, STEP),
    out: () => drawing.call(behaviour.scaleBy, 1 / STEP),
    fit: () => drawing.call(behaviour.transform, zoomIdentity),
    show: (box) => drawing.call(behaviour.transform, framing(box, width, height, furthest)),
    left: by(PART, 0), right: by(-PART, 0), up: by(0, PART), down: by(0, -PART),
  };
}

/** The transform that shows a box, [[left, top], [right, bottom]], with room around it. */
function framing([[left, top], [right, bottom]], width, height, furthest) {
  const scale = Math.max(1, Math.min(furthest / 4, (0.8 * width) / Math.max(right - left, 1), (0.8 * height) / Math.max(bottom - top, 1)));
  return zoomIdentity.translate(width / 2, height / 2).scale(scale).translate(-(left + right) / 2, -(top + bottom) / 2);
}
