// Builds portal/static/portal/dist from portal/static_src: `npm run build`. Same input, same bytes.
import { build } from "esbuild";
import { compile } from "sass";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const source = "portal/static_src";
const target = "portal/static/portal/dist";
rmSync(target, { recursive: true, force: true });
mkdirSync(`${target}/fonts`, { recursive: true });

const { css } = compile(`${source}/scss/portal.scss`, {
  loadPaths: ["node_modules/bootstrap-italia/src/scss"],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function", "mixed-decls"],
  logger: { warn() {}, debug() {} },
});
const minified = await build({
  stdin: { contents: css, loader: "css" },
  minify: true,
  write: false,
  target: "es2020",
});
writeFileSync(`${target}/portal.css`, minified.outputFiles[0].contents);

// One bundle for every page, and one for each kind of page that needs more.
const bundles = ["portal", "editor", "reader", "incoming"];
await build({
  entryPoints: bundles.map((name) => `${source}/js/${name}.js`),
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
});

const fonts = [
  ["titillium-web", ["400", "600", "700"]],
  ["lora", ["400"]],
  ["roboto-mono", ["400"]],
];
for (const [family, weights] of fonts)
  for (const weight of weights) {
    const file = `${family}-latin-${weight}-normal.woff2`;
    copyFileSync(`node_modules/@fontsource/${family}/files/${file}`, `${target}/fonts/${file}`);
  }

const symbols = readdirSync(`${source}/icons`)
  .filter((name) => name.endsWith(".svg"))
  .sort()
  .map((name) => {
    const svg = readFileSync(`${source}/icons/${name}`, "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
    return `<symbol id="${name.slice(0, -4)}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
writeFileSync(
  `${target}/icons.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
);

// The mark of the portal is the map itself: one square for each Province.
const { tiles } = JSON.parse(readFileSync("portal/organisations/data/province-tiles.json", "utf8"));
const leads = { TV: "#e0745c", BS: "#7fb0f5", PU: "#5cc9bd" };
const squares = (step, side, left, top) =>
  Object.entries(tiles)
    .map(([sigla, [column, row]]) => {
      const fill = leads[sigla] ? ` fill="${leads[sigla]}"` : "";
      return `<rect x="${left + column * step}" y="${top + row * step}" width="${side}" height="${side}" rx=".6"${fill}/>`;
    })
    .join("");
writeFileSync(
  `${target}/mark.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 65" fill="#d9dfea">${squares(5, 4.2, 0, 0)}</svg>\n`,
);
writeFileSync(
  `${target}/favicon.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" fill="#fff"><rect width="96" height="96" rx="16" fill="#12284c"/>${squares(5, 4.2, 8, 15)}</svg>\n`,
);
writeFileSync(
  `${target}/portal.webmanifest`,
  JSON.stringify({
    name: "Province & Comuni",
    short_name: "Province & Comuni",
    lang: "it",
    start_url: "/",
    display: "browser",
    background_color: "#ffffff",
    theme_color: "#12284c",
    icons: [{ src: "favicon.svg", type: "image/svg+xml", sizes: "any" }],
  }) + "\n",
);
