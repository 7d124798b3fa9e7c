import type { ReservationResult, ReservationResultMessage } from '@holdfast/contracts';
import { Problem } from '@holdfast/platform';
import type { ResultMemory } from './result-memory.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Finds the result of a command for callers that do not read the topic. */
export class ResultReader {
  constructor(private readonly memory: Pick<ResultMemory, 'find'>) {}

  /** @throws Problem 404 `no_result` where the command has no result yet, or belongs to another tenant */
  async find(tenant: string, commandId: string): Promise<ReservationResult> {
    const known = UUID.test(commandId) ? await this.memory.find(commandId) : undefined;
    const message = known === undefined ? undefined : (JSON.parse(known.value) as ReservationResultMessage);
    if (message?.tenant === tenant) return message.data;
    throw new Problem(404, 'no_result', 'There is no result of such a command, or not yet', { details: [{ commandId }] });
  }
}
