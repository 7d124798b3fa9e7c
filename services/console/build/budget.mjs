import { gzipSync } from 'node:zlib';

/** At most so many bytes of gzip. */
const KB = 1_000;
const SHELL = 190 * KB;
const WITH_MATRIX = 215 * KB;
const SCREEN = 35 * KB;
const CSS = 20 * KB;

const kb = (bytes) => `${(bytes / KB).toFixed(1)} kB`;

/** The chunk and all chunks that it imports before it can run. */
function withImports(bundle, chunk, seen = new Set()) {
  if (seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) if (bundle[name]?.type === 'chunk') withImports(bundle, bundle[name], seen);
  return seen;
}

/** Fails the build where a part of the console is larger than what its reader should wait for. */
export const budget = () => ({
  name: 'holdfast-budget',
  apply: 'build',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const size = (name) => gzipSync(bundle[name].type === 'chunk' ? bundle[name].code : bundle[name].source, { level: 9 }).length;
    const sum = (names) => [...names].reduce((bytes, name) => bytes + size(name), 0);
    const entry = chunks.find(({ isEntry, name }) => isEntry && name === 'index');
    const shell = withImports(bundle, entry);
    const screens = chunks.filter(({ isDynamicEntry, facadeModuleId }) => isDynamicEntry && facadeModuleId?.includes('/src/screens/'));
    const figures = [['shell', sum(shell), SHELL]];
    for (const screen of screens) {
      const name = /\/src\/screens\/([\w-]+)\//.exec(screen.facadeModuleId)?.[1] ?? screen.name;
      const own = [...withImports(bundle, screen)].filter((file) => !shell.has(file));
      figures.push([`screen ${name}`, sum(own), SCREEN]);
      if (name === 'matrix') figures.push(['shell with matrix', sum(shell) + sum(own), WITH_MATRIX]);
    }
    figures.push(['styles', sum(Object.keys(bundle).filter((name) => name.endsWith('.css'))), CSS]);
    for (const [name, bytes, most] of figures) console.error(`console: ${name} ${kb(bytes)} gzip, at most ${kb(most)}`);
    // A fourth language would mean that the strings of React Aria were not stripped.
    const foreign = chunks.find(({ code }) => /"?(fr-FR|ja-JP)"?:\s*[{(]/.test(code));
    if (foreign !== undefined) this.error(`${foreign.fileName} carries strings of languages that the console does not speak`);
    const beyond = figures.filter(([, bytes, most]) => bytes > most);
    if (beyond.length > 0) this.error(`over the budget: ${beyond.map(([name]) => name).join(', ')}`);
  },
});
