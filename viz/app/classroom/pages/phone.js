// A phone of the class: join with the code, guess, and see what came out.
import { again, ask, make, store } from "./common.js";

const kept = store("discretion-phone"), page = document.getElementById("page"), status = document.getElementById("status");
const line = document.getElementById("line");
let token = kept.get(), turn = "", set = [], round = 0, changing = false;

const say = (text) => { if (status.textContent !== text) status.textContent = text; };

const join = async (code) => {
  try {
    ({ token } = await ask("join", "", { code, token }));
    kept.set(token);
    await look();
  } catch (error) {
    entrance(error.status ? error.message : "The room does not answer. Are you on the network of the class?", code);
  }
};

const entrance = (problem, code = "") => {
  const field = make("input", { id: "code", value: code, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 12, required: true });
  page.replaceChildren(make("form", { submit: (event) => { event.preventDefault(); join(field.value); } },
    make("label", { for: "code" }, "The code on the projector"), field, make("button", { class: "do" }, "Join")));
  say(problem);
};

const left = () => set.filter((value) => value === null).length;

const slider = (row, at, told) => {
  const id = `guess-${at}`, output = make("output", { for: id });
  const input = make("input", { id, type: "range", min: 0, max: row.high, step: 1 });
  const put = (value) => {
    set[at] = Math.min(row.high, Math.max(0, value));
    input.value = set[at];
    show();
  };
  const show = () => {
    output.textContent = set[at] === null ? "not yet set" : `${set[at]} of 100`;
    input.classList.toggle("nowhere", set[at] === null);
    input.setAttribute("aria-valuetext", output.textContent);
    told();
  };
  input.value = set[at] === null ? row.high / 2 : set[at];
  input.addEventListener("input", () => put(Number(input.value)));
  input.addEventListener("click", () => put(Number(input.value)));
  const step = (by, sign) => make("button", { type: "button", class: "step", "aria-label": `${by < 0 ? "One less" : "One more"}: ${row.ask}`, click: () => put(Number(input.value) + by) }, sign);
  show();
  return make("div", { class: "asked" }, make("label", { for: id }, row.ask), output,
    make("div", { class: "slide" }, step(-1, "−"), input, step(1, "+")));
};

const guessing = (now) => {
  const send = make("button", { class: "do" }, "");
  const told = () => {
    send.disabled = left() > 0;
    send.textContent = left() ? `${left()} of ${set.length} still to be set` : "Send my guess";
  };
  const sent = async (event) => {
    event.preventDefault();
    try {
      const found = await ask("join/guess", token, { round: now.number, values: set });
      changing = false;
      draw(found);
    } catch (error) { say(error.status ? error.message : "Not sent: the room does not answer. Press again in a moment."); }
  };
  page.replaceChildren(...titled(now), make("form", { submit: sent }, ...now.rows.map((row, at) => slider(row, at, told)), send));
  told();
  say("Guess before it is revealed.");
};

const titled = (now) => [make("h2", {}, now.title), make("p", { class: "question" }, now.question)];

const outcome = (row, mine) => {
  const found = [["Your guess", mine === null ? "none" : String(mine)]];
  if (row.told) {
    found.push(["The class", row.said], ["The model", row.told.model], ["What happened", row.told.happened]);
    if (row.told.against) found.push(["The difference", row.told.against]);
  }
  return make("div", { class: "asked" }, make("p", {}, row.ask),
    make("dl", {}, ...found.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    ...(row.best ? [make("p", { class: "best" }, "Nobody came nearer.")] : []));
};

const waiting = (now) => {
  const mine = (at) => (now.mine ? now.mine[at] : null);
  const change = make("button", { class: "quiet", type: "button", click: () => { changing = true; guessing(now); } }, "Change my guess");
  page.replaceChildren(...titled(now), ...now.rows.map((row, at) => outcome(row, mine(at))), ...(now.closed ? [] : [change]));
  const shown = now.rows.filter((row) => row.told).length;
  say(!now.closed ? "Sent. You can change it until the guesses are closed."
    : shown ? `Revealed: ${shown} of ${now.rows.length}.` : now.mine ? "The guesses are closed. Look at the projector." : "The guesses are closed. You can guess in the next round.");
};

const draw = (found) => {
  const now = found.round;
  ({ turn } = found);
  if (now === null) {
    page.replaceChildren(make("p", { class: "question" }, "You are in. Look at the projector."));
    return say(found.played ? "The next round begins here." : "The first round begins here.");
  }
  if (now.number !== round) { set = now.mine || now.rows.map(() => null); changing = false; }
  else if (now.mine && !changing) set = [...now.mine];
  round = now.number;
  if (now.closed || (now.mine && !changing)) waiting(now);
  else guessing(now);
};

const look = async () => {
  if (!token) return;
  try {
    const found = await ask(`join/state?turn=${turn}`, token);
    line.textContent = "";
    if (found) draw(found);
  } catch (error) {
    if (error.status !== 403) { line.textContent = "The room does not answer; trying again."; return; }
    const here = decodeURIComponent(location.hash.slice(1)), was = turn !== "";
    token = turn = "";
    kept.set("");
    if (was) entrance("This class has ended. Nothing of it is kept.");
    else if (here) await join(here);
    else entrance("");
  }
};

addEventListener("hashchange", () => join(decodeURIComponent(location.hash.slice(1))));
if (!token && location.hash) join(decodeURIComponent(location.hash.slice(1)));
else if (!token) entrance("");
again(look, 1000);
