// --- The bar, the mistakes and the printed pages, in a place of their own that no style of the page reaches.
const host = document.createElement("livret-apercu");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { all: initial; display: block; }
  * { box-sizing: border-box; }
  .cadre { position: fixed; z-index: 2147483000; right: 12px; bottom: 12px; left: 12px; display: flex; flex-direction: column; align-items: flex-end; gap: 8px; pointer-events: none; font: 15px/1.45 system-ui, sans-serif; color: #16202e; }
  .cadre > * { pointer-events: auto; }
  .barre { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; padding: 6px 10px; background: #fff; border: 1px solid #5b6676; border-radius: 8px; box-shadow: 0 2px 10px rgb(0 0 0 / .25); }
  button, a { font: inherit; color: #16335f; background: #eef2f8; border: 1px solid #5b6676; border-radius: 5px; padding: 2px 10px; text-decoration: none; cursor: pointer; }
  button[aria-pressed=true] { background: #16335f; color: #fff; }
  button:focus-visible, a:focus-visible { outline: 3px solid #c2410c; outline-offset: 1px; }
  .vues { display: flex; gap: 4px; }
  .problemes { width: min(60rem, 100%); max-height: 45vh; overflow: auto; padding: 10px 14px; background: #fff6f4; border: 2px solid #a61b1b; border-radius: 8px; box-shadow: 0 2px 14px rgb(0 0 0 / .35); }
  .problemes h2 { margin: 0 0 6px; font-size: 17px; color: #8a1212; }
  .probleme { margin: 0 0 12px; padding: 0 0 10px; border-bottom: 1px solid #e0b4b0; overflow-wrap: anywhere; }
  .probleme:last-child { margin: 0; padding: 0; border: 0; }
  .probleme p { margin: 2px 0; }
  .message { font-weight: 700; }
  pre { margin: 4px 0; padding: 6px 10px; background: #fff; border: 1px solid #e0b4b0; border-radius: 4px; white-space: pre-wrap; font: 14px/1.4 ui-monospace, monospace; }
  mark { background: #ffd9d2; color: inherit; text-decoration: underline wavy #a61b1b; }
  .libelle { color: #8a1212; }
  .pages { display: block; min-height: 100vh; padding: 20px 12px 90px; background: #5a6270; }
  .pages img { display: block; width: min(100%, 1150px); margin: 0 auto 16px; background: #fff; box-shadow: 0 2px 10px rgb(0 0 0 / .5); aspect-ratio: var(--format, 297 / 210); }
  .pages.ancien img { opacity: .75; }
  .pages p { max-width: 40rem; margin: 20vh auto 0; padding: 16px 20px; background: #fff; border-radius: 8px; font: 17px/1.5 system-ui, sans-serif; }
  [hidden] { display: none !important; }
  @media print { :host { display: none; } }
`);
root.adoptedStyleSheets = [sheet];
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const screenButton = make("button", { type: "button", textContent: "Écran" });
const pagesButton = make("button", { type: "button", textContent: "Pages imprimées" });
const views = make("div", { className: "vues" }, screenButton, pagesButton);
views.setAttribute("role", "group");
views.setAttribute("aria-label", "Affichage");
const open = make("a", { textContent: "Ouvrir le PDF", target: "_blank" });
const mistakes = make("button", { type: "button" });
const status = make("span");
status.setAttribute("role", "status");
const bar = make("div", { className: "barre" }, views, open, mistakes, status);
const list = make("div", { className: "problemes", tabIndex: 0 });
list.setAttribute("role", "region");
list.setAttribute("aria-label", "Erreurs");
const printed = make("div", { className: "pages" });
const frame = make("div", { className: "cadre" }, list, bar);
frame.setAttribute("role", "complementary");
frame.setAttribute("aria-label", "Aperçu");
root.append(printed, frame);

let pagesWanted = stored(localStorage, `${KEY}-vue`) === "pages";
const places = { ecran: 0, pages: 0 };
let hiddenMistakes = null;
let drawn = "";

function choose(pages) {
  places[pagesWanted ? "pages" : "ecran"] = scrollY;
  pagesWanted = pages;
  store(localStorage, `${KEY}-vue`, pages ? "pages" : "ecran");
  draw();
  scrollTo(0, places[pages ? "pages" : "ecran"]);
}
screenButton.addEventListener("click", () => choose(false));
pagesButton.addEventListener("click", () => choose(true));
mistakes.addEventListener("click", () => {
  hiddenMistakes = list.hidden ? null : drawn;
  draw();
});

function problem(p) {
  const place = p.line ? `${p.file}, ligne ${p.line}` : p.file ?? "";
  const item = make("div", { className: "probleme" }, make("p", { className: "message", textContent: p.message }), make("p", { className: "lieu", textContent: place }));
  if (p.excerpt) {
    const { before, marked, after } = p.excerpt;
    item.append(make("pre", {}, before, make("mark", { textContent: marked }), after));
    if (p.label) item.append(make("p", { className: "libelle", textContent: p.label }));
  }
  const related = p.related.map(({ label, file, line }) => `${label} : ${file}, ligne ${line}`);
  for (const note of [...related, ...p.notes]) item.append(make("p", { textContent: note }));
  if (p.help) item.append(make("p", { className: "aide", textContent: `Que faire : ${p.help}` }));
  return item;
}

function drawMistakes() {
  const { problemes, autres } = etat;
  const total = problemes.length + autres;
  const text = JSON.stringify([problemes, autres]);
  if (text !== drawn) {
    drawn = text;
    const title = total > 1 ? `${total} erreurs` : "Une erreur";
    list.replaceChildren(make("h2", { textContent: `${title} : la page montre le dernier contenu sans erreur` }), ...problemes.map(problem));
    if (autres) list.append(make("p", { textContent: `… et ${autres} autres, que le terminal montre.` }));
    list.scrollTop = 0;
  }
  list.hidden = total === 0 || hiddenMistakes === drawn;
  mistakes.hidden = total === 0;
  mistakes.textContent = `${list.hidden ? "Montrer" : "Masquer"} ${total > 1 ? `les ${total} erreurs` : "l’erreur"}`;
  mistakes.setAttribute("aria-expanded", String(!list.hidden));
}

// A page in view is replaced when the new one is ready to be seen, the others when they come into view.
async function replace(image, url) {
  const { top, bottom } = image.getBoundingClientRect();
  if (bottom > -innerHeight && top < 2 * innerHeight && image.complete && image.naturalWidth) {
    const next = new Image();
    next.src = url;
    try { await next.decode(); } catch { /* Then the browser shows that it could not. */ }
  }
  image.src = url;
}

let shown = "";
function drawPages(pdf) {
  const want = pdf.version ? `${pdf.chemin}?${pdf.version}` : "";
  printed.classList.toggle("ancien", pdf.etat !== "a-jour");
  if (!want) {
    shown = "";
    printed.replaceChildren(make("p", { textContent: pdf.etat === "impossible" ? `Ce document n’a pas de PDF : ${pdf.message}` : "Ce document est en cours d’impression…" }));
    return;
  }
  if (want === shown) return;
  shown = want;
  const images = [...printed.querySelectorAll("img")];
  if (images.length === 0) printed.replaceChildren();
  for (let n = 1; n <= pdf.pages; n++) {
    const url = `/.livret/pages/${encode(pdf.chemin)}/${n}.svg?v=${pdf.version}`;
    const alt = `Page ${n} sur ${pdf.pages}`;
    if (images[n - 1]) {
      images[n - 1].alt = alt;
      replace(images[n - 1], url);
    } else {
      const image = make("img", { loading: "lazy", alt, src: url });
      if (n === 1) image.addEventListener("load", () => printed.style.setProperty("--format", `${image.naturalWidth} / ${image.naturalHeight}`));
      printed.append(image);
    }
  }
  images.slice(pdf.pages).forEach((image) => image.remove());
}

function draw() {
  if (!etat) return;
  drawMistakes();
  const { pdf } = etat;
  const pages = pagesWanted && pdf !== null;
  views.hidden = open.hidden = pdf === null;
  open.hidden ||= pdf?.version == null;
  if (pdf) open.href = `/${encode(pdf.chemin)}`;
  screenButton.setAttribute("aria-pressed", String(!pages));
  pagesButton.setAttribute("aria-pressed", String(pages));
  printed.hidden = !pages;
  document.body.style.display = pages ? "none" : "";
  if (!document.body.getAttribute("style")) document.body.removeAttribute("style");
  if (pages) drawPages(pdf);
  status.textContent = coupe ? "Aperçu arrêté : livret watch ne répond plus"
    : version !== null && etat.version === null ? "Ce document n’existe plus"
    : etat.ancien ? "Dernier contenu sans erreur"
    : pdf?.etat === "en-cours" ? (etat.attente > 1 ? `PDF en cours (encore ${etat.attente})…` : "PDF en cours…")
    : pdf?.etat === "impossible" ? `PDF impossible : ${pdf.message}`
    : "À jour";
}

// --- The connection. One that is in the background is given up: browsers allow few of them, and the server takes
// a connected page for one that is looked at.
function connect() {
  if (source || document.hidden) return;
  source = new EventSource(`/.livret/evenements?page=/${encode(page)}`);
  source.addEventListener("etat", (event) => {
    etat = JSON.parse(event.data);
    coupe = false;
    draw();
    update();
  });
  source.addEventListener("error", () => {
    coupe = true;
    draw();
    if (source?.readyState === EventSource.CLOSED) { disconnect(); setTimeout(connect, 2000); }
  });
}
function disconnect() {
  source?.close();
  source = null;
}
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
document.documentElement.append(host);
restore();
connect();
