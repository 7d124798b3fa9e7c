import { lookup } from 'node:dns/promises';

const BY_NAME = /^dns\+(http:\/\/)([^/:]+|\[[^\]]+\])(:\d+)?$/i;

/** Resolves to all addresses of a name. */
export type Resolve = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const system: Resolve = (name) => lookup(name, { all: true });

/** Whether the instances behind these URLs can change while the process runs. */
export const areChanging = (urls: readonly string[]): boolean => urls.some((url) => BY_NAME.test(url));

/** One URL for each instance: as it is, or for `dns+http://name:port` one for each address of the name. @throws when a name has none */
export async function instanceUrls(urls: readonly string[], resolve: Resolve = system): Promise<readonly string[]> {
  const found = await Promise.all(
    urls.map(async (url) => {
      const [, scheme, name, port] = BY_NAME.exec(url) ?? [];
      if (scheme === undefined || name === undefined) return [url];
      const addresses = await resolve(name);
      return addresses.map(({ address, family }) => `${scheme}${family === 6 ? `[${address}]` : address}${port ?? ''}`);
    }),
  );
  return [...new Set(found.flat())];
}
