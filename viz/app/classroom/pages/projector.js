// The instructor's page: the way in, the list of demonstrations, and a round from its first guess to its reveal.
import { again, ask, make, store } from "./common.js";
import { Cloud } from "./cloud.js";

const place = (id) => document.getElementById(id), head = place("head"), page = place("page"), bar = place("bar"), said = place("said");
const kept = store("discretion-instructor");
let key = kept.get(), now = null, clouds = [], drawn = "", sure = false;

const adopt = () => {
  if (!location.hash) return;
  key = location.hash.slice(1);
  kept.set(key);
  history.replaceState(null, "", location.pathname);
};

const locked = (problem) => {
  now = null;
  head.hidden = true;
  const field = make("input", { id: "key", autocomplete: "off" });
  page.replaceChildren(make("h1", {}, "A room for the class"),
    make("form", { submit: (event) => { event.preventDefault(); key = field.value.trim(); kept.set(key); look(); } },
      make("p", {}, make("label", { for: "key" }, "Open this page by the link that the terminal shows, or give the instructor's key, the part of that link behind #.")),
      field, make("button", { class: "do" }, "Open")));
  bar.replaceChildren();
  said.textContent = problem;
};

const act = async (action, more = {}) => {
  try { show(await ask("class/do", key, { action, turn: now.turn, ...more })); said.textContent = ""; }
  catch (error) { said.textContent = error.status ? error.message : "The server does not answer; trying again."; }
};

const save = async () => {
  const answer = await fetch("class/guesses.csv", { headers: { Authorization: `Bearer ${key}` } });
  if (!answer.ok) { said.textContent = "The guesses could not be saved."; return; }
  const link = make("a", { href: URL.createObjectURL(await answer.blob()), download: "guesses.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
};

const end = () => {
  if (sure) { sure = false; act("end"); return; }
  sure = true;
  drawn = "";
  show(now);
  said.textContent = now.guesses ? "Everything guessed is forgotten, unless you have saved it. Press once more to end the class." : "Press once more to end the class.";
};

const foot = () => [make("span", { class: "space" }),
  make("button", { click: save, disabled: !now.guesses }, "Save the guesses (CSV)"),
  make("button", { click: end }, sure ? "End the class, and forget it" : "End the class")];

const way = () => [make("span", {}, "Join at "), make("div", { class: "address" }, now.address), make("div", {}, "with the code ", make("span", { class: "code" }, now.code))];

const lobby = () => {
  head.hidden = true;
  head.replaceChildren();
  page.className = "";
  page.replaceChildren(make("h1", {}, now.rounds ? "Which demonstration next?" : "Take out your phones"),
    make("div", { class: "lobby" },
      make("section", {}, make("img", { src: now.qr, alt: `QR code of ${now.address}` }), ...way(), make("p", { id: "phones", role: "status" })),
      make("section", { class: "list", "aria-label": "Demonstrations" }, ...now.demonstrations.map((one) =>
        make("button", { click: () => act("begin", { name: one.name }) }, make("strong", {}, one.title), one.question + " ",
          ...(one.played ? [make("span", { class: "been" }, "Played.")] : []))))));
  bar.replaceChildren(...foot());
};

const round = () => {
  const one = now.round;
  head.hidden = false;
  head.replaceChildren(make("img", { src: now.qr, alt: `QR code of ${now.address}` }), make("div", { class: "way" }, ...way()), make("p", { class: "count", id: "phones", role: "status" }));
  clouds = one.rows.map(() => new Cloud());
  page.className = "round";
  page.replaceChildren(make("p", {}, one.title), make("h1", {}, one.question), ...one.rows.map((row, at) =>
    make("section", { class: "row" }, make("h2", {}, row.ask), make("p", {}), clouds[at].element, make("p", { class: "note" }))),
  make("p", { class: "of" }));
};

const steps = () => {
  const one = now.round, left = one.rows.length - one.shown;
  const main = !one.closed ? make("button", { class: "do", click: next, disabled: !one.guessed }, "Close the guesses")
    : make("button", { class: "do", click: next }, left ? `Reveal ${one.shown ? "the next" : "the first"} figure` : "Next demonstration");
  const back = one.closed && !one.shown ? [make("button", { click: () => act("reopen") }, "Open the guesses again")] : [];
  const leave = left ? [make("button", { click: () => act("leave") }, "Leave this round")] : [];
  const on = one.on ? [make("a", { href: one.on, target: "_blank" }, "Go on in the app")] : [];
  bar.replaceChildren(main, ...on, ...back, ...leave, ...foot());
};

const next = () => {
  const one = now && now.round;
  if (one) act(!one.closed ? "close" : one.shown < one.rows.length ? "reveal" : "leave");
};

const key_of = (kind, text) => make("span", { class: `key-${kind}` }, text);

const fill = () => {
  const one = now.round;
  const phones = place("phones"), count = `${now.phones} phone${now.phones === 1 ? "" : "s"}`;
  if (!one) { phones.textContent = `${count} in the room`; return; }
  phones.replaceChildren(make("strong", {}, `${one.guessed} of ${now.phones}`), one.closed ? "guessed; closed" : "have guessed");
  one.rows.forEach((row, at) => {
    const [text, note] = page.querySelectorAll(".row")[at].querySelectorAll("p");
    const told = row.told ? [key_of("model", `${row.wrong ? "○" : "●"} The model: ${row.told.model}`), key_of("happened", `□ What happened: ${row.told.happened}`), row.told.against, key_of("guess", row.nearest)] : [];
    text.replaceChildren(key_of("guess", row.said), ...told.filter(Boolean));
    note.textContent = row.told && at === one.shown - 1 ? row.note : "";
  });
  one.rows.forEach((row, at) => clouds[at].draw(row));
  page.querySelector(".of").textContent = one.shown ? one.of : "";
};

const show = (found) => {
  now = found;
  const state = now.round ? `${now.rounds}` : `list ${now.rounds}`;
  const turned = `${state} ${now.turn} ${now.code} ${sure} ${now.guesses > 0} ${Boolean(now.round && now.round.guessed)}`;
  if (turned !== drawn) {
    const held = bar.contains(document.activeElement);
    if (now.round && !drawn.startsWith(`${state} `)) round();
    (now.round ? steps : lobby)();
    if (held) bar.querySelector("button:enabled").focus();
    drawn = turned;
  }
  fill();
};

const look = async () => {
  try {
    const found = await ask(`class/state?change=${now ? now.change : ""}`, key);
    if (said.textContent.startsWith("The server")) said.textContent = "";
    if (found) show(found);
  } catch (error) {
    if (error.status === 403) { if (now || !place("key")) locked(key ? error.message : ""); return; }
    said.textContent = "The server does not answer; trying again.";
  }
};

addEventListener("hashchange", () => { adopt(); look(); });
addEventListener("resize", () => { if (now && now.round) fill(); });
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.target.closest("input")) return;
  if (["ArrowRight", "PageDown"].includes(event.key)) { event.preventDefault(); next(); }
});
adopt();
again(look, 400);
