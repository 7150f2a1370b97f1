// Pictures as files.

/** Offer an SVG element as a file, as it is or painted: `format` is svg or png. */
export async function save(svg, format, figure) {
  const text = new XMLSerializer().serializeToString(svg);
  const file = new Blob([text], { type: "image/svg+xml" });
  offer(format === "svg" ? file : await painted(text, svg), `${figure.dataset.name ?? figure.dataset.picture}.${format}`);
}

function offer(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Two dots for each of the picture's, so that it can be printed. */
async function painted(text, svg) {
  const [width, height] = ["width", "height"].map((side) => Number(svg.getAttribute(side)));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
