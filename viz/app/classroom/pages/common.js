// What the pages of the room share: elements made of text alone, a store that may be forbidden, and asking the server.

export const make = (tag, attributes = {}, ...children) => {
  const element = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};

export const store = (name) => ({
  get() { try { return localStorage.getItem(name) || ""; } catch { return ""; } },
  set(value) { try { localStorage.setItem(name, value); } catch { /* private browsing: kept until the page is closed */ } },
});

export class Refused extends Error {
  constructor(status, found) {
    super(found.allowed ? `${found.what}; allowed: ${found.allowed}` : found.what || "the server refused this");
    this.status = status;
  }
}

export const ask = async (path, bearer, body) => {
  const options = { headers: { Authorization: `Bearer ${bearer}` }, cache: "no-store" };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  const answer = await fetch(path, options);
  if (answer.status === 204) return null;
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, found);
  return found;
};

export const again = (look, pause) => {
  const turn = async () => {
    if (!document.hidden) await look();
    setTimeout(turn, pause);
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  turn();
};
