async (html, fresh, keys, script) => {
  // Compiled before anything is awaited: the page's policy allows no code from strings later.
  if (script === true) script = self.livretMemory.script;
  let layout = null;
  if (script !== null) {
    try {
      layout = new (async () => {}).constructor("memoire", script);
    } catch (error) {
      return { script: String(error) };
    }
  }
  // What a layout script remembers of other documents is its own: another script begins anew.
  if (self.livretMemory?.script !== script) self.livretMemory = { script, known: new Map() };
  // Fonts stay decoded in the tab from one document to the next.
  const faces = (self.livretFaces ??= new Map());
  const problems = [];
  for (const [key, family, data, descriptors] of fresh) {
    // Chrome has the first since version 140.
    const bytes = Uint8Array.fromBase64?.(data) ?? Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    faces.set(key, new FontFace(family, bytes.buffer, descriptors));
  }
  document.open();
  document.write(html);
  document.close();
  document.adoptedStyleSheets = [];
  // Where the same stay, Chrome keeps what it knows of words in them.
  const [there, wanted] = [[...document.fonts], keys.map((key) => faces.get(key))];
  if (there.length !== wanted.length || there.some((face, i) => face !== wanted[i])) {
    document.fonts.clear();
    for (const face of wanted) document.fonts.add(face);
  }
  // Asking for `ready` lays the page out, which the layout script would do once more: fonts of the tab are there already.
  const fontsReady = async () => {
    if ([...document.fonts].some((face) => face.status !== "loaded")) await document.fonts.ready;
  };
  // Promises only: timers and events do not reach a page whose scripts are disabled. Reading a blob
  // takes a moment, in which the rest of the page can load.
  while (document.readyState !== "complete") await new Blob([" "]).text();
  if (document.querySelector("meta[http-equiv=refresh i]")) problems.push("la page en appelle une autre (meta refresh)");
  const images = [...document.images];
  const decoded = await Promise.allSettled(images.map((image) => image.decode()));
  images.forEach((image, i) => {
    if (decoded[i].status === "rejected") {
      const source = image.getAttribute("src") ?? "";
      const name = image.alt || (source.length > 400 ? source.slice(0, 400) + "…" : source);
      problems.push(`l’image « ${name} » ne se charge pas`);
    }
  });
  await fontsReady();
  for (const face of document.fonts) {
    if (face.status === "error") {
      problems.push(`la police « ${face.family} » (${face.weight}, ${face.style}) ne se charge pas`);
    }
  }
  if (problems.length === 0 && layout) {
    try {
      problems.push(...((await layout(self.livretMemory.known)) ?? []));
    } catch (error) {
      const place = /mise-en-page\.js:(\d+)/.exec(error?.stack ?? "");
      return { script: String(error) + (place ? `, ligne ${place[1] - 2}` : "") };
    }
    await fontsReady();
  }
  // What a theme promises to a hand: smaller, it is printed and said.
  const remarks = [...document.querySelectorAll("[data-min]")].flatMap((place) => {
    const least = place.dataset.min.match(/^\s*([\d.]+)mm\s+([\d.]+)mm\s*$/)?.slice(1).map(Number);
    if (!least) return [`« data-min="${place.dataset.min}" » n’est pas une largeur et une hauteur, « 60mm 25mm »`];
    if (!place.getClientRects().length) return [];
    const { width, height } = place.getBoundingClientRect();
    const size = [width, height].map((pixels) => (pixels * 25.4) / 96);
    if (size.every((side, i) => side >= least[i] - 0.3)) return [];
    const name = (place.closest("tr") ?? place).textContent.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim().slice(0, 40);
    const shown = (sides) => sides.map(Math.floor).join(" × ");
    return [`${name ? `« ${name} » : ` : ""}${shown(size)} mm, au lieu de ${shown(least)}`];
  });
  // The marks as they are seen, in the end: what a style adds is of them, what is hidden is not.
  const notes = [...document.querySelectorAll("[data-note]")].map((place) => {
    if (!place.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "";
    const added = (side) => getComputedStyle(place, side).content.match(/^"(.*)"$/)?.[1] ?? "";
    return added("::before") + place.innerText + added("::after");
  });
  return { problems, remarks: [...new Set(remarks)], notes };
}
