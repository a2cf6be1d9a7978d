// The guesses of a class on one line: each a dot where it was guessed, beside the others of its neighbourhood.
import { make } from "./common.js";

const BELOW = 38, SIDE = 20, MOST = 9;

// Places dots so that none hides another where there is room: each as near to the line as those before it allow.
export const placed = (values, x, radius, room) => {
  const found = [];
  for (const at of values.map((_, at) => at).sort((a, b) => values[a] - values[b] || a - b)) {
    const here = x(values[at]);
    const near = found.filter((one) => one && Math.abs(one.x - here) < 2 * radius).map((one) => ({ ...one, across: Math.sqrt(4 * radius ** 2 - (one.x - here) ** 2) }));
    const free = [0, ...near.map((one) => one.up + one.across)].filter((up) => near.every((one) => Math.abs(one.up - up) > one.across - 1e-6));
    found[at] = { x: here, up: Math.min(...free) };
  }
  const highest = Math.max(1, ...found.map((one) => one.up));
  const squeeze = Math.min(1, room / highest);
  return found.map((one) => ({ x: one.x, up: one.up * squeeze }));
};

export class Cloud {
  constructor() {
    this.axis = make("svg:g");
    this.marks = make("svg:g");
    this.dots = make("svg:g");
    this.told = false;
    this.element = make("svg:svg", { role: "img" }, this.axis, this.marks, this.dots);
  }

  draw(row) {
    const width = this.element.clientWidth, under = this.element.clientHeight - BELOW, x = (value) => SIDE + (value / row.high) * (width - 2 * SIDE);
    const line = (from, to, y, kind) => make("svg:line", { x1: x(from), x2: x(to), y1: y, y2: y, class: kind });
    const radius = Math.min(MOST, width / 90);
    this.element.setAttribute("aria-label", [row.said, ...(row.told ? [`model: ${row.told.model}`, `what happened: ${row.told.happened}`, row.nearest] : [])].join("; "));
    const ticks = [0, 1, 2, 3, 4, 5].map((part) => (part * row.high) / 5);
    this.axis.replaceChildren(line(0, row.high, under, "axis"), ...ticks.map((tick) =>
      make("svg:text", { x: x(tick), y: under + 34, "text-anchor": "middle" }, String(tick))));
    const [low, median, high] = row.middle || [];
    this.marks.replaceChildren(...(row.middle ? [line(low, high, under + 9, "middle"),
      make("svg:line", { x1: x(median), x2: x(median), y1: under + 1, y2: under + 17, class: "median" })] : []), ...this.revealed(row, x, under, line));
    this.told = Boolean(row.told);
    placed(row.guesses, x, radius, under - 2 * radius - 2).forEach((one, at) => {
      const dot = this.dots.children[at] || this.dots.appendChild(make("svg:circle", { r: radius }));
      dot.style.transform = `translate(${one.x}px, ${under - radius - 2 - one.up}px)`;
      dot.setAttribute("class", (row.best || []).includes(at) ? "dot best" : "dot");
    });
    while (this.dots.children.length > row.guesses.length) this.dots.lastChild.remove();
  }

  revealed(row, x, under, line) {
    if (!row.told) return [];
    const [model, from, to] = row.model, group = make("svg:g", { class: `${row.wrong ? "wrong" : ""} ${this.told ? "" : "new"}` });
    group.append(line(from, Math.min(to, row.high), under, "range"), make("svg:circle", { cx: x(Math.min(model, row.high)), cy: under, r: 9, class: "model" }));
    if (row.happened !== null) group.append(make("svg:rect", { x: x(row.happened) - 13, y: under - 13, width: 26, height: 26, class: "happened" }));
    return [group];
  }
}
