// What a mark leads to: the words it was taken from, each with the way to its document.
import { element } from "./elements.js";

/** A function that shows a mark's quotes under the picture. */
export function quotes(figure) {
  const panel = figure.querySelector(".picture-quotes");
  return (mark) => {
    panel.replaceChildren(heading(mark), ...mark.quotes.map(quote), ...more(mark, figure), ...also(mark));
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  };
}

/** A link that is a mark: followed with a modifier it goes to the record, else it shows the quotes here. */
export function opens(link, mark, show) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    show(mark);
  });
  return link;
}

function heading(mark) {
  const title = mark.href ? element("a", { href: mark.href }, mark.title) : mark.title;
  return element("p", { class: "picture-mark" }, element("strong", {}, title), mark.note ? ` ${mark.note}` : "");
}

function quote(said) {
  const source = element("cite", {}, element("a", { href: said.href }, said.source));
  return element("blockquote", { class: "words" }, element("p", { lang: "vi", dir: "auto" }, `“${said.words}”`), element("br"), source);
}

function more(mark, figure) {
  return mark.more ? [element("p", {}, element("a", { href: mark.href }, `+ ${mark.more} ${figure.dataset.more ?? ""}`))] : [];
}

function also(mark) {
  const links = (mark.also ?? []).map(({ href, title }) => element("li", {}, element("a", { href }, title)));
  return links.length ? [element("ul", { class: "picture-also" }, ...links)] : [];
}
