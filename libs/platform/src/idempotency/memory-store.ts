import type { IdempotencyStore, RememberedAnswer } from './store.js';

/** For tests: forgets with the process. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  private readonly answers = new Map<string, RememberedAnswer>();

  async find(id: string): Promise<RememberedAnswer | undefined> {
    return this.answers.get(id);
  }

  async missing(ids: readonly string[]): Promise<readonly string[]> {
    return ids.filter((id) => !this.answers.has(id));
  }

  async remember(id: string, _tenant: string, answer: RememberedAnswer): Promise<RememberedAnswer> {
    const kept = this.answers.get(id) ?? answer;
    this.answers.set(id, kept);
    return kept;
  }

  async rememberSoon(id: string, tenant: string, answer: RememberedAnswer): Promise<void> {
    await this.remember(id, tenant, answer);
  }

  async settled(): Promise<void> {
    await Promise.resolve();
  }
}
