// The list of candidats on a screen: search, filters and order, kept in the page's address so that a view can be
// bookmarked. The page is whole without it; all its words come from the page. When a preview is about to bring the page
// up to date, all that was added here is taken back, and added again to what has come.
"use strict";
(() => {
  const form = document.getElementById("filtres");
  if (!form) return;
  const compte = document.getElementById("compte");
  const criteres = document.getElementById("criteres");
  const date = document.getElementById("date");
  const clear = document.getElementById("f-effacer");
  const fields = ["recherche", "session", "etat", "referentiel", "tri"].map(name => form.elements[name]);
  const [recherche, session, etat, referentiel, tri] = fields;

  // Words without accents and case, each after a space: what is searched is the beginning of a word.
  const letters = new Map((form.dataset.lettres ?? "").split(" ").map(pair => pair.split(":")));
  const fold = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/[^\0-\x7f]/gu, letter => letters.get(letter) ?? letter).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  let sessions, total, links, states;
  const collect = () => {
    sessions = [...document.querySelectorAll(".session")].map(element => ({
      element,
      id: element.dataset.session,
      body: element.querySelector("tbody"),
      nodes: [...element.querySelector("tbody").childNodes],
      labels: [...element.querySelectorAll(".compte")].map(label => ({ label, text: label.textContent })),
      open: element.open,
      rows: [...element.querySelectorAll("tbody > tr")].map(tr => ({ tr, text: null })),
    }));
    total = sessions.reduce((sum, s) => sum + s.rows.length, 0);
    states = [...etat.options].map(option => option.value);
    // Totals lead to what they count.
    links = [...document.querySelectorAll("[data-filtre]")].map(element => {
      const link = document.createElement("a");
      const [, name, value] = element.dataset.filtre.match(/^(\w+)=(.*)$/s);
      link.href = "#" + new URLSearchParams({ [name]: value });
      link.append(...element.childNodes);
      element.append(link);
      return link;
    });
    form.hidden = false;
    // The day on which the page was made: no build writes a date, so that the same sources give the same bytes.
    const day = new Date(document.lastModified);
    date.textContent = date.dataset.texte.replace("{date}", day.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" }));
    date.hidden = false;
  };

  const counted = (n, of) => {
    const { un, plusieurs, sur } = compte.dataset;
    return n < of ? sur.replace("{n}", n).replace("{total}", of)
      : n === 1 ? un : plusieurs.replace("{n}", n);
  };

  // Orders: what a row is sorted by; the page's own order is by name.
  const share = tr => {
    let n = 0, t = 0;
    for (const { style } of tr.querySelectorAll("i")) {
      n += +style.getPropertyValue("--n");
      t += +style.getPropertyValue("--t");
    }
    return t ? n / t : -1;
  };
  const orders = { etat: tr => states.indexOf(tr.dataset.etat), avancement: share };
  let order = "";
  const sort = () => {
    if (order === tri.value) return;
    order = tri.value;
    for (const { body, nodes, rows } of sessions) {
      if (!order) { body.replaceChildren(...nodes); continue; }
      const sorted = rows.map(({ tr }) => ({ tr, key: orders[order](tr) })).sort((a, b) => a.key - b.key);
      body.append(...sorted.map(({ tr }) => tr));
    }
  };

  let filtered = false;
  const apply = () => {
    sort();
    const words = fold(recherche.value).split(" ").filter(Boolean);
    const was = filtered;
    filtered = words.length > 0 || [session, etat, referentiel].some(field => field.value);
    let shown = 0;
    for (const s of sessions) {
      let here = 0;
      for (const row of s.rows) {
        const { tr } = row;
        // Thousands of names take a while to fold: not before they are searched.
        if (words.length) row.text ??= " " + fold([...tr.cells[0].childNodes].map(node => node.textContent).concat(tr.dataset.evaluateurs ?? "").join(" "));
        const hit = (!session.value || s.id === session.value) && (!etat.value || tr.dataset.etat === etat.value)
          && (!referentiel.value || !tr.dataset.ref || tr.dataset.ref === referentiel.value) && words.every(word => row.text.includes(" " + word));
        if (tr.hidden === hit) tr.hidden = !hit;
        here += hit;
      }
      // What is found is unfolded; afterwards the reader's own foldings come back.
      if (filtered && !was) s.open = s.element.open;
      if (filtered) s.element.open = true;
      else if (was) s.element.open = s.open;
      s.element.hidden = here === 0;
      for (const { label } of s.labels) label.textContent = counted(here, s.rows.length);
      shown += here;
    }
    document.body.classList.toggle("filtre-actif", filtered);
    clear.hidden = !filtered;
    compte.textContent = shown ? counted(shown, total) : compte.dataset.aucun;
    const said = field => field.options ? field.selectedOptions[0].text : `« ${field.value.trim()} »`;
    criteres.textContent = fields.filter(field => field.value.trim())
      .map(field => `${field.labels[0].textContent} : ${said(field)}`).join(" · ");
  };

  const read = () => {
    const hash = new URLSearchParams(location.hash.slice(1));
    if (location.hash.length > 1 && !fields.some(field => hash.has(field.name))) return false;
    for (const field of fields) {
      field.value = hash.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    return true;
  };
  const write = () => {
    const hash = new URLSearchParams();
    for (const field of fields) if (field.value.trim()) hash.set(field.name, field.value);
    history.replaceState(null, "", hash.size ? "#" + hash : location.pathname + location.search);
  };

  form.addEventListener("input", () => { apply(); write(); });
  form.addEventListener("submit", event => event.preventDefault());
  clear.addEventListener("click", () => {
    form.reset();
    apply();
    write();
    recherche.focus();
  });
  form.querySelector("#f-imprimer").addEventListener("click", () => print());
  // An anchor of the page moves the reader, and leaves the view as it is.
  addEventListener("hashchange", () => read() ? apply() : write());

  // Paper has no folded sessions.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = sessions.filter(s => !s.element.open && !s.element.hidden);
    for (const s of folded) s.element.open = true;
  });
  addEventListener("afterprint", () => { for (const s of folded) s.element.open = false; });

  // The page as it was served.
  const undo = () => {
    const sorted = order !== "";
    order = "";
    for (const { element, body, nodes, labels, open, rows } of sessions) {
      for (const { tr } of rows) if (tr.hidden) tr.hidden = false;
      if (sorted) body.replaceChildren(...nodes);
      for (const { label, text } of labels) label.textContent = text;
      element.hidden = false;
      if (filtered) element.open = open;
    }
    filtered = false;
    document.body.classList.remove("filtre-actif");
    for (const link of links) link.replaceWith(...link.childNodes);
    form.hidden = clear.hidden = date.hidden = true;
    date.textContent = "";
    compte.textContent = criteres.textContent = "";
  };
  let focus = null;
  document.addEventListener("livret:avant", event => {
    focus = document.activeElement;
    undo();
    event.preventDefault();
  });
  document.addEventListener("livret:apres", () => {
    // Without the form that is listened to, all begins anew.
    if (!fields.every(field => form.elements[field.name] === field) || !form.isConnected) return location.reload();
    collect();
    // A session that was chosen may be gone.
    if (read()) write();
    apply();
    if (focus !== document.activeElement) focus?.focus({ preventScroll: true });
  });

  collect();
  read();
  apply();
})();
