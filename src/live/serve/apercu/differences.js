// Where two versions of a page differ, by their text. A large page takes long to parse and to compare, a row of it does
// not: what differs is looked for in lines, and given as the elements that it lies in. Only an element that is surely
// known is given: its old text, parsed, must be equal to what stands in the page.
const STRETCHES = 12;
const REACH = 200_000;
const RAW = "script, style, template";
const VOID = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

// A page's text without what the server has put in: that is another each time.
const bare = (html) => html.replace(/<script src="\/\.livret\/.*?<\/script>/s, "");

// The stretches of the old text that changed, in order, and how much longer each became.
function stretches(old, next) {
  const stretch = (before, now, at) => {
    const most = Math.min(before.length, now.length);
    let start = 0, tail = 0;
    while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) start++;
    while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) tail++;
    return { start: at + start, end: at + before.length - tail, longer: now.length - before.length };
  };
  const [before, now] = [old.split("\n"), next.split("\n")];
  const found = [];
  let at = 0;
  for (let i = 0; before.length === now.length && i < before.length && found.length <= STRETCHES; i++) {
    if (before[i] !== now[i]) found.push(stretch(before[i], now[i], at));
    at += before[i].length + 1;
  }
  // Lines came or went, or moved.
  if (before.length !== now.length || found.length > STRETCHES) return [stretch(old, next, 0)];
  return found;
}

// The one element of a text, if it is one and whole.
function element(name, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const { childNodes } = template.content;
  const [only] = childNodes;
  if (childNodes.length !== 1 || only.localName !== name || only.matches(RAW) || only.querySelector(RAW)) return null;
  const closed = (html.match(/<\//g) ?? []).length + only.querySelectorAll(VOID.join()).length;
  return closed === (html.match(/<[a-z]/gi) ?? []).length ? only : null;
}

// Where the elements start that are open at a place, innermost first.
function* ancestors(text, at) {
  const from = Math.max(0, at - REACH);
  const closed = {};
  for (const { 1: slash, 2: name, index } of [...text.slice(from, at).matchAll(/<(\/?)([a-z][a-z0-9]*)(?=[\s>])/g)].reverse()) {
    if (slash) closed[name] = (closed[name] ?? 0) + 1;
    else if (closed[name]) closed[name]--;
    else if (!VOID.includes(name)) yield [name, from + index];
  }
}

// Where the element ends that starts at a place; -1 if that is far.
function endOf(text, name, start) {
  let depth = 0;
  for (const { 0: tag, index } of text.slice(start, start + REACH).matchAll(new RegExp(`</?${name}(?=[\\s>])`, "g"))) {
    depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return start + index + tag.length + 1;
  }
  return -1;
}

// The innermost element that a stretch lies in, and what it becomes: `[element in the page, element]`, or `null`.
function place(old, next, all, stretch) {
  const moved = (at) => all.reduce((sum, other) => (other.end <= at ? sum + other.longer : sum), at);
  const torn = (at) => all.some((other) => other.start < at && at < other.end);
  for (const [name, first] of ancestors(old, stretch.start)) {
    if (["html", "head", "body"].includes(name)) return null;
    const last = endOf(old, name, first);
    if (last < stretch.end || torn(first) || torn(last)) continue;
    const known = element(name, old.slice(first, last));
    if (!known) return null;
    const rank = (old.slice(0, first).match(new RegExp(`<${name}(?=[\\s>])`, "g")) ?? []).length;
    const shown = document.getElementsByTagName(name)[rank];
    if (!shown?.isEqualNode(known)) return null;
    const becomes = element(name, next.slice(moved(first), moved(last)));
    if (becomes) return [shown, becomes];
  }
  return null;
}

// What is to be changed in the page to make the new text of the old one: pairs of an element in the page and what it
// becomes; `null` if that cannot surely be told.
function differences(old, next) {
  const all = stretches(old, next);
  const pairs = all.map((stretch) => place(old, next, all, stretch));
  if (pairs.includes(null)) return null;
  const nested = pairs.some(([outer]) => pairs.some(([inner]) => outer !== inner && outer.contains(inner)));
  return nested ? null : [...new Map(pairs)];
}
