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

await build({
  entryPoints: [`${source}/js/portal.js`],
  outfile: `${target}/portal.js`,
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
