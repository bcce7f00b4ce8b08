// Run by the printer inside the page, as the body of an async function: print media is on, fonts are loaded, nothing
// is printed yet. CSS alone can neither repeat a title where its rows go on over a page break nor cut a row taller than a
// page between two criteria: here each grille is measured, shared out over pages and given explicit breaks. What is still
// taller than a page (`haute`) is divided by the browser, between lines. Texts of the margins are shortened to their place.
// `memoire` is a Map that the printer keeps from one document of a tab to the next. Returns what would make the print wrong, in French; an empty list if all is well. Running it
// twice changes nothing.
const problemes = [];
const racine = document.documentElement;
const mm = (valeur) => {
  const regle = document.createElement("div");
  regle.style.cssText = `position:absolute;visibility:hidden;height:${valeur}`;
  document.body.append(regle);
  const pixels = regle.getBoundingClientRect().height;
  regle.remove();
  return pixels;
};
// --- What other documents of the same tab taught: where the same words stand in the same place, in the same styles, they
// take the same room. A page of which all is known is laid out once instead of a dozen times. A key holds everything that
// its answer depends on, so that a page comes out the same whatever was printed before.
const attributs = (e) => `<${e.localName} ${[...e.attributes].map((a) => `${a.name}="${a.value}"`).join(" ")}>`;
// The texts of margins, which name the candidat, are no styles of what is laid out here.
const deMarges = (feuille) => Array.prototype.every.call(feuille.cssRules, (regle) => regle instanceof CSSPageRule || /^[^{]*\{ page: [^;]*; \}$/.test(regle.cssText));
const STYLES = [racine, document.body].map(attributs).join("") + [...document.querySelectorAll("style, link[rel=stylesheet]")]
  .map((e) => (e.localName === "style" && deMarges(e.sheet) ? "" : e.outerHTML)).join("");
if (!memoire.has(STYLES)) memoire.set(STYLES, new Map());
const SU = memoire.get(STYLES);
if (SU.size > 4000) SU.clear();
const retenu = (cle, trouver) => {
  const su = SU.get(cle);
  if (su !== undefined) return su;
  const trouve = trouver();
  SU.set(cle, trouve);
  return trouve;
};
// Where an element stands: all that is around it, and what comes before each of that.
const chemin = (e) => (e.parentElement ? chemin(e.parentElement) + (e.previousElementSibling ? attributs(e.previousElementSibling) : "") + attributs(e) : "");
// A number for a table in its place, with its columns, its head and the shape of its rows; the same for all documents.
const numeros = new Map();
function numero(table) {
  if (!numeros.has(table)) {
    const rangees = [...table.rows].map((tr) => attributs(tr) + [...tr.cells].map(attributs).join(""));
    const forme = [chemin(table), table.querySelector("colgroup")?.outerHTML, table.tHead?.outerHTML, ...rangees].join("\n");
    numeros.set(table, retenu(forme, () => memoire.set("n", (memoire.get("n") ?? 0) + 1).get("n")));
  }
  return numeros.get(table);
}
const PAGE = retenu("page", () => mm("var(--page-hauteur)"));
// Room for rounding between what is measured here and what the printer lays out.
const MARGE = retenu("marge", () => mm("0.6mm"));
const boite = (e) => e.getBoundingClientRect();
const hauteur = (e) => boite(e).height;
const extrait = (e) => {
  const texte = (typeof e === "string" ? e : e.textContent).replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
  return texte.length > 60 ? `${texte.slice(0, 60)}…` : texte;
};
const paddings = (e, ...cotes) => cotes.reduce((n, c) => n + parseFloat(getComputedStyle(e)[`padding${c}`]), 0);

// --- Soft hyphens: they would stay in the PDF's text, so only a word wider than its cell keeps them.
function cesures() {
  const marcheur = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const noeuds = [];
  while (marcheur.nextNode()) {
    if (marcheur.currentNode.data.includes("\u00ad")) noeuds.push([marcheur.currentNode, marcheur.currentNode.data]);
  }
  // The columns of a table that is `fixed` are as wide as its head says: there a cell's words alone decide.
  const fixe = (table) => table?.matches("[class]") && retenu(`${numero(table)} fixe`, () => getComputedStyle(table).tableLayout === "fixed");
  const cles = new Map();
  for (const [noeud] of noeuds) {
    const cellule = noeud.parentElement.closest("td, th");
    const table = cellule?.closest("table");
    if (!cles.has(cellule)) cles.set(cellule, fixe(table) && { cle: `${numero(table)} ${cellule.parentElement.rowIndex} ${cellule.cellIndex} ${cellule.outerHTML}`, n: 0, gardes: [] });
  }
  const sus = noeuds.map(([noeud]) => {
    const su = cles.get(noeud.parentElement.closest("td, th"));
    return su ? SU.get(su.cle)?.[su.n++] : undefined;
  });
  for (const [noeud] of noeuds) noeud.data = noeud.data.replace(/\u00ad/g, "");
  const mesure = sus.includes(undefined);
  if (mesure) racine.classList.add("mesure"); // no emergency breaks inside words meanwhile
  const gardes = noeuds.map(([noeud, avant], i) => {
    if (sus[i] !== undefined) return sus[i];
    const cadre = noeud.parentElement.closest("td, th, div, p, .choix-nom");
    const { borderLeftWidth, borderRightWidth } = getComputedStyle(cadre);
    const bords = (parseFloat(borderLeftWidth) + parseFloat(borderRightWidth)) / 2; // shared with the cells beside it
    const largeur = Math.min(cadre.clientWidth, boite(cadre).width - bords) - paddings(cadre, "Left", "Right");
    let place = 0;
    return avant.split(/(\s+)/).map((mot) => {
      const nu = mot.replace(/\u00ad/g, "");
      const zone = document.createRange();
      zone.setStart(noeud, place);
      zone.setEnd(noeud, place + nu.length);
      place += nu.length;
      return mot !== nu && zone.getBoundingClientRect().width > largeur ? mot : nu;
    }).join("");
  });
  if (mesure) racine.classList.remove("mesure");
  noeuds.forEach(([noeud], i) => {
    cles.get(noeud.parentElement.closest("td, th"))?.gardes?.push(gardes[i]);
    if (noeud.data !== gardes[i]) noeud.data = gardes[i];
  });
  for (const su of cles.values()) if (su) SU.set(su.cle, su.gardes);
}

// --- Grilles: any number of columns of titles, texts and results, whose cells may span rows, and bandeaux across all.
// What holds a cell's text: a title's one element, a text's critères.
function morceaux(cellule) {
  const tous = [...cellule.querySelectorAll(cellule.matches(":has(> .texte)") ? ":scope > .texte" : ".critere")];
  return tous.length ? tous : [...cellule.children];
}

function sansListesVides(cellule) {
  for (const liste of cellule.querySelectorAll("ul, ol")) if (!liste.children.length) liste.remove();
}

// A cell becomes what is repeated of it where its rows go on: all, or the first words; of a title's cell the title alone.
function rappeler(cellule, mot) {
  const tous = morceaux(cellule);
  if (tous[0]?.matches(".texte")) cellule.replaceChildren(tous[0]);
  let place = tous.reduce((n, e) => n + e.textContent.length, 0) > 220 ? 200 : Infinity;
  let dernier, points = "";
  for (const e of tous) {
    const texte = e.textContent;
    if (place < 20) {
      points = "…"; // rather than two words of one more critère
      e.remove();
    } else {
      if (texte.length > place) e.textContent = `${texte.slice(0, place).replace(/\s+\S*$/, "")}…`;
      place -= texte.length;
      dernier = e;
    }
  }
  sansListesVides(cellule);
  if (points && !dernier.textContent.endsWith(points)) dernier.append(` ${points}`);
  const suite = document.createElement("span");
  suite.className = "suite";
  suite.textContent = ` ${mot}`;
  dernier?.append(suite);
}

// A cell becomes one of its parts. All but the first say what they continue and have no boxes, so that a level can be
// ticked in one place only. Of a text these are its critères de..a, or a reminder where the parts before hold all.
function reduire(element, { resultat, criteres }, [de, a] = [0, criteres.length], suite, mot) {
  if (suite && resultat) element.replaceChildren("\u00a0"); // an empty cell would be missing in the PDF's structure
  else if (de < a) {
    morceaux(element).forEach((c, i) => { if (i < de || i >= a) c.remove(); });
    sansListesVides(element);
  } else if (suite) rappeler(element, mot);
  return element;
}

// The rows, each with all the cells that stand in it from left to right, those that began above too. Bandeaux go with the
// row below them, so that none stands alone; `ouverts` are those of the rows above that still hold.
function lire(table) {
  const lue = (e) => {
    const resultat = e.matches(".resultat, .niveau");
    const criteres = resultat || e.matches(":has(> .texte)") ? [] : morceaux(e);
    return { e, resultat, criteres, etendue: e.rowSpan > 1 || e.matches(".rang-0, .activite") };
  };
  return [...table.tBodies].flatMap((corps) => {
    const colonnes = [], lignes = [];
    let ouverts = [], bandeaux = [];
    for (const tr of corps.rows) {
      const siennes = [...tr.cells], cellules = [];
      if (tr.matches(".bandeau:not(:last-child)")) {
        const bandeau = { ...lue(siennes[0]), tr, niveau: `${tr.className} ${siennes[0].className}` };
        const ferme = ouverts.findIndex((b) => b.niveau === bandeau.niveau);
        ouverts = [...ouverts.slice(0, ferme < 0 ? ouverts.length : ferme), bandeau];
        bandeaux.push(bandeau);
        continue;
      }
      for (let c = 0; siennes.length || colonnes[c]?.rangs > 0; c += cellules.at(-1).e.colSpan) {
        if (!(colonnes[c]?.rangs > 0)) colonnes[c] = { cellule: lue(siennes[0]), rangs: siennes.shift().rowSpan };
        colonnes[c].rangs -= 1;
        cellules.push(colonnes[c].cellule);
      }
      lignes.push({ corps, tr, cellules, bandeaux, ouverts: ouverts.filter((b) => !bandeaux.includes(b)) });
      bandeaux = [];
    }
    return lignes;
  });
}

// What a cell's content takes by itself, whatever its row's height.
function contenu(cellule) {
  const dernier = cellule.lastElementChild;
  if (!dernier) return 0;
  return boite(dernier).bottom + parseFloat(getComputedStyle(dernier).marginBottom) - boite(cellule).top + paddings(cellule, "Bottom") + 1;
}

// How high cells are, whole (`plein`) and repeated (`court`), and each row without the cells that span rows. Nothing is
// read between two changes of one kind, so that the page is laid out three times whatever the number of rows.
function mesurer(table, lignes) {
  const mot = table.dataset.suite;
  const cellules = [...new Set(lignes.flatMap((l) => [...l.cellules, ...l.bandeaux]))];
  const quoi = numero(table);
  cellules.forEach((c, i) => { c.cle = `${quoi} cellule ${i} ${c.e.outerHTML}`; });
  // Of what stands at the top of its cell the row's height changes nothing: such cells are known one by one, and rows by
  // how high these are. Else only whole tables are.
  const enHaut = retenu(`${quoi} en haut`, () => cellules.every((c) => getComputedStyle(c.e).verticalAlign === "top"));
  const tout = enHaut ? "" : cellules.map((c) => c.cle).join("\n");
  for (const c of cellules) c.cle += tout;
  for (const l of lignes) {
    const simples = l.cellules.filter((c) => !c.etendue);
    const fixes = simples.filter((c) => !c.criteres.length); // not divided where the row is
    l.textes = simples.filter((c) => c.criteres.length);
    l.etendues = l.cellules.filter((c) => c.etendue);
    l.finir = () => {
      l.tete = Math.max(0, ...fixes.map((c) => c.plein));
      l.retete = Math.max(0, ...fixes.map((c) => c.court));
    };
    l.cle = () => `${quoi} rangée ${lignes.indexOf(l)} ${simples.map((c) => (c.resultat ? c.plein : c.cle)).join("\n")}${tout}`;
  }
  if (cellules.every((c) => Object.assign(c, SU.get(c.cle)).plein !== undefined) && lignes.every((l) => (l.haut = SU.get(l.cle())) !== undefined)) {
    for (const l of lignes) l.finir();
    return;
  }
  for (const c of cellules) {
    c.plein = contenu(c.e);
    c.boites = c.criteres.map(boite).map(({ top, bottom }) => ({ top, bottom }));
    c.bords = paddings(c.e, "Top", "Bottom") + 2;
  }
  for (const c of cellules) {
    const copie = c.e.cloneNode(true);
    if (!c.resultat) rappeler(copie, mot);
    c.noeuds = [...c.e.childNodes];
    c.e.replaceChildren(...copie.childNodes);
  }
  for (const c of cellules) c.court = c.resultat ? 0 : contenu(c.e);
  for (const c of cellules) c.e.replaceChildren(...(c.etendue ? [] : c.noeuds));
  for (const l of lignes) {
    l.haut = hauteur(l.tr);
    l.finir();
    SU.set(l.cle(), l.haut);
  }
  for (const c of cellules) {
    if (c.etendue) c.e.replaceChildren(...c.noeuds);
    SU.set(c.cle, { plein: c.plein, court: c.court, boites: c.boites, bords: c.bords });
  }
}

// What the critères de..a of a text take, and as many as have room, one at least.
const prend = ({ boites, bords }, de, a) => boites[a - 1].bottom - boites[de].top + bords;
function jusque(texte, de, place) {
  const { criteres } = texte;
  // A sentence that announces bullets does not end a page.
  const annonce = (i) => criteres[i].matches("p") && criteres[i + 1]?.matches("li");
  let a = de + 1;
  while (a < criteres.length && prend(texte, de, a + 1) <= place) a += 1;
  if (a < criteres.length) {
    while (a - 1 > de && annonce(a - 1)) a -= 1;
    if (a === criteres.length - 1 && a - 2 > de && !annonce(a - 2)) a -= 1; // not one criterion alone over the page
  }
  return a;
}

const somme = (nombres) => nombres.reduce((a, b) => a + b, 0);

// The bandeaux above a row with which a page begins.
const chapeau = ({ ouverts, bandeaux }) => somme([...ouverts.map((b) => b.court), ...bandeaux.map((b) => b.plein)]);

// A row taller than a page becomes several, each holding some of the critères of each text. One critère taller than a
// page is a piece by itself; a row with another cell that is taller stays whole: the browser divides both.
function couper(ligne, page) {
  const { textes, ouverts, bandeaux } = ligne;
  const place = page - Math.min(chapeau(ligne), page / 2);
  if (ligne.tete > place || !textes.length) return [ligne];
  const pieces = [];
  let plages = new Map(textes.map((t) => [t, [0, 0]]));
  while (textes.some((t) => plages.get(t)[1] < t.criteres.length)) {
    plages = new Map(textes.map((t) => {
      const de = plages.get(t)[1];
      return [t, [de, de < t.criteres.length ? jusque(t, de, place) : de]];
    }));
    const hauts = [...plages].map(([t, [de, a]]) => (de < a ? prend(t, de, a) : t.court));
    const piece = { ...ligne, plages, suivi: 0, haut: Math.max(...hauts, pieces.length ? ligne.retete : ligne.tete) };
    pieces.push(pieces.length ? { ...piece, suite: true, ouverts: [...ouverts, ...bandeaux], bandeaux: [] } : piece);
  }
  pieces.at(-1).suivi = ligne.suivi;
  return pieces;
}

// From which piece to which each cell that spans, and each bandeau, holds.
function portees(pieces) {
  const toutes = new Map();
  pieces.forEach(({ etendues, ouverts, bandeaux }, i) => {
    for (const e of [...etendues, ...ouverts, ...bandeaux]) toutes.set(e, [toutes.get(e)?.[0] ?? i, i + 1]);
  });
  return toutes;
}

// What the pieces de..fin take on a page: their own heights, and together at least what spans them. A text that goes on
// fills the height of its rows, or the page, where the rest would find no room beside the rows that are left. `flux` says
// up to which critère the pages before hold it.
function poser(pieces, portee, de, fin, place, flux) {
  const siens = pieces.slice(de, fin);
  const hauts = siens.map((p) => p.haut);
  const bandeaux = chapeau(siens[0]) + somme(siens.slice(1).flatMap((p) => p.bandeaux).map((b) => b.plein));
  const apres = new Map(flux);
  const etendues = [...new Set(siens.flatMap((p) => p.etendues))].map((c) => {
    const [debut, bout] = portee.get(c);
    return { c, suite: debut < de, bout, i: Math.max(debut - de, 0), j: Math.min(bout, fin) - de };
  });
  // Inner cells before those around them, texts last: they use the room that others make.
  const ordre = ({ c, i, j }) => (c.criteres.length ? pieces.length : 0) + j - i;
  etendues.sort((a, b) => ordre(a) - ordre(b));
  for (const { c, suite, bout, i, j } of etendues) {
    const rangs = somme(hauts.slice(i, j));
    const [deja, tous] = [flux.get(c) ?? 0, c.criteres.length];
    let besoin = suite ? c.court : c.plein;
    if (deja < tous) {
      let a = bout > fin ? jusque(c, deja, rangs) : tous;
      const restant = somme(pieces.slice(fin, bout).map((p) => p.haut));
      if (a < tous && prend(c, a, tous) > restant) a = jusque(c, deja, rangs + place - bandeaux - somme(hauts));
      besoin = prend(c, deja, a);
      apres.set(c, a);
    }
    hauts[j - 1] += Math.max(0, besoin - rangs);
  }
  return { besoin: bandeaux + somme(hauts) + somme(siens.map((p) => p.suivi ?? 0)), apres };
}

// How far down its last page comes what is laid out for a moment in columns of a page's height, which break where pages do.
function bas(noeuds, lieu, place) {
  const colonnes = document.createElement("div");
  colonnes.style.cssText = `columns: var(--page-largeur); column-gap: 0; column-fill: auto; height: ${place}px`;
  const fin = document.createElement("div");
  lieu.before(colonnes);
  colonnes.append(...noeuds, fin);
  const pixels = boite(fin).top - boite(colonnes).top;
  colonnes.before(...noeuds);
  colonnes.remove();
  return pixels;
}

// A row without its identifier, which is that of its first part.
function copier(tr, profond) {
  const copie = tr.cloneNode(profond);
  copie.removeAttribute("id");
  return copie;
}

function repeter({ tr }, mot) {
  const copie = copier(tr, true);
  rappeler(copie.cells[0], mot);
  return copie;
}

// What a row that is divided leaves of its last page to those that follow.
function laisse(table, { tr, cellules, plages, suite, ouverts, bandeaux }, pleine) {
  const mot = table.dataset.suite;
  const essai = table.cloneNode(false);
  const rangee = copier(tr, false);
  rangee.classList.add("haute");
  for (const c of cellules) {
    if (c.etendue) rangee.insertCell().colSpan = c.e.colSpan;
    else rangee.append(reduire(c.e.cloneNode(true), c, plages?.get(c), suite, mot));
  }
  essai.append(table.querySelector("colgroup").cloneNode(true));
  essai.append(...ouverts.map((b) => repeter(b, mot)), ...bandeaux.map((b) => copier(b.tr, true)), rangee);
  const place = pleine - bas([essai], table, pleine) - MARGE;
  essai.remove();
  return place;
}

// The fewest pages; among those the ones evenly filled, rather between two titles than inside one, the higher the better.
// `colle` are rows on the last page of one that is divided.
function repartir(table, lignes, premiere, pleine) {
  const pieces = lignes.flatMap((ligne) => {
    if (ligne.haut + chapeau(ligne) <= pleine || ligne.debut) return [ligne];
    return couper(ligne, pleine).map((piece) => ({ ...piece, debut: true }));
  });
  const portee = portees(pieces);
  pieces.forEach((piece, i) => {
    const divisee = piece.haut + chapeau(piece) > pleine && piece.etendues.every((c) => c.plein <= pleine);
    if (divisee && (i > 0 || premiere === pleine)) piece.laisse = laisse(table, piece, pleine);
  });
  // How much is cut above each piece; cells over the same rows are one.
  const coupees = pieces.map((_, i) => {
    const autour = [...portee.values()].filter(([de, a]) => de < i && i < a);
    return new Set(autour.map(([de, a]) => `${de}-${a}`)).size;
  });
  const mieux = [{ pages: 0, cout: 0, flux: new Map() }];
  for (let fin = 1; fin <= pieces.length; fin += 1) {
    let rangs = 0;
    for (let de = fin - 1; de >= 0; de -= 1) {
      const { pages, cout, flux } = mieux[de];
      const seule = de === fin - 1;
      let place = pieces[de - 1]?.laisse;
      let page = place > 0 ? poser(pieces, portee, de, fin, place, flux) : null;
      const colle = page?.besoin <= place;
      if (!colle) {
        place = de === 0 ? premiere : pleine;
        page = poser(pieces, portee, de, fin, place, flux);
      }
      const reste = (place - page.besoin) / pleine;
      if (reste >= 0 || seule) {
        const essai = { de, colle, haute: reste < 0, flux: page.apres, cout: cout + reste ** 2 + 0.2 * coupees[de] };
        essai.pages = pages + (colle ? 0 : Math.max(1, Math.ceil(page.besoin / place)));
        // A total stays with the rows that it sums up, be it for one page more.
        if (de > 0 && pieces[de].tr?.matches(".total")) essai.pages += 1.5;
        const actuel = mieux[fin];
        if (!actuel || essai.pages < actuel.pages || (essai.pages === actuel.pages && essai.cout < actuel.cout)) mieux[fin] = essai;
      }
      rangs += pieces[de].haut;
      if (pieces[de].debut || (rangs > place && !seule)) break; // a `debut` starts a page: nothing may stand before it
    }
  }
  const pages = [];
  for (let fin = pieces.length; fin > 0; fin = mieux[fin].de) {
    const { de, colle, haute, flux } = mieux[fin];
    pages.unshift(Object.assign(pieces.slice(de, fin), { colle, haute, avant: mieux[de].flux, apres: flux }));
  }
  return pages;
}

function reconstruire(table, pages) {
  const mot = table.dataset.suite;
  const vues = new Map(); // cells, each with a copy to make its next parts of
  const corps = pages.flatMap((page, p) => {
    const groupes = [];
    const parties = new Map(); // of cells that span, on this page
    for (const ligne of page) {
      if (groupes.at(-1)?.corps !== ligne.corps) groupes.push({ corps: ligne.corps, tbody: document.createElement("tbody") });
      const { tbody } = groupes.at(-1);
      if (ligne === page[0]) {
        if (p > 0 && !page.colle) tbody.className = "page";
        tbody.append(...ligne.ouverts.map((b) => repeter(b, mot)));
      }
      const rangee = ligne.suite ? copier(ligne.tr, false) : ligne.tr;
      if (page.haute) rangee.classList.add("haute"); // with its bandeaux at least
      rangee.replaceChildren(...ligne.cellules.flatMap((c) => {
        if (parties.has(c)) {
          parties.get(c).rowSpan += 1;
          return [];
        }
        const suite = vues.has(c);
        if (!suite) vues.set(c, (c.etendue || ligne.plages) && c.e.cloneNode(true));
        const plage = c.etendue ? [page.avant.get(c) ?? 0, page.apres.get(c) ?? 0] : ligne.plages?.get(c);
        const partie = reduire(suite ? vues.get(c).cloneNode(true) : c.e, c, plage, suite, mot);
        if (c.etendue) {
          partie.rowSpan = 1;
          parties.set(c, partie);
        }
        return [partie];
      }));
      tbody.append(...ligne.bandeaux.map((b) => b.tr), rangee);
    }
    return groupes.map(({ tbody }) => tbody);
  });
  for (const ancien of [...table.tBodies]) ancien.remove();
  table.append(...corps);
}

// How far down its last page the text above a grille comes.
function dessus(bloc, table) {
  const simple = boite(table).top - boite(bloc).top;
  if (simple <= PAGE) return simple;
  const noeuds = [...bloc.childNodes];
  return bas(noeuds.slice(0, noeuds.indexOf(table)), table, PAGE);
}

// Comments and signatures that follow a grille count as its last row, so that the pages of both are the fewest: closer
// where that saves one, on a page of their own where nothing else stands with them.
function avecConclusion(conclusion, partager) {
  const essai = (serre) => {
    conclusion.classList.toggle("serre", serre);
    return partager([{ haut: hauteur(conclusion), cellules: [], etendues: [], textes: [], bandeaux: [], ouverts: [] }]);
  };
  const [ample, serre] = [essai(false), essai(true)];
  const nombre = (pages) => pages.filter((page) => !page.colle).length;
  const pages = nombre(serre) < nombre(ample) ? serre : ample;
  conclusion.dataset.tient = "oui";
  conclusion.classList.toggle("serre", pages === serre);
  pages.at(-1).pop();
  if (!pages.at(-1).length && !pages.pop().colle) conclusion.classList.add("page");
  return pages;
}

function grille(table) {
  if (table.dataset.pages) return;
  const lignes = lire(table);
  if (!lignes.length) return;
  const bloc = table.closest(".grille-suite");
  const quoi = numero(table);
  const pleine = PAGE - retenu(`${quoi} tête`, () => hauteur(table.tHead)) - MARGE;
  const html = (noeuds) => noeuds.map((noeud) => noeud.outerHTML ?? noeud.data).join("");
  const avant = bloc ? html([...bloc.childNodes].slice(0, [...bloc.childNodes].indexOf(table))) : "";
  let premiere = bloc ? pleine - retenu(`${quoi} dessus ${avant}`, () => dessus(bloc, table)) : pleine;
  // What stands between the grille and the comments, such as what its codes mean, stays with its last row if it is short.
  const conclusion = table.closest(".bloc")?.querySelector(".conclusion");
  const voisins = [...table.parentElement.childNodes];
  const place = voisins.indexOf(conclusion);
  const entrela = () => boite(conclusion).top - boite(table).bottom;
  const suite = place < 0 ? "" : html(voisins.slice(voisins.indexOf(table) + 1, place)) + attributs(conclusion) + attributs(conclusion.firstElementChild);
  const entre = !conclusion ? 0 : place < 0 ? entrela() : retenu(`${quoi} entre ${suite}`, entrela);
  lignes.at(-1).suivi = entre < PAGE * 0.3 ? entre : 0;
  mesurer(table, lignes);
  if (bloc) {
    // No header row without a row under it: then the grille starts a page of its own. Below a title alone, which may not
    // stay there, the row is divided.
    if (poser(lignes, portees(lignes), 0, 1, premiere, new Map()).besoin > premiere) {
      const morceaux = couper(lignes[0], premiere);
      if (bloc.querySelector(".modalites")) { table.classList.add("page"); premiere = pleine; }
      else if (morceaux.length > 1 && morceaux[0].haut + chapeau(morceaux[0]) <= premiere) lignes.splice(0, 1, ...morceaux.map((m) => ({ ...m, debut: true })));
      else lignes[0].tr.classList.add("haute");
    }
  }
  const partager = (fin) => repartir(table, [...lignes, ...fin], premiere, pleine);
  // Long comments flow after the grille, as their text breaks; so do comments after a long text.
  const suivie = conclusion && table.matches(".conclusion-suite *") && entre < PAGE * 0.3 && hauteur(conclusion) < PAGE * 0.6;
  const pages = suivie ? avecConclusion(conclusion, partager) : partager([]);
  reconstruire(table, pages);
  table.dataset.pages = pages.length;
}

// --- Comments that go on over a page: their end goes with the lines and signatures, which never stand alone.
// The last lines of a paragraph as one of its own, the last item of a list as a list of its own; anything else is whole.
const FIN = 3;
function fin(bloc) {
  if (bloc.matches("ul, ol") && bloc.children.length > 1) {
    const liste = bloc.cloneNode(false);
    if (liste.matches("ol")) liste.start = bloc.start + bloc.children.length - 1;
    liste.append(bloc.lastElementChild);
    bloc.style.marginBottom = 0;
    return liste;
  }
  const ligne = parseFloat(getComputedStyle(bloc).lineHeight);
  if (!bloc.matches("p") || hauteur(bloc) < (2 * FIN - 0.5) * ligne) return bloc;
  const zone = document.createRange();
  const limite = boite(bloc).bottom - (FIN - 0.5) * ligne;
  const marcheur = document.createTreeWalker(bloc, NodeFilter.SHOW_TEXT);
  for (let noeud = marcheur.nextNode(); noeud; noeud = marcheur.nextNode()) {
    for (const { index } of noeud.data.matchAll(/\S/g)) {
      zone.setStart(noeud, index);
      zone.setEnd(noeud, index + 1);
      if (boite(zone).bottom < limite) continue;
      zone.setEndAfter(bloc.lastChild);
      const lignes = bloc.cloneNode(false);
      lignes.append(zone.extractContents());
      bloc.style.marginBottom = 0;
      return lignes;
    }
  }
  return bloc;
}

function conclusion(bloc) {
  const signatures = bloc.querySelector(".fin");
  const texte = bloc.querySelector(":scope > .commentaires");
  const dernier = texte?.lastElementChild;
  if (!dernier || bloc.dataset.tient || signatures.querySelector(".commentaires")) return;
  if (hauteur(bloc) <= PAGE - MARGE && bloc.matches(".conclusion-page *")) return;
  const suivi = texte.cloneNode(false);
  suivi.append(fin(dernier));
  signatures.prepend(suivi);
  if (hauteur(signatures) > PAGE - MARGE) {
    texte.append(...suivi.childNodes);
    suivi.remove();
  }
  if (!texte.children.length) texte.remove(); // nothing between the title and what it must stay with
}

// --- The fiche de synthèse keeps to one page as long as a hand still finds its place there.
function fiche(section) {
  if (hauteur(section) <= PAGE - MARGE) return;
  section.classList.add("serre");
  const table = section.querySelector("table").getBoundingClientRect();
  if (table.bottom - section.getBoundingClientRect().top > PAGE - MARGE) section.classList.remove("serre"); // in vain
}

// --- Rows taller than a page, in any table, may be divided; a rule closes each part.
function hautes(table) {
  const tete = table.tHead ? hauteur(table.tHead) : 0;
  const trop = [...table.rows].filter((tr) => tr.matches(".haute") || hauteur(tr) > PAGE - (tr.closest("thead") ? 0 : tete) - MARGE);
  for (const tr of trop) tr.classList.add("haute");
  if (!trop.length || table.tFoot) return;
  // Repeated at the foot of each page, without height or words.
  const pied = table.createTFoot();
  pied.className = "filet";
  pied.setAttribute("aria-hidden", "true");
  pied.insertRow().insertCell().colSpan = [...table.rows[0].cells].reduce((n, c) => n + c.colSpan, 0);
}

// --- A table of a text wider than the page: its words may be cut anywhere.
function etroite(table) {
  if (boite(table).right > boite(table.parentElement).right + 1) table.dataset.etroite = "oui";
}

// --- Margin boxes stand in no tree: each is laid out in a hidden box of its width and font. What is too high there, or a
// word too wide (they cut none, whatever their style says), is shortened: what a foot says is whole elsewhere.
function raccourci(texte, tient) {
  if (tient(texte)) return texte;
  const jetons = texte.match(/"(?:\\.|[^"\\])*"|[^"]+/g).map((jeton) => {
    if (!jeton.startsWith('"')) return { jeton };
    const tout = [...jeton.slice(1, -1).replace(/\\(?:([0-9a-f]{1,6}) ?|(.))/gi, (_, hex, signe) => signe ?? String.fromCodePoint(parseInt(hex, 16)))];
    return { tout, garde: tout.length };
  });
  const echappe = (signes) => signes.map((s) => (/["\\\n]/.test(s) ? `\\${s.codePointAt(0).toString(16)} ` : s)).join("");
  const content = () => jetons.map(({ jeton, tout, garde }) => jeton ?? `"${echappe(tout.slice(0, garde))}${garde < tout.length ? "…" : ""}"`).join("");
  const chaines = jetons.filter((j) => j.tout);
  while (!tient(content())) {
    const long = chaines.reduce((a, b) => (b.garde > a.garde ? b : a));
    if (long.garde < 8) return null;
    long.garde -= Math.ceil(long.garde / 20);
  }
  // Not one letter less than must be.
  for (const chaine of chaines) {
    while (chaine.garde < chaine.tout.length) {
      chaine.garde += 1;
      if (!tient(content())) { chaine.garde -= 1; break; }
    }
  }
  return content();
}

function marges() {
  // Only those with such rules are opened: each rule that is asked for is made for the script.
  const feuilles = [...document.styleSheets].filter((f) => (!f.media.length || matchMedia(f.media.mediaText).matches) && (f.ownerNode?.localName !== "style" || /@page/i.test(f.ownerNode.textContent)));
  const regles = feuilles.flatMap((f) => [...f.cssRules]).filter((r) => r instanceof CSSPageRule);
  const essai = document.createElement("div");
  essai.className = "essai-marge";
  for (const page of new Set(regles.map((r) => r.selectorText))) {
    const siennes = [...regles.filter((r) => !r.selectorText), ...regles.filter((r) => page && r.selectorText === page)];
    const marge = (cote) => siennes.map((r) => r.style[cote]).filter(Boolean).at(-1);
    const cases = siennes.flatMap((r) => [...r.cssRules]);
    for (const nom of new Set(cases.map((c) => c.name))) {
      const memes = cases.filter((c) => c.name === nom);
      const texte = memes.findLast((c) => c.style.content);
      if (!texte?.style.content.includes('"')) continue;
      const style = `position: absolute; visibility: hidden; width: var(--page-largeur); ${memes.map((c) => c.style.cssText).join(";")}; overflow-wrap: normal`;
      const haut = marge(nom.startsWith("@top") ? "marginTop" : "marginBottom");
      const dit = retenu(`marge ${haut} ${style}`, () => {
        document.body.append(essai);
        essai.style.cssText = style;
        const place = mm(haut);
        return raccourci(texte.style.content, (content) => {
          essai.style.setProperty("--dit", content);
          return hauteur(essai) <= place && essai.scrollWidth <= essai.clientWidth + 1;
        });
      });
      if (dit === null) problemes.push(`Le texte « ${extrait(texte.style.content)} » ne tient pas dans sa marge.`);
      else if (dit !== texte.style.content) texte.style.content = dit;
    }
  }
  essai.remove();
}
// --- Only as large as the page: a long mark, and a cover that comes closer before it goes on over a second page.
function ajuster() {
  const marque = document.querySelector(".provisoire");
  if (marque) {
    const zone = document.createRange();
    zone.selectNodeContents(marque);
    const { width, height } = zone.getBoundingClientRect();
    const trop = Math.max(width / boite(document.body).width, height / PAGE);
    if (trop > 1) marque.style.fontSize = `${parseFloat(getComputedStyle(marque).fontSize) / trop}px`;
  }
  const couverture = document.querySelector(".couverture");
  for (const classe of ["serre", "longue"]) {
    if (couverture && couverture.scrollHeight > couverture.clientHeight + 1) couverture.classList.add(classe);
  }
}

// --- A picture leaves room for what goes with it: the titles above, the line that announces it, the head of its table;
// in a table it is given some.
function image(img) {
  const rangee = img.closest("tr");
  const table = rangee?.closest("table");
  const premier = (e) => {
    while (!e.previousElementSibling && !e.parentElement.matches(".partie, .page, main")) e = e.parentElement;
    return e.previousElementSibling;
  };
  let place = PAGE - MARGE - mm("2mm");
  if (table) place -= (table.tHead ? hauteur(table.tHead) : 0) + paddings(img.closest("td, th"), "Top", "Bottom");
  // A column of words would leave a picture no room beside it.
  if (table?.matches(":not([class])")) {
    const part = 0.9 * boite(table.parentElement).width / rangee.cells.length;
    const large = Math.min(img.naturalWidth, part, place * img.naturalWidth / img.naturalHeight);
    img.closest("td, th").style.minWidth = `${large}px`;
  }
  // Rows but the first stand below their table's head alone.
  if (!table || rangee === table.tBodies[0]?.rows[0]) {
    const bloc = table ?? img.closest("p, li") ?? img;
    let e = premier(bloc), haut = boite(bloc).top;
    // Of a long paragraph its last lines go along. A line in bold is a comment's title.
    if (e?.matches("p") && (/:\s*$/.test(e.textContent) || e.querySelector(":scope > strong:only-child")?.textContent === e.textContent.trim())) {
      e.classList.add("annonce");
      place -= Math.min(haut - boite(e).top, mm("22mm"));
      haut = boite(e).top;
      e = hauteur(e) < mm("22mm") ? premier(e) : null;
    }
    for (; e?.matches("h1, h2, h3, h4, h5, h6, .passage-titre"); e = premier(e)) {
      place -= haut - boite(e).top;
      haut = boite(e).top;
    }
  }
  if (hauteur(img) > place && place > PAGE / 3) img.style.maxHeight = `${place}px`;
}

// --- A place to sign says what it is for to who listens: the words that stand around it for who sees.
function signature(place) {
  if (place.matches("[role]") || place.querySelector("[role]")) return;
  const mots = (e) => e?.textContent.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim().replace(/\s*:$/, "");
  const rangee = place.closest("tr");
  const tete = place.matches("td") ? [...(place.closest("table").tHead?.rows ?? [])].at(-1)?.cells : null;
  const autour = place.closest(".signatures") ?? place;
  let titre = rangee;
  while (titre && !titre.querySelector("th")) titre = titre.previousElementSibling;
  const avant = rangee ? titre?.querySelector("th") : autour.previousElementSibling;
  const noms = [tete?.[tete.length - rangee.cells.length + place.cellIndex], rangee ? place : avant, rangee ? avant : place].map(mots).filter(Boolean);
  if (!noms.length) return;
  // Its own words, or a space that is there for that, are what is drawn; else its frame is.
  let dessin = place;
  if (place.childNodes.length) {
    const seul = place.childElementCount === 1 && mots(place.firstElementChild) === mots(place) ? place.firstElementChild : null;
    dessin = seul ?? document.createElement("span");
    if (!seul) {
      dessin.append(...place.childNodes);
      place.append(dessin);
    }
  }
  dessin.setAttribute("role", "img");
  dessin.setAttribute("aria-label", noms.join(", "));
}

// Where something stands now that grilles are shared out: in a table that has a number, what is around it there.
function ou(e) {
  const table = numeros.get(e.closest("table"));
  return table === undefined ? chemin(e) : [table, ...[e.parentElement.parentElement, e.parentElement, e].map(attributs)].join("");
}

// --- What must not be printed: what stands out of its place, at whichever edge. The place is the box around it, of a
// cell the table (it may span rows), of what is positioned the page.
function controler(e, place, page) {
  const nom = (noeud) => {
    if (extrait(noeud)) return `Le texte « ${extrait(noeud)} »`;
    return `${noeud.matches("img") ? "L’image" : noeud.matches(".case") ? "La case" : "Ce qui accompagne"} « ${noeud.alt || extrait(e)} »`;
  };
  const sort = (noeud, r, lieu, haut) => {
    const trop = { "à gauche": lieu.left - r.left - 1.5, "à droite": r.right - lieu.right - 1.5, "en haut": lieu.top - r.top - haut, "en bas": r.bottom - lieu.bottom - haut };
    const cotes = Object.keys(trop).filter((cote) => trop[cote] > 0);
    if (cotes.length) problemes.push(`${nom(noeud)} dépasse de sa place, ${cotes.join(" et ")}.`);
    return cotes.length > 0;
  };
  for (const noeud of e.childNodes) {
    if (noeud.nodeType === Node.TEXT_NODE && /\S/.test(noeud.data)) {
      const zone = document.createRange();
      zone.selectNodeContents(noeud);
      // Letters may be taller than their line.
      sort(noeud, zone.getBoundingClientRect(), place, parseFloat(getComputedStyle(e).fontSize) * 0.2);
    } else if (noeud.nodeType === Node.ELEMENT_NODE) {
      const { display, position, clipPath } = getComputedStyle(noeud);
      if (display === "none" || clipPath !== "none") continue;
      const lieu = /absolute|fixed/.test(position) ? page : place;
      const image = noeud.matches("img, svg");
      if (!image && /^(inline|contents|table-(row|column|header|footer).*)$/.test(display)) controler(noeud, lieu, page);
      else if (!sort(noeud, boite(noeud), lieu, 2) && !image) {
        // What was found to keep to a place of this size in another document does so here.
        const { left, width, height } = boite(noeud);
        const cle = noeud.matches("td, th, section:not(.bloc), .modalites") && `sain ${left - page.left} ${width} ${height} ${ou(noeud)} ${noeud.innerHTML}`;
        if (cle && SU.has(cle)) continue;
        const avant = problemes.length;
        controler(noeud, boite(noeud), page);
        if (cle && problemes.length === avant) SU.set(cle, true);
      }
    }
  }
}

cesures();
document.querySelectorAll("main table:not([class])").forEach(etroite);
document.querySelectorAll("main img:not(.logo)").forEach(image);
document.querySelectorAll("table.grille").forEach(grille);
ajuster();
document.querySelectorAll("#fiche-synthese").forEach(fiche);
document.querySelectorAll(".conclusion").forEach(conclusion);
document.querySelectorAll("main table").forEach(hautes);
document.querySelectorAll("[data-min]").forEach(signature);
marges();
const { left, right } = boite(document.body);
const page = { left, right, top: -Infinity, bottom: Infinity };
controler(document.querySelector("main") ?? document.body, page, page);
return [...new Set(problemes)];
