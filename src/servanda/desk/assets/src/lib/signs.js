// Signs that differ in form as well as in colour.
import { shape } from "./elements.js";

const FORMS = {
  circle: (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
  square: (r) => `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: (r) => `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0z`,
  triangle: (r) => `M0,${-1.2 * r}L${1.2 * r},${0.9 * r}H${-1.2 * r}z`,
  hexagon: (r) => `M${-r},${-0.58 * r}L0,${-1.15 * r}L${r},${-0.58 * r}V${0.58 * r}L0,${1.15 * r}L${-r},${0.58 * r}z`,
};

/** A path of a form, about (0, 0), of a radius in pixels. */
export function sign(form, radius, classes) {
  return shape("path", { d: (FORMS[form] ?? FORMS.circle)(radius), class: `sign ${classes}` });
}
