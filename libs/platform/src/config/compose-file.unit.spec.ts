import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ROUTED_SERVICES } from '../services/services.js';
import type { Environment } from './environment.js';
import { loadConfig } from './load-config.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number };
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as ComposeFile;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const example = Object.fromEntries(
  readFileSync('.env.example', 'utf8')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

/** Puts in what .env.example gives, as Compose does with .env: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
const filledIn = (value: string): string =>
  value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_all, name: string, fallback?: string) => example[name] || (fallback ?? ''));

const environmentOf = ({ environment = {} }: Service): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value)]));

/** The names that the configuration asks for. */
function namesRead(environment: Environment): Set<string> {
  const names = new Set<string>();
  const watched = new Proxy(environment, {
    get: (target, name) => {
      names.add(String(name));
      return target[String(name)];
    },
  });
  loadConfig(watched);
  return names;
}

describe('the compose file', () => {
  it('has every service and every engine', () => {
    expect(services.map(([name]) => name).sort()).toEqual(['gateway', ...ROUTED_SERVICES, 'postgres', 'eventstoredb', 'kafka'].sort());
  });

  it.each(ours)('builds %s from what is there and starts what it builds', (_name, { build, command }) => {
    expect(existsSync(build?.dockerfile ?? '')).toBe(true);
    expect(command).toHaveLength(1);
    expect(existsSync((command?.[0] ?? '').replace(/^dist\/programs\/(.*)\.js$/, 'services/$1/src/main.ts'))).toBe(true);
  });

  it.each(services)('pins the image of %s and looks after its health', (_name, { image, healthcheck }) => {
    expect(filledIn(image ?? '')).toMatch(/^[\w./-]+:\d/);
    expect(healthcheck?.test.length).toBeGreaterThan(1);
    expect(healthcheck?.retries).toBeGreaterThan(0);
  });

  it.each(ours)('lets %s wait for engines that are healthy', (_name, { depends_on: dependencies = {} }) => {
    expect(Object.keys(dependencies).sort()).toEqual(['eventstoredb', 'kafka', 'postgres']);
    for (const { condition } of Object.values(dependencies)) expect(condition).toBe('service_healthy');
  });

  it.each(ours)('gives %s an environment that its configuration takes, and no name that it does not know', (_name, service) => {
    const environment = environmentOf(service);
    const known = namesRead(environment);
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
    expect(loadConfig(environment)).toMatchObject({ port: 3000, host: '0.0.0.0' });
  });

  it('names the services to the gateway by the names they have here', () => {
    const { serviceUrls } = loadConfig(environmentOf(compose.services['gateway'] ?? {}));
    for (const name of ROUTED_SERVICES) expect(new URL((serviceUrls[name]?.[0] ?? '').replace('dns+', '')).hostname).toBe(name);
  });

  it('asks for nothing that .env.example does not show', () => {
    const asked = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');
    expect(asked.filter((name) => !(name in example))).toEqual([]);
  });

  it('declares the volumes it uses, and opens no port twice', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
    const ports = services.flatMap(([, { ports: opened = [] }]) => opened);
    expect(new Set(ports).size).toBe(ports.length);
  });
});
