import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { BusRecipe } from '../../test/open-bus.js';
import type { MemberRecipe, MemberReport } from '../../test/member.js';
import type { Bus, ConsumeOptions, IncomingMessage, OutgoingMessage, TopicDefinition } from '../port.js';

/** What a spec of an engine gives to the contract. */
export interface BusHarness {
  /** Opens a further bus on the engine, as another process would. */
  open(): Bus;
  /** The same for a process that the contract starts. */
  readonly recipe: BusRecipe;
  /** How the engine itself describes a topic. */
  describe(topic: string): Promise<{ readonly partitions: number; readonly cleanup: string; readonly retentionMs?: number }>;
  /** Postgres for effects and inboxes. */
  readonly effects: { readonly pool: pg.Pool; readonly connectionString: string };
  /** Stops the engine until the returned function is called; undefined if the spec does not own the engine. */
  readonly takeAway?: () => Promise<() => Promise<void>>;
  /** How long a frozen member keeps its partitions. */
  readonly leaseMs: number;
}

/** One test's buses, topics and processes; everything is ended after it. */
export class Suite {
  readonly faults: unknown[] = [];
  private buses: Bus[] = [];
  private children: ChildProcess[] = [];

  constructor(readonly harness: BusHarness) {}

  open(): Bus {
    const bus = this.harness.open();
    this.buses.push(bus);
    return bus;
  }

  /** A new topic of four partitions. */
  async topic(bus: Bus, more: Partial<TopicDefinition> = {}): Promise<string> {
    const name = `contract.${randomUUID()}`;
    await bus.ensureTopics([{ name, partitions: 4, cleanup: 'delete', ...more }]);
    return name;
  }

  /** Consumes and keeps what came. */
  async member(bus: Bus, options: Omit<ConsumeOptions, 'onBatch'> & Partial<Pick<ConsumeOptions, 'onBatch'>>): Promise<Member> {
    const seen: IncomingMessage[] = [];
    const subscription = await bus.consume({
      onFault: (error) => this.faults.push(error),
      ...options,
      onBatch: async (batch) => {
        await options.onBatch?.(batch);
        seen.push(...batch.messages);
      },
    });
    return { seen, stop: () => subscription.stop() };
  }

  /** Consumes in a process of its own. */
  process(member: MemberRecipe): MemberProcess {
    const [hooks, program] = ['../../test/register.mjs', '../../test/member.ts'].map((path) =>
      fileURLToPath(new URL(path, import.meta.url)),
    );
    const child = spawn(process.execPath, ['--import', hooks ?? '', program ?? ''], {
      env: { ...process.env, HOLDFAST_TEST_BUS: JSON.stringify(this.harness.recipe), HOLDFAST_TEST_MEMBER: JSON.stringify(member) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.children.push(child);
    const seen: MemberReport[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => seen.push(JSON.parse(line) as MemberReport));
    const ended = once(child, 'exit');
    return {
      seen,
      ended,
      alive: () => child.exitCode === null && child.signalCode === null,
      signal: (name) => void child.kill(name),
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  async end(): Promise<void> {
    for (const child of this.children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await Promise.all(this.buses.map((bus) => bus.close()));
    this.buses = [];
    this.children = [];
    this.faults.length = 0;
  }
}

export interface Member {
  readonly seen: IncomingMessage[];
  stop(): Promise<void>;
}

export interface MemberProcess {
  readonly seen: MemberReport[];
  readonly ended: Promise<unknown>;
  alive(): boolean;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
}

/** Messages n = from … from + count − 1; n names both key (of so many) and value. */
export const numbered = (count: number, keys = count, from = 0): OutgoingMessage[] =>
  Array.from({ length: count }, (_, n) => ({ key: `key-${(from + n) % keys}`, value: JSON.stringify({ n: from + n }) }));

export const numberOf = (message: { readonly value: string | null }): number => (JSON.parse(message.value ?? '{}') as { n: number }).n;

export const numbersOf = (messages: readonly { readonly value: string | null }[]): number[] => messages.map(numberOf);

/** What a member in a process of its own told, without messages that carry no number. */
export const numbersTold = (member: MemberProcess): number[] =>
  numbersOf(member.seen.flatMap((report) => report.values.map((value) => ({ value })))).filter((n) => n !== undefined);

/** Numbers 0 … count − 1. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

export const ascending = (numbers: Iterable<number>): number[] => [...numbers].sort((one, other) => one - other);

/** Waits until the check holds, or fails with what it last said. */
export async function eventually(check: () => void | Promise<void>, withinMs = 120_000): Promise<void> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(50);
    }
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
