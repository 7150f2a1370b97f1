// Elements with their attributes and children; text is always text.

export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value != null) made.setAttribute(name, value);
  made.append(...children.filter((child) => child != null && child !== ""));
  return made;
}

/** What a mark is called aloud: what is written at it, in full where it was cut, and a note. */
export function spoken(title, written, note) {
  return written === title ? `${title}: ${note}` : `${written} (${title}): ${note}`;
}

/** Text cut to a number of letters, with a sign that it was. */
export function shortened(text, letters) {
  const all = [...text];
  return all.length > letters ? `${all.slice(0, letters - 1).join("")}…` : text;
}
