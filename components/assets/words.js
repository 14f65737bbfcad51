// Words that Streamlit's own controls have in English only, in the language of the page. `words` stands
// before this: [what Streamlit writes, {language: ours}], with {x} for whatever stands in that place.
const FIELDS = ["aria-label", "title", "placeholder"];
const LONGEST = 120;
const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
let observer;

export default (lang) => {
  observer?.disconnect();
  document.documentElement.lang = lang;
  const whole = new Map();
  const patterns = [];
  for (const [source, ours] of words) {
    // Also from the other languages: the reader may have changed the language of a page that stands.
    for (const text of [source, ...Object.values(ours)]) {
      if (text === ours[lang]) continue;
      if (text.includes("{x}")) patterns.push([new RegExp(`^${escaped(text).replace("{x}", "(.+)")}$`), ours[lang]]);
      else whole.set(text, ours[lang]);
    }
  }
  const translated = (text) => {
    const trimmed = text?.trim();
    if (!trimmed || trimmed.length > LONGEST) return undefined;
    const known = whole.get(trimmed);
    if (known !== undefined) return known;
    for (const [pattern, words] of patterns) {
      const match = pattern.exec(trimmed);
      if (match) return words.replace("{x}", match[1] ?? "");
    }
    return undefined;
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = translated(node.nodeValue);
      if (words !== undefined) node.nodeValue = words;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || ["STYLE", "SCRIPT", "svg"].includes(node.nodeName)) return;
    for (const field of FIELDS) {
      const words = translated(node.getAttribute(field));
      if (words !== undefined) node.setAttribute(field, words);
    }
    node.childNodes.forEach(visit);
  };
  observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(visit);
      else if (change.type === "characterData") visit(change.target);
      else {
        const words = translated(change.target.getAttribute(change.attributeName));
        if (words !== undefined) change.target.setAttribute(change.attributeName, words);
      }
    }
  });
  visit(document.body);
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: FIELDS,
  });
};
