// Looks at a page the way those do who see little, use no mouse, or listen to it, and answers what is in their way, a
// sentence each. It measures what the browser shows, by WCAG 2.2 AA: it knows nothing of how the page is made.
const faults = [];
const say = (element, fault) => faults.push(`${shown(element)}: ${fault}`);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function shown(element) {
  const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ");
  const id = element.id ? `#${element.id}` : "";
  return `<${element.localName}${id}> ${JSON.stringify(text.slice(0, 40))}`;
}

function isVisible(element) {
  const box = element.getBoundingClientRect();
  const isThere = box.width > 1 && box.height > 1 && box.right > 0;
  return isThere && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

// Colours

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

function colour(css) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);

function luminance(rgb) {
  const [red, green, blue] = rgb.slice(0, 3).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What lies behind an element: the grounds of all that it stands in, the nearest in front. */
function ground(element) {
  const grounds = [];
  for (let at = element; at; at = at.parentElement) {
    grounds.push(colour(getComputedStyle(at).backgroundColor));
  }
  const paper = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
  return grounds.reduceRight((back, front) => over(front, back), paper);
}

/** What lies behind a text of a picture: the shape that is drawn last under its middle. */
function groundInPicture(text) {
  const box = text.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const shapes = all("rect, circle, path", text.ownerSVGElement).filter((shape) => {
    const place = shape.getBoundingClientRect();
    const isUnder = place.left <= x && x <= place.right && place.top <= y && y <= place.bottom;
    return isUnder && getComputedStyle(shape).fill !== "none";
  });
  const last = shapes.at(-1);
  const behind = ground(text.ownerSVGElement);
  return last ? over(colour(getComputedStyle(last).fill), behind) : behind;
}

function checkText(element, style, isPicture) {
  const behind = isPicture ? groundInPicture(element) : ground(element);
  const front = over(colour(isPicture ? style.fill : style.color), behind);
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const found = contrast(front, behind);
  if (found < (isLarge ? 3 : 4.5)) {
    say(element, `text has a contrast of ${found.toFixed(2)}`);
  }
  if (size < 12) {
    say(element, `text of ${size} px is too small`);
  }
}

for (const element of all("body *")) {
  const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  const hasText = texts.some((node) => node.data.trim() !== "");
  if (texts.some((node) => node.data.includes("`")) && isVisible(element)) {
    say(element, "shows a raw backtick");
  }
  if (hasText && isVisible(element) && !["option", "datalist", "script", "title"].includes(element.localName)) {
    checkText(element, getComputedStyle(element), element instanceof SVGTextElement);
  }
  if (element.placeholder && isVisible(element)) {
    checkText(element, getComputedStyle(element, "::placeholder"), false);
  }
}

// What is used

const USED = "a[href], button, input:not([type=hidden]), select, textarea, summary";

function nameOf(element) {
  const labelled = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const labels = labelled.map((id) => document.getElementById(id)?.textContent ?? "").concat(
    [...(element.labels ?? [])].map((label) => label.textContent),
  );
  const alternatives = all("img[alt], svg[aria-label]", element).map((image) => image.alt ?? image.ariaLabel);
  const isField = ["input", "select", "textarea"].includes(element.localName);
  return [element.ariaLabel, ...labels, ...alternatives, isField ? "" : element.textContent].join(" ").trim();
}

const standsInText = (element) =>
  element.localName === "a" && getComputedStyle(element).display === "inline";

for (const element of all(USED).filter(isVisible)) {
  if (nameOf(element) === "") {
    say(element, "has no name");
  }
  const box = element.getBoundingClientRect();
  if (!standsInText(element) && element.type !== "checkbox" && Math.min(box.width, box.height) < 24) {
    say(element, `is ${box.width.toFixed()} × ${box.height.toFixed()} px, too small to hit`);
  }
  if (element.matches("input:not([type=checkbox]), select, textarea")) {
    const style = getComputedStyle(element);
    const around = ground(element.parentElement);
    if (contrast(over(colour(style.borderTopColor), around), around) < 3) {
      say(element, "its border can hardly be seen");
    }
  }
  if (element.tabIndex > 0) {
    say(element, "changes the order of the keyboard");
  }
}

for (const field of all("input:not([type=hidden]), select, textarea")) {
  if (field.labels.length !== 1) {
    say(field, `has ${field.labels.length} labels`);
  }
}

// How the page is built

const ids = all("[id]").map((element) => element.id);
for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) {
  faults.push(`the id ${id} stands twice`);
}
for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "list"]) {
  for (const element of all(`[${name}]`)) {
    for (const id of element.getAttribute(name).split(/\s+/)) {
      if (!document.getElementById(id)) {
        say(element, `${name} leads to ${id}, which is not there`);
      }
    }
  }
}
for (const link of all('a[href^="#"]')) {
  if (!document.getElementById(link.hash.slice(1))) {
    say(link, "leads to a part that is not there");
  }
}

const count = (selector, wanted, what) => {
  const found = all(selector).length;
  if (found !== wanted) {
    faults.push(`there are ${found} ${what}, not ${wanted}`);
  }
};
count("main", 1, "main parts");
count("body > header", 1, "headers");
count("h1", 1, "first headings");
count("html[lang]", 1, "languages");
if (document.title.replace(/·.*/, "").trim() === "") {
  faults.push("the page has no title");
}
for (const element of all("body > *").filter(isVisible)) {
  if (!element.matches("header, main, footer, nav, .skip")) {
    say(element, "stands outside of every landmark");
  }
}
let before = 0;
for (const heading of all("h1, h2, h3, h4, h5, h6").filter((heading) => heading.checkVisibility())) {
  const level = Number(heading.localName[1]);
  if (level > before + 1) {
    say(heading, `follows a heading of level ${before}`);
  }
  if (heading.textContent.trim() === "") {
    say(heading, "is an empty heading");
  }
  before = level;
}
const landmarks = all("nav, [role=region], [role=search], section[aria-label], section[aria-labelledby]");
const named = landmarks.map((landmark) => {
  const id = landmark.getAttribute("aria-labelledby");
  const name = id ? document.getElementById(id)?.textContent : landmark.ariaLabel;
  return `${landmark.localName === "nav" ? "nav" : (landmark.role ?? "region")} ${name}`;
});
for (const name of new Set(named.filter((name, place) => named.indexOf(name) !== place))) {
  faults.push(`the landmark ${name} stands twice`);
}
for (const nav of all("nav:not([aria-label]):not([aria-labelledby])")) {
  say(nav, "is a navigation without a name");
}
for (const image of all("img:not([alt]), svg:not([aria-hidden]):not([aria-label]):not([aria-labelledby])")) {
  say(image, "is a picture without words");
}
for (const list of all("ul, ol")) {
  for (const child of list.children) {
    if (child.localName !== "li") {
      say(child, "stands in a list and is no item");
    }
  }
}
for (const cell of all("th:not([scope])")) {
  say(cell, "does not say what it is the heading of");
}

// Room

const page = document.documentElement;
if (page.scrollWidth > innerWidth) {
  faults.push(`the page is ${page.scrollWidth} px wide in a window of ${innerWidth}`);
  for (const element of all("body *").filter(isVisible)) {
    if (element.getBoundingClientRect().right > innerWidth + 1) {
      say(element, "goes beyond the window");
      break;
    }
  }
}
for (const element of all("body *").filter(isVisible)) {
  const style = getComputedStyle(element);
  const isCut = style.overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1;
  if (isCut && element.localName !== "input") {
    say(element, "is cut off");
  }
  const scrolls = ["auto", "scroll"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  if (scrolls && element.tabIndex < 0) {
    say(element, "scrolls, but not by keyboard");
  }
}
return faults;
