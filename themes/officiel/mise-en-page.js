// Run by the printer inside the page, as the body of an async function: print media is on, fonts are loaded, nothing
// is printed yet. CSS alone can neither repeat an activité's name where its rows go on over a page break nor cut a row
// taller than a page between two criteria: here each grille is measured, shared out over pages and given explicit
// breaks. Returns what would make the print wrong, in French; an empty list if all is well. Running it twice changes nothing.
const problemes = [];
const racine = document.documentElement;
const mm = (valeur) => {
  const regle = document.createElement("div");
  regle.style.cssText = `position:absolute;visibility:hidden;height:${valeur}`;
  document.body.append(regle);
  const hauteur = regle.getBoundingClientRect().height;
  regle.remove();
  return hauteur;
};
const PAGE = mm("var(--page-hauteur)");
// Room for rounding between what is measured here and what the printer lays out.
const MARGE = mm("0.6mm");
const hauteur = (e) => e.getBoundingClientRect().height;
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
  for (const [noeud] of noeuds) noeud.data = noeud.data.replace(/\u00ad/g, "");
  racine.classList.add("mesure"); // no emergency breaks inside words meanwhile
  const gardes = noeuds.map(([noeud, avant]) => {
    const boite = noeud.parentElement.closest("td, th, div, p");
    const largeur = boite.clientWidth - paddings(boite, "Left", "Right");
    let place = 0;
    return avant.split(/(\s+)/).map((mot) => {
      const nu = mot.replace(/\u00ad/g, "");
      const zone = document.createRange();
      zone.setStart(noeud, place);
      zone.setEnd(noeud, place + nu.length);
      place += nu.length;
      return mot !== nu && zone.getBoundingClientRect().width > largeur + 0.5 ? mot : nu;
    }).join("");
  });
  racine.classList.remove("mesure");
  noeuds.forEach(([noeud], i) => { if (noeud.data !== gardes[i]) noeud.data = gardes[i]; });
}

// --- Grilles
// The rows of a table with what each needs by itself: the activité's name, which spans rows, is left out and counted apart.
function mesurer(table) {
  const etiquettes = [...table.querySelectorAll(".activite > .texte")];
  const noms = new Map(etiquettes.map((t) => [t.parentElement, hauteur(t) + paddings(t.parentElement, "Top", "Bottom") + 1]));
  for (const t of etiquettes) t.hidden = true;
  const lignes = [...table.tBodies].flatMap((corps) => {
    const activite = corps.querySelector(".activite");
    return [...corps.rows].map((tr) => ({ tr, activite, nom: noms.get(activite), haut: hauteur(tr) }));
  });
  for (const t of etiquettes) t.hidden = false;
  return lignes;
}

// A row taller than a page becomes several, each holding the criteria from..to of the original.
function couper(ligne, place) {
  const criteres = [...ligne.tr.querySelectorAll(".critere")].map((e) => ({ e, boite: e.getBoundingClientRect() }));
  const bords = paddings(ligne.tr.querySelector(".criteres"), "Top", "Bottom") + 2;
  // A sentence that announces bullets does not end a page.
  const annonce = (i) => criteres[i].e.matches("p") && criteres[i + 1]?.e.matches("li");
  const morceaux = [];
  for (let de = 0; de < criteres.length;) {
    let a = de + 1;
    const tient = (fin) => criteres[fin - 1].boite.bottom - criteres[de].boite.top + bords <= place;
    if (!tient(a)) problemes.push(`Le critère « ${extrait(criteres[de].e)} » est plus haut qu'une page.`);
    while (a < criteres.length && tient(a + 1)) a += 1;
    if (a < criteres.length) {
      while (a - 1 > de && annonce(a - 1)) a -= 1;
      if (a === criteres.length - 1 && a - 2 > de && !annonce(a - 2)) a -= 1; // not one criterion alone over the page
    }
    morceaux.push({ ...ligne, de, a, haut: criteres[a - 1].boite.bottom - criteres[de].boite.top + bords });
    de = a;
  }
  return morceaux;
}

// What a page's rows take: those of one activité together at least as much as its name.
function occupe(page) {
  let total = 0;
  for (let i = 0; i < page.length;) {
    let j = i, rangs = 0;
    while (j < page.length && page[j].activite === page[i].activite) rangs += page[j++].haut;
    total += Math.max(rangs, page[i].nom);
    i = j;
  }
  return total;
}

// The fewest pages; among those the ones evenly filled, rather between two activités than inside one.
function repartir(lignes, premiere, pleine) {
  const pieces = lignes.flatMap((ligne) => {
    if (occupe([ligne]) <= pleine) return [ligne];
    return couper(ligne, pleine).map((morceau) => ({ ...morceau, debut: true }));
  });
  const mieux = [{ pages: 0, cout: 0 }];
  for (let fin = 1; fin <= pieces.length; fin += 1) {
    for (let de = fin - 1; de >= 0; de -= 1) {
      const place = de === 0 ? premiere : pleine;
      const reste = (place - occupe(pieces.slice(de, fin))) / pleine;
      if (reste < 0 && de < fin - 1) break;
      const coupure = de > 0 && pieces[de].activite === pieces[de - 1].activite ? 0.2 : 0;
      const essai = { pages: mieux[de].pages + 1, cout: mieux[de].cout + reste ** 2 + coupure, de };
      const actuel = mieux[fin];
      if (!actuel || essai.pages < actuel.pages || (essai.pages === actuel.pages && essai.cout < actuel.cout)) mieux[fin] = essai;
      if (pieces[de].debut) break; // starts a page: nothing may stand before it
    }
  }
  const pages = [];
  for (let fin = pieces.length; fin > 0; fin = mieux[fin].de) pages.unshift(pieces.slice(mieux[fin].de, fin));
  return pages;
}

const suite = (cellule, mot) => {
  const span = document.createElement("span");
  span.className = "suite";
  span.textContent = ` ${mot}`;
  cellule.querySelector(".texte").append(span);
};

// A row of the original, reduced to its criteria de..a; all but the first say what they continue and have no boxes,
// so that a level can be ticked in one place only.
function morceau({ tr, de, a }, modele, mot) {
  const rangee = de === 0 ? tr : modele.cloneNode(true);
  if (de > 0) {
    rangee.removeAttribute("id");
    suite(rangee.querySelector(".competence"), mot);
    rangee.querySelector(".resultat").replaceChildren("\u00a0"); // an empty cell would be missing in the PDF's structure
  }
  [...rangee.querySelectorAll(".critere")].forEach((c, i) => { if (i < de || i >= a) c.remove(); });
  for (const liste of rangee.querySelectorAll(".criteres ul")) if (!liste.children.length) liste.remove();
  return rangee;
}

function reconstruire(table, pages) {
  const mot = table.dataset.suite;
  const modeles = new Map(pages.flat().filter((l) => l.a !== undefined).map((l) => {
    const modele = l.tr.cloneNode(true);
    modele.querySelector(".activite")?.remove();
    return [l.tr, modele];
  }));
  const cellules = new Map(pages.flat().map((l) => [l.activite, l.activite.cloneNode(true)]));
  const vues = new Set();
  const corps = pages.flatMap((page, p) => {
    const groupes = [];
    for (const ligne of page) {
      if (groupes.at(-1)?.activite !== ligne.activite) groupes.push({ activite: ligne.activite, lignes: [] });
      groupes.at(-1).lignes.push(ligne);
    }
    return groupes.map(({ activite, lignes }, g) => {
      const tbody = document.createElement("tbody");
      if (p > 0 && g === 0) tbody.className = "page";
      for (const l of lignes) tbody.append(l.a === undefined ? l.tr : morceau(l, modeles.get(l.tr), mot));
      const cellule = vues.has(activite) ? cellules.get(activite).cloneNode(true) : activite;
      if (vues.has(activite)) suite(cellule, mot);
      else cellule.remove(); // from its first row, to be put back before the first row of its first page
      vues.add(activite);
      cellule.rowSpan = lignes.length;
      tbody.rows[0].prepend(cellule);
      return tbody;
    });
  });
  for (const ancien of [...table.tBodies]) ancien.remove();
  table.append(...corps);
}

// How far down its last page the text above a grille comes: longer than a page, it is laid out for a moment in columns
// of a page's height, which break where pages do.
function dessus(bloc, table) {
  const simple = table.getBoundingClientRect().top - bloc.getBoundingClientRect().top;
  if (simple <= PAGE) return simple;
  const colonnes = document.createElement("div");
  colonnes.style.cssText = `columns: var(--page-largeur); column-gap: 0; column-fill: auto; height: ${PAGE}px`;
  const fin = document.createElement("div");
  const avant = [...bloc.childNodes].slice(0, [...bloc.childNodes].indexOf(table));
  table.before(colonnes);
  colonnes.append(...avant, fin);
  const bas = fin.getBoundingClientRect().top - colonnes.getBoundingClientRect().top;
  colonnes.before(...avant);
  colonnes.remove();
  return bas;
}

// Comments and signatures that follow a grille count as its last row, so that the pages of both are the fewest: closer
// where that saves one, on a page of their own where nothing else stands with them.
function avecConclusion(conclusion, partager) {
  const essai = (serre) => {
    conclusion.classList.toggle("serre", serre);
    return partager([{ activite: conclusion, nom: 0, haut: hauteur(conclusion) }]);
  };
  const [ample, serre] = [essai(false), essai(true)];
  const pages = serre.length < ample.length ? serre : ample;
  conclusion.classList.toggle("serre", pages === serre);
  pages.at(-1).pop();
  if (!pages.at(-1).length) { pages.pop(); conclusion.classList.add("page"); }
  return pages;
}

function grille(table) {
  if (table.dataset.pages) return;
  const lignes = mesurer(table);
  if (!lignes.length) return;
  const pleine = PAGE - hauteur(table.tHead) - MARGE;
  let premiere = pleine;
  const bloc = table.closest(".grille-suite");
  if (bloc) {
    premiere = pleine - dessus(bloc, table);
    // No header row without a row under it: then the grille starts a page of its own.
    if (occupe([lignes[0]]) > premiere) { table.classList.add("page"); premiere = pleine; }
  }
  const partager = (fin) => repartir([...lignes, ...fin], premiere, pleine);
  const conclusion = table.closest(".conclusion-suite")?.querySelector(".conclusion");
  // Long comments flow after the grille, as their text breaks.
  const pages = conclusion && hauteur(conclusion) < PAGE * 0.6 ? avecConclusion(conclusion, partager) : partager([]);
  reconstruire(table, pages);
  table.dataset.pages = pages.length;
}

// --- Comments longer than a page: the last block of text goes with the lines and signatures, which never stand alone.
function conclusion(bloc) {
  const fin = bloc.querySelector(".fin");
  const dernier = bloc.querySelector(":scope > .commentaires > :last-child");
  if (!dernier || fin.querySelector(".commentaires") || (hauteur(bloc) <= PAGE - MARGE && !bloc.matches(".conclusion-suite *"))) return;
  if (hauteur(dernier) + hauteur(fin) > PAGE * 0.8) { dernier.classList.add("lie"); return; }
  const suivi = document.createElement("div");
  suivi.className = "commentaires";
  suivi.append(dernier);
  fin.prepend(suivi);
}

// --- The fiche de synthèse keeps to one page as long as a hand still finds its place there.
function fiche(section) {
  if (hauteur(section) <= PAGE - MARGE) return;
  section.classList.add("serre");
  const table = section.querySelector("table").getBoundingClientRect();
  if (table.bottom - section.getBoundingClientRect().top > PAGE - MARGE) section.classList.remove("serre"); // in vain
}

// --- What must not be printed
function controler() {
  const bord = document.body.getBoundingClientRect().right + 1;
  for (const e of document.querySelectorAll("main td, main th, main p, main li, main dd, main h1, main h2, main h3, main h4, main .choix, main .couverture")) {
    if (e.closest(".ecran") || !e.offsetParent) continue;
    if (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > bord) problemes.push(`Le texte « ${extrait(e)} » dépasse de sa place.`);
  }
  const couverture = document.querySelector(".couverture");
  if (couverture && couverture.scrollHeight > couverture.clientHeight + 1) problemes.push("La couverture ne tient pas sur une page.");
  for (const e of document.querySelectorAll("main tr, main .serment, main .fin, main .signature")) {
    if (hauteur(e) > PAGE) problemes.push(`« ${extrait(e)} » est plus haut qu'une page et ne peut pas être coupé.`);
  }
}

cesures();
document.querySelectorAll("table.grille").forEach(grille);
document.querySelectorAll("#fiche-synthese").forEach(fiche);
document.querySelectorAll(".conclusion").forEach(conclusion);
controler();
return [...new Set(problemes)];
