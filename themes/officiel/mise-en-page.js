// Run by the printer inside the page, as the body of an async function: print media is on, fonts are loaded, nothing
// is printed yet. CSS alone can neither repeat an activité's name where its rows go on over a page break nor cut a row
// taller than a page between two criteria: here each grille is measured, shared out over pages and given explicit
// breaks. What is still taller than a page (`haute`) is divided by the browser, between lines. Texts of the margins are
// shortened to their place. Returns what would make the print wrong, in French; an empty list if all is well. Running it
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
const PAGE = mm("var(--page-hauteur)");
// Room for rounding between what is measured here and what the printer lays out.
const MARGE = mm("0.6mm");
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
  for (const [noeud] of noeuds) noeud.data = noeud.data.replace(/\u00ad/g, "");
  racine.classList.add("mesure"); // no emergency breaks inside words meanwhile
  const gardes = noeuds.map(([noeud, avant]) => {
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
  racine.classList.remove("mesure");
  noeuds.forEach(([noeud], i) => { if (noeud.data !== gardes[i]) noeud.data = gardes[i]; });
}

// --- Grilles
// A name as it is repeated where its rows go on: whole, or its first words.
function rappel(texte, mot) {
  const copie = texte.cloneNode(true);
  if (copie.textContent.length > 220) copie.textContent = `${copie.textContent.slice(0, 200).replace(/\s+\S*$/, "")}…`;
  const suite = document.createElement("span");
  suite.className = "suite";
  suite.textContent = ` ${mot}`;
  copie.append(suite);
  return copie;
}

// What a cell's content takes by itself, whatever its row's height.
function contenu(cellule) {
  const dernier = cellule.lastElementChild;
  if (!dernier) return 0;
  return boite(dernier).bottom + parseFloat(getComputedStyle(dernier).marginBottom) - boite(cellule).top + paddings(cellule, "Bottom") + 1;
}

// The rows of a table with what each needs by itself. The activité's name, which spans rows, is left out and counted
// apart. `nom` is a name's height, `rappel` that of its repetition.
function mesurer(table) {
  const textes = [...table.querySelectorAll(".activite > .texte, .competence > .texte")];
  const prend = (t) => hauteur(t) + paddings(t.parentElement, "Top", "Bottom") + 1;
  const noms = new Map(textes.map((t) => [t.parentElement, { nom: prend(t) }]));
  const rappels = textes.map((t) => rappel(t, table.dataset.suite));
  textes.forEach((t, i) => { t.hidden = true; t.after(rappels[i]); });
  rappels.forEach((r) => { noms.get(r.parentElement).rappel = prend(r); });
  textes.forEach((t, i) => { t.hidden = t.matches(".activite > *"); rappels[i].remove(); });
  const lignes = [...table.tBodies].flatMap((corps) => {
    const activite = corps.querySelector(".activite");
    return [...corps.rows].map((tr) => {
      const competence = noms.get(tr.querySelector(".competence"));
      const resultat = contenu(tr.querySelector(".resultat"));
      return { tr, activite, ...noms.get(activite), haut: hauteur(tr), tete: Math.max(competence.nom, resultat), retete: competence.rappel };
    });
  });
  for (const t of textes) t.hidden = false;
  return lignes;
}

// A row taller than a page becomes several, each holding the criteria from..to of the original. One critère taller than
// a page is a piece by itself; a row with another cell that is taller stays whole: the browser divides both.
function couper(ligne, place) {
  if (ligne.tete > place) return [ligne];
  const criteres = [...ligne.tr.querySelectorAll(".critere")].map((e) => ({ e, boite: boite(e) }));
  const bords = paddings(ligne.tr.querySelector(".criteres"), "Top", "Bottom") + 2;
  // A sentence that announces bullets does not end a page.
  const annonce = (i) => criteres[i].e.matches("p") && criteres[i + 1]?.e.matches("li");
  const morceaux = [];
  for (let de = 0; de < criteres.length;) {
    const haut = (fin) => criteres[fin - 1].boite.bottom - criteres[de].boite.top + bords;
    let a = de + 1;
    while (a < criteres.length && haut(a + 1) <= place) a += 1;
    if (a < criteres.length) {
      while (a - 1 > de && annonce(a - 1)) a -= 1;
      if (a === criteres.length - 1 && a - 2 > de && !annonce(a - 2)) a -= 1; // not one criterion alone over the page
    }
    morceaux.push({ ...ligne, de, a, haut: Math.max(haut(a), de === 0 ? ligne.tete : ligne.retete) });
    de = a;
  }
  return morceaux;
}

// What the rows from..to take on a page: those of one activité together at least as much as its name.
function occupe(lignes, de, fin) {
  let total = 0;
  for (let i = de; i < fin;) {
    const { activite, nom, rappel: repete } = lignes[i];
    const etiquette = lignes[i - 1]?.activite === activite ? repete : nom;
    let rangs = 0;
    for (; i < fin && lignes[i].activite === activite; i += 1) rangs += lignes[i].haut;
    total += Math.max(rangs, etiquette);
  }
  return total;
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

// What a row that is divided leaves of its last page to those that follow.
function laisse(table, piece, pleine) {
  const essai = table.cloneNode(false);
  const modele = piece.tr.cloneNode(true);
  modele.querySelector(".activite")?.remove();
  const rangee = piece.a === undefined ? modele : morceau({ ...piece, tr: modele }, modele, table.dataset.suite);
  rangee.classList.add("haute");
  rangee.insertCell(0);
  essai.append(table.querySelector("colgroup").cloneNode(true), rangee);
  const place = pleine - bas([essai], table, pleine) - MARGE;
  essai.remove();
  return place;
}

// The fewest pages; among those the ones evenly filled, rather between two activités than inside one. `colle` are rows
// on the last page of one that is divided.
function repartir(table, lignes, premiere, pleine) {
  const pieces = lignes.flatMap((ligne) => {
    if (ligne.haut <= pleine || ligne.debut) return [ligne];
    return couper(ligne, pleine).map((piece) => ({ ...piece, debut: true }));
  });
  pieces.forEach((piece, i) => {
    if (piece.haut > pleine && piece.nom <= pleine && (i > 0 || premiere === pleine)) piece.laisse = laisse(table, piece, pleine);
  });
  const mieux = [{ pages: 0, cout: 0 }];
  for (let fin = 1; fin <= pieces.length; fin += 1) {
    for (let de = fin - 1; de >= 0; de -= 1) {
      const besoin = occupe(pieces, de, fin);
      const colle = besoin <= pieces[de - 1]?.laisse;
      const place = colle ? pieces[de - 1].laisse : de === 0 ? premiere : pleine;
      const reste = (place - besoin) / pleine;
      if (reste < 0 && de < fin - 1) break;
      const coupure = de > 0 && pieces[de].activite === pieces[de - 1].activite ? 0.2 : 0;
      const essai = { pages: mieux[de].pages + (colle ? 0 : 1), cout: mieux[de].cout + reste ** 2 + coupure, de, colle };
      const actuel = mieux[fin];
      if (!actuel || essai.pages < actuel.pages || (essai.pages === actuel.pages && essai.cout < actuel.cout)) mieux[fin] = essai;
      if (pieces[de].debut) break; // starts a page: nothing may stand before it
    }
  }
  const pages = [];
  for (let fin = pieces.length; fin > 0; fin = mieux[fin].de) {
    pages.unshift(Object.assign(pieces.slice(mieux[fin].de, fin), { colle: mieux[fin].colle }));
  }
  return pages;
}

// Its name in short, in a cell whose rows go on.
const repeter = (cellule, mot) => {
  const texte = cellule.querySelector(".texte");
  texte.replaceWith(rappel(texte, mot));
};

// A row of the original, reduced to its criteria de..a; all but the first say what they continue and have no boxes,
// so that a level can be ticked in one place only.
function morceau({ tr, de, a }, modele, mot) {
  const rangee = de === 0 ? tr : modele.cloneNode(true);
  if (de > 0) {
    rangee.removeAttribute("id");
    repeter(rangee.querySelector(".competence"), mot);
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
      if (p > 0 && g === 0 && !page.colle) tbody.className = "page";
      for (const l of lignes) tbody.append(l.a === undefined ? l.tr : morceau(l, modeles.get(l.tr), mot));
      const cellule = vues.has(activite) ? cellules.get(activite).cloneNode(true) : activite;
      if (vues.has(activite)) repeter(cellule, mot);
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
    return partager([{ activite: conclusion, nom: 0, haut: hauteur(conclusion) }]);
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
  const lignes = mesurer(table);
  if (!lignes.length) return;
  const pleine = PAGE - hauteur(table.tHead) - MARGE;
  let premiere = pleine;
  const bloc = table.closest(".grille-suite");
  if (bloc) {
    premiere = pleine - dessus(bloc, table);
    // No header row without a row under it: then the grille starts a page of its own. Below a title alone, which may not
    // stay there, the row is divided.
    if (occupe(lignes, 0, 1) > premiere) {
      const morceaux = couper(lignes[0], premiere);
      if (bloc.querySelector(".modalites")) { table.classList.add("page"); premiere = pleine; }
      else if (morceaux.length > 1 && morceaux[0].haut <= premiere) lignes.splice(0, 1, ...morceaux.map((m) => ({ ...m, debut: true })));
      else lignes[0].tr.classList.add("haute");
    }
  }
  const partager = (fin) => repartir(table, [...lignes, ...fin], premiere, pleine);
  const conclusion = table.closest(".conclusion-suite")?.querySelector(".conclusion");
  // Long comments flow after the grille, as their text breaks.
  const pages = conclusion && hauteur(conclusion) < PAGE * 0.6 ? avecConclusion(conclusion, partager) : partager([]);
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
  const trop = [...table.rows].filter((tr) => hauteur(tr) > PAGE - (tr.closest("thead") ? 0 : tete) - MARGE);
  for (const tr of trop) tr.classList.add("haute");
  if (!trop.length || table.tFoot) return;
  // Repeated at the foot of each page, without height or words.
  const pied = table.createTFoot();
  pied.className = "filet";
  pied.setAttribute("aria-hidden", "true");
  pied.insertRow().insertCell().colSpan = table.rows[0].cells.length;
}

// --- A table of a text wider than the page: its words may be cut anywhere.
function etroite(table) {
  if (boite(table).right > boite(table.parentElement).right + 1) table.dataset.etroite = "oui";
}

// --- Margin boxes stand in no tree: each is laid out in a hidden box of its width and font. What is too high there, or a
// word too wide (they cut none, whatever their style says), is shortened: what a foot says is whole elsewhere.
function raccourcir(style, tient) {
  if (tient(style.content)) return;
  const jetons = style.content.match(/"(?:\\.|[^"\\])*"|[^"]+/g).map((jeton) => {
    if (!jeton.startsWith('"')) return { jeton };
    const tout = [...jeton.slice(1, -1).replace(/\\(?:([0-9a-f]{1,6}) ?|(.))/gi, (_, hex, signe) => signe ?? String.fromCodePoint(parseInt(hex, 16)))];
    return { tout, garde: tout.length };
  });
  const echappe = (signes) => signes.map((s) => (/["\\\n]/.test(s) ? `\\${s.codePointAt(0).toString(16)} ` : s)).join("");
  const content = () => jetons.map(({ jeton, tout, garde }) => jeton ?? `"${echappe(tout.slice(0, garde))}${garde < tout.length ? "…" : ""}"`).join("");
  const chaines = jetons.filter((j) => j.tout);
  while (!tient(content())) {
    const long = chaines.reduce((a, b) => (b.garde > a.garde ? b : a));
    if (long.garde < 8) { problemes.push(`Le texte « ${extrait(style.content)} » ne tient pas dans sa marge.`); return; }
    long.garde -= Math.ceil(long.garde / 20);
  }
  // Not one letter less than must be.
  for (const chaine of chaines) {
    while (chaine.garde < chaine.tout.length) {
      chaine.garde += 1;
      if (!tient(content())) { chaine.garde -= 1; break; }
    }
  }
  style.content = content();
}

function marges() {
  const feuilles = [...document.styleSheets].filter((f) => !f.media.length || matchMedia(f.media.mediaText).matches);
  const regles = feuilles.flatMap((f) => [...f.cssRules]).filter((r) => r instanceof CSSPageRule);
  const essai = document.body.appendChild(document.createElement("div"));
  essai.className = "essai-marge";
  for (const page of new Set(regles.map((r) => r.selectorText))) {
    const siennes = [...regles.filter((r) => !r.selectorText), ...regles.filter((r) => page && r.selectorText === page)];
    const marge = (cote) => siennes.map((r) => r.style[cote]).filter(Boolean).at(-1);
    const cases = siennes.flatMap((r) => [...r.cssRules]);
    for (const nom of new Set(cases.map((c) => c.name))) {
      const memes = cases.filter((c) => c.name === nom);
      const texte = memes.findLast((c) => c.style.content);
      if (!texte?.style.content.includes('"')) continue;
      essai.style.cssText = `position: absolute; visibility: hidden; width: var(--page-largeur); ${memes.map((c) => c.style.cssText).join(";")}; overflow-wrap: normal`;
      const place = mm(marge(nom.startsWith("@top") ? "marginTop" : "marginBottom"));
      const tient = (content) => {
        essai.style.setProperty("--dit", content);
        return hauteur(essai) <= place && essai.scrollWidth <= essai.clientWidth + 1;
      };
      raccourcir(texte.style, tient);
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
      else if (!sort(noeud, boite(noeud), lieu, 2) && !image) controler(noeud, boite(noeud), page);
    }
  }
}

cesures();
ajuster();
document.querySelectorAll("main table:not([class])").forEach(etroite);
document.querySelectorAll("main img:not(.logo)").forEach(image);
document.querySelectorAll("table.grille").forEach(grille);
document.querySelectorAll("#fiche-synthese").forEach(fiche);
document.querySelectorAll(".conclusion").forEach(conclusion);
document.querySelectorAll("main table").forEach(hautes);
marges();
const { left, right } = boite(document.body);
const page = { left, right, top: -Infinity, bottom: Infinity };
controler(document.querySelector("main") ?? document.body, page, page);
return [...new Set(problemes)];
