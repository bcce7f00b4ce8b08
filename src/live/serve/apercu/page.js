// The page in view: brought up to date where it stands, its place, focus and open parts kept.
const script = document.currentScript;
const page = script.dataset.page;
let version = script.dataset.version ?? null;
let ressources = script.dataset.ressources;
let etat = null;
let source = null;
let coupe = false;
const encode = (path) => path.split("/").map(encodeURIComponent).join("/");
const stored = (storage, key) => { try { return storage.getItem(key); } catch { return null; } };
const store = (storage, key, value) => { try { storage.setItem(key, value); } catch { /* Private windows may refuse. */ } };
const KEY = "livret-apercu";

// --- Bringing the page up to date: only what differs is touched, so that place, focus and open parts stay.
const ours = (node) => node === host || (node.nodeName === "SCRIPT" && (node.getAttribute("src") ?? "").startsWith("/.livret/"));
const plain = (url) => url.replace(/[?&]livret=[^&]*$/, "");

// A part that the reader opened stays open, one that he closed closed.
const isReaders = (node, name) => name === "open" && node.nodeName === "DETAILS";

function attributes(old, next) {
  for (const { name, value } of [...next.attributes]) {
    const current = old.getAttribute(name);
    if (isReaders(old, name)) continue;
    if (current !== value && !(current !== null && (name === "href" || name === "src") && plain(current) === value)) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !isReaders(old, name) && !(old === document.body && name === "style")) old.removeAttribute(name);
  }
}

// `differs` tells that they are known to.
function morph(old, next, differs) {
  if (!differs && old.isEqualNode(next)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = next.nodeValue; return; }
  attributes(old, next);
  const from = [...old.childNodes].filter((node) => !ours(node));
  const to = [...next.childNodes].filter((node) => !ours(node));
  while (from.length && to.length && from[0].isEqualNode(to[0])) { from.shift(); to.shift(); }
  let after = null;
  const met = from.length > 0 && to.length > 0;
  while (from.length && to.length && (from.length > 1 || to.length > 1) && from.at(-1).isEqualNode(to.at(-1))) { after = from.pop(); to.pop(); }
  to.forEach((node, i) => {
    const known = from[i];
    if (known && known.nodeType === node.nodeType && known.nodeName === node.nodeName && (known.id ?? "") === (node.id ?? "")) morph(known, node, met && i === 0);
    else if (known) known.replaceWith(document.importNode(node, true));
    else old.insertBefore(document.importNode(node, true), after);
  });
  from.slice(to.length).forEach((node) => node.remove());
}

// Styles and pictures keep their names: a changed one is asked for under another address, and shown when it is there.
function refreshAssets() {
  for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
    const next = link.cloneNode();
    next.setAttribute("href", `${plain(link.getAttribute("href"))}?livret=${ressources}`);
    next.addEventListener("load", () => link.remove(), { once: true });
    next.addEventListener("error", () => next.remove(), { once: true });
    link.after(next);
  }
  for (const image of document.body.querySelectorAll("img")) image.setAttribute("src", `${plain(image.getAttribute("src"))}?livret=${ressources}`);
}

const scripts = (doc) => [...doc.scripts].filter((script) => !ours(script)).map((script) => script.outerHTML).join("\n");

// A page whose scripts do not follow is loaded anew; where it was scrolled and what was typed in it is put back.
function reload() {
  const fields = [...document.querySelectorAll("input, select, textarea")].map((f) => [f.id || f.name, f.type === "checkbox" || f.type === "radio" ? f.checked : f.value]);
  store(sessionStorage, KEY, JSON.stringify({ page, x: scrollX, y: scrollY, fields, focus: document.activeElement?.id ?? "" }));
  location.reload();
}

function restore() {
  const text = stored(sessionStorage, KEY);
  if (!text) return;
  sessionStorage.removeItem(KEY);
  const kept = JSON.parse(text);
  if (kept.page !== page) return;
  const all = [...document.querySelectorAll("input, select, textarea")];
  for (const [name, value] of kept.fields) {
    const field = name && all.find((f) => (f.id || f.name) === name && (f.type !== "radio" || value));
    if (!field) continue;
    const check = field.type === "checkbox" || field.type === "radio";
    if ((check ? field.checked : field.value) === value) continue;
    if (check) field.checked = value; else field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
  scrollTo(kept.x, kept.y);
  addEventListener("load", () => scrollTo(kept.x, kept.y), { once: true });
}

// The text of the page as it is.
let text = null;

// Makes the page what a new text says; `false` if it must be loaded anew for that. Scripts of its own must be the same as
// before, and take back what they have done to it (« livret:avant ») to do it again (« livret:apres »).
function become(html, assets) {
  const own = scripts(document);
  if (own !== "" && (assets !== ressources || document.dispatchEvent(new Event("livret:avant", { cancelable: true })))) return false;
  const [old, now] = [text, bare(html)];
  text = null;
  const few = old === null ? null : differences(old, now);
  if (few) {
    for (const [shown, becomes] of few) morph(shown, becomes, true);
  } else {
    const next = new DOMParser().parseFromString(html, "text/html");
    if (own !== scripts(next)) return false;
    attributes(document.documentElement, next.documentElement);
    morph(document.head, next.head);
    morph(document.body, next.body);
  }
  document.dispatchEvent(new Event("livret:apres"));
  text = now;
  return true;
}

// Reads the text of the page in view while there is time.
(window.requestIdleCallback ?? setTimeout)(async () => {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const html = await answer.text();
    if (text === null && version !== null && html.includes(` data-version="${version}"`)) text = bare(html);
  } catch {
    // Then the first change takes longer.
  }
});

let busy = false;
async function update() {
  if (busy) return;
  busy = true;
  try {
    while (etat && etat.version !== null && (etat.version !== version || etat.ressources !== ressources)) {
      const wanted = [etat.version, etat.ressources];
      if (version === null) { location.reload(); return; }
      const answer = await fetch(location.pathname, { cache: "no-store" });
      if (!answer.ok) break;
      if (!become(await answer.text(), wanted[1])) { reload(); return; }
      if (wanted[1] !== ressources) { ressources = wanted[1]; refreshAssets(); }
      version = wanted[0];
    }
  } catch {
    // The server is gone; when it is back it tells the state again.
  } finally {
    busy = false;
  }
  draw();
}
