import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SRC = resolve(import.meta.dirname, '../../src');
const DOCUMENT = resolve(import.meta.dirname, '../../../../docs/reference/openapi.json');

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly needs: readonly string[];
}

interface Described {
  readonly operationId: string;
  readonly 'x-permissions'?: readonly string[];
}

/** Every operation of the API with the permissions that its route asks for. */
export const OPERATIONS: readonly Operation[] = Object.entries(
  (JSON.parse(readFileSync(DOCUMENT, 'utf8')) as { readonly paths: Record<string, Record<string, Described>> }).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    ...{ id: described.operationId, method: method.toUpperCase(), path, needs: described['x-permissions'] ?? [] },
  })),
);

/** Sources of the console by their path below `src`. */
export const SOURCES: ReadonlyMap<string, string> = new Map(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.spec.'))
    .map((path) => [path, readFileSync(join(SRC, path), 'utf8')]),
);

const moduleAt = (from: string, specifier: string): string | undefined =>
  ['.ts', '.tsx']
    .map((end) => relative(SRC, resolve(SRC, dirname(from), specifier.replace(/\.js$/, end))))
    .find((path) => SOURCES.has(path));

/** Files that a file uses; types alone run nothing. */
const usedBy = (path: string): readonly string[] =>
  [...(SOURCES.get(path) ?? '').matchAll(/^import (?!type )[^;]*?from '(\.[^']+)';/gm)]
    .map(([, specifier = '']) => moduleAt(path, specifier))
    .filter((used) => used !== undefined);

export interface Screen {
  /** As the router has it, from the root. */
  readonly path: string;
  /** The file of the screen itself. */
  readonly file: string;
  /** The screen that it lies in. */
  readonly within: Screen | undefined;
  /** What it is made of, the parts that every screen shares left out. */
  readonly files: readonly string[];
}

function filesFrom(file: string): readonly string[] {
  const found = new Set([file]);
  for (const each of found) for (const used of usedBy(each)) if (!used.startsWith('ui/') && !used.startsWith('words/')) found.add(used);
  return [...found];
}

/** Every screen of the router. */
export function readScreens(): readonly Screen[] {
  const screens = new Map<string, Screen>();
  for (const file of ['app/router.tsx', 'app/warehouse-routes.ts', 'app/operating-routes.ts']) {
    const text = SOURCES.get(file) ?? '';
    for (const [, name = '', body = ''] of text.matchAll(/^const (\w+) = createRoute\(\{([\s\S]*?)^\}\);/gm)) {
      const within = screens.get(/getParentRoute: \(\) => (\w+)/.exec(body)?.[1] ?? '');
      const component = moduleAt(file, /import\('([^']+)'\)/.exec(body)?.[1] ?? '');
      if (component === undefined) throw new Error(`the route ${name} has no screen`);
      const path = `${within?.path ?? ''}${/path: '([^']+)'/.exec(body)?.[1] ?? ''}`.replaceAll('//', '/');
      screens.set(name, { path, file: component, within, files: filesFrom(component) });
    }
  }
  return [...screens.values()];
}

const isNamed = (permission: string, file: string): boolean =>
  new RegExp(`['"]${permission.replace('.', String.raw`\.`)}['"]`).test(SOURCES.get(file) ?? '');

/** Calls that are shown to people, and not made. */
const SHOWN = /\/snippets\.ts$/;

/** Operations that a file calls. Names of types stand in quotes. */
export function operationsOf(file: string): readonly Operation[] {
  if (SHOWN.test(file)) return [];
  const called = new Set(
    [...(SOURCES.get(file) ?? '').matchAll(/(?<!['\w.])(?:holdfast\.)?(\w+)\.(\w+)(?=\(|;| =|\?)/g)].map(
      ([, area, name]) => `${area}.${name}`,
    ),
  );
  return OPERATIONS.filter(({ id }) => called.has(id));
}

/** Whether a file asks for a permission before it calls, or everything that shows it does. */
export function asksFor(permission: string, file: string, screen: Screen): boolean {
  if (isNamed(permission, file)) return true;
  if (file === screen.file) return screen.within !== undefined && asksFor(permission, screen.within.file, screen.within);
  const users = screen.files.filter((each) => usedBy(each).includes(file));
  return users.length > 0 && users.every((each) => asksFor(permission, each, screen));
}

export interface Entry {
  readonly to: string;
  readonly needs: string | undefined;
}

/** What stands in the menu, and the permission without which it has a lock. */
export const MENU: readonly Entry[] = [...(SOURCES.get('app/screens.ts') ?? '').matchAll(/\{ to: '([^']+)'.*\}/g)].map(
  ([line, to = '']) => ({
    ...{ to, needs: /needs: '([^']+)'/.exec(line)?.[1] },
  }),
);

/** Operations of an entry of the menu: of its screen and of those below it. */
export function operationsBelow({ to }: Entry, screens: readonly Screen[]): readonly Operation[] {
  const below = screens.filter(({ path }) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
  const ids = new Set(below.flatMap(({ files }) => files.flatMap((file) => operationsOf(file).map(({ id }) => id))));
  return OPERATIONS.filter(({ id }) => ids.has(id));
}
