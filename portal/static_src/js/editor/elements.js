// Small pieces of page: an element with its attributes and children, and an icon of the sprite.
const script = document.currentScript?.src;

export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  element.append(...children);
  return element;
};

// The page names the sprite by the address that browsers may keep; the script's neighbour is the same file.
const sprite = () => {
  const used = document.querySelector("use[href*='icons']")?.getAttribute("href");
  return used ? used.split("#")[0] : new URL("icons.svg", script).pathname;
};

export const icon = (name) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${sprite()}#${name}`);
  svg.append(use);
  return svg;
};

let last = 0;
export const idOf = (element, stem) => {
  if (!element.id) element.id = `${stem}-${(last += 1)}`;
  return element.id;
};
