import { appendingContract } from './contract/appending.js';
import { followingContract } from './contract/following.js';
import { racingContract } from './contract/racing.js';
import { readingContract } from './contract/reading.js';
import { restartingContract } from './contract/restarting.js';
import { Bench } from './contract/bench.js';
import type { ContractEngine } from './contract/bench.js';

export type { ContractEngine };

/** Specs of the behaviour of every event store. The store may contain other events, and other writers may append meanwhile. */
export function eventStoreContract(name: string, start: () => Promise<ContractEngine>): void {
  describe(`event store on ${name}`, () => {
    const bench = new Bench(start);
    beforeAll(() => bench.start());
    afterAll(() => bench.stop());
    describe('appending', () => appendingContract(bench));
    describe('reading', () => readingContract(bench));
    describe('following', () => followingContract(bench));
    describe('racing', () => racingContract(bench));
    describe('restarting', () => restartingContract(bench));
  });
}
