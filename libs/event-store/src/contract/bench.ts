import { randomUUID } from 'node:crypto';
import { NO_STREAM } from '../port.js';
import type { AppendResult, EventStore, NewEvent, Position, RecordedEvent } from '../port.js';

export interface ContractEngine {
  /** Opens a store on the engine; several may be open at once. */
  open(): Promise<EventStore>;
  dispose(): Promise<void>;
}

/** The engine under test with one store that most tests share. */
export class Bench {
  private engine: ContractEngine | undefined;
  private shared: EventStore | undefined;

  constructor(private readonly startEngine: () => Promise<ContractEngine>) {}

  async start(): Promise<void> {
    this.engine = await this.startEngine();
    this.shared = await this.engine.open();
  }

  async stop(): Promise<void> {
    await this.shared?.close();
    await this.engine?.dispose();
  }

  get store(): EventStore {
    if (!this.shared) throw new Error('the engine has not started');
    return this.shared;
  }

  open(): Promise<EventStore> {
    if (!this.engine) throw new Error('the engine has not started');
    return this.engine.open();
  }
}

/** A stream, or a prefix of streams, that no other test and no earlier run has used. */
export const freshName = (): string => `contract-${randomUUID().slice(0, 13)}`;

export const event = (type = 'Happened.v1', data: unknown = { n: 1 }): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { tenant: 'contract', at: 1_700_000_000_000, commandId: 'c-1' },
});

export const events = (count: number): readonly NewEvent[] => Array.from({ length: count }, (_none, n) => event('Happened.v1', { n }));

export async function appended(result: Promise<AppendResult>): Promise<{ readonly revision: number; readonly position: Position }> {
  const answer = await result;
  if (answer.kind !== 'appended') throw new Error(`conflict: expected ${answer.expected}, was ${answer.actual}`);
  return answer;
}

/** Appends events one by one to a fresh stream. */
export async function write(store: EventStore, stream: string, list: readonly NewEvent[]): Promise<void> {
  for (const [index, each] of list.entries()) await appended(store.append(stream, NO_STREAM + index, [each]));
}

export const idsOf = (list: readonly { readonly id: string }[]): readonly string[] => list.map((each) => each.id);

export const revisionsOf = (list: readonly RecordedEvent[]): readonly number[] => list.map((each) => each.revision);

export function expectGrowing(positions: readonly Position[]): void {
  expect(positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0n))).toBe(true);
}

/** Resolves once the condition holds; fails the test after the time. */
export async function until(condition: () => boolean, what: string, timeoutMs = 120_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
