import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../golden');

/** An event or a message as a released version wrote it. */
export interface Golden {
  readonly file: string;
  readonly kind: 'event' | 'message';
  readonly type: string;
  readonly data: unknown;
}

/** Files of every released version. They are never edited: what they hold lies in people's stores. */
export const goldenFiles: readonly Golden[] = readdirSync(folder).flatMap((version) =>
  readdirSync(join(folder, version)).map((name) => {
    const content = JSON.parse(readFileSync(join(folder, version, name), 'utf8')) as Omit<Golden, 'file'>;
    return { file: `${version}/${name}`, ...content };
  }),
);
