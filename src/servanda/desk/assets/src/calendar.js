// The month of planned steps and due dates is a table of the page; this lets it be saved as a picture.
import { pictures } from "./lib/picture.js";
import { snapshot } from "./lib/snapshot.js";

pictures("calendar", (stage, data, context) => {
  context.say(data.says);
  return { drawing: () => snapshot(stage, { title: context.figure.dataset.title, source: context.figure.dataset.credit }) };
});
