import { enginesFolder, startLocal, type RestartableEngine } from '@holdfast/engines';

/** Engines that one installation of Holdfast uses together. What a set does not name runs embedded. */
export interface EngineSet {
  readonly name: string;
  readonly servers: readonly ('kafka' | 'eventstoredb')[];
}

/** The first one is what the others are compared with. */
export const ENGINE_SETS: readonly EngineSet[] = [
  { name: 'embedded', servers: [] },
  { name: 'Kafka, Postgres log', servers: ['kafka'] },
  { name: "Kafka, EventStoreDB's protocol", servers: ['kafka', 'eventstoredb'] },
];

export interface StartedSet {
  /** By which a program of Holdfast finds the engines. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the servers of a set, with no data. @returns why it cannot be had, where one of them is missing */
export async function startSet({ servers }: EngineSet): Promise<StartedSet | { readonly missing: string }> {
  const started: RestartableEngine[] = [];
  const stop = async (): Promise<void> => {
    for (const engine of started.reverse()) await engine.stop();
  };
  for (const name of servers) {
    const engine = await startLocal(name);
    if (engine === undefined) {
      await stop();
      return { missing: `no ${name} in ${enginesFolder()}` };
    }
    started.push(engine);
  }
  return { env: Object.fromEntries(started.map(({ variable, url }) => [variable, url])), stop };
}
