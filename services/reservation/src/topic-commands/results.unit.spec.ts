import { cloudEvent, messageDataSchemas, validatorOf, type ReservationResultMessage } from '@holdfast/contracts';
import { Problem } from '@holdfast/platform';
import type { Answer } from '../reservations/single-sku.js';
import { readCommand, type ReceivedCommand } from './read-command.js';
import { doneResult, refusedResult, reusedResult, type WrittenResult } from './results.js';

const NOON = Date.UTC(2026, 2, 1, 12);
const MIB = 1_048_576;

function received(orderId = 'o-1'): ReceivedCommand {
  const data = { orderId, items: [{ sku: 'TEE', quantity: 1 }] };
  const value = JSON.stringify(cloudEvent({ id: 'c', source: 's', type: 'holdfast.reservation.reserve.v1', at: 0, tenant: 'acme', data }));
  const reading = readCommand({ topic: 't', partition: 0, offset: '0', timestamp: 0, headers: {}, key: 'k', value });
  if (reading.kind !== 'command') throw new Error('no command');
  return reading.command;
}

const line = (sku: string, because: string) => ({
  sku,
  requested: 1,
  quantity: 1,
  committed: 0,
  sources: [{ locationId: 'BER', quantity: 1, because }],
});
const answer = (lines: Answer['reservation']['lines']): Answer => ({
  reservation: { reservationId: 'rs_1', orderId: 'o-1', status: 'held', expiresAt: NOON, lines },
  position: 4_711n,
});

const read = ({ value }: WrittenResult): ReservationResultMessage => JSON.parse(value) as ReservationResultMessage;
const faults = validatorOf(messageDataSchemas['holdfast.reservation.result.v1']);

describe('results of commands', () => {
  it('are as the schema of the topic says, done or refused', () => {
    const done = read(doneResult(received(), answer([line('TEE', 'priority 10')]), NOON));
    const refused = read(
      refusedResult(received(), new Problem(409, 'insufficient_stock', 'Not enough', { details: [{ sku: 'TEE' }] }), NOON),
    );
    expect([faults(done.data), faults(refused.data)]).toEqual([[], []]);
    expect(done).toMatchObject({
      tenant: 'acme',
      subject: 'o-1',
      time: '2026-03-01T12:00:00.000Z',
      data: { status: 201, position: '4711' },
    });
    expect(refused.data).toMatchObject({
      outcome: 'refused',
      status: 409,
      error: { code: 'insufficient_stock', details: [{ sku: 'TEE' }] },
    });
  });

  it('call a fault of ours failed', () =>
    expect(read(refusedResult(received(), new Problem(500, 'internal_error', 'Something went wrong'), NOON)).data.outcome).toBe('failed'));

  it('carry the same id whenever the same command is answered, and another where its id was used before', () => {
    const [first, again] = [1, 2].map((at) => read(doneResult(received(), answer([]), at)).id);
    expect(again).toBe(first);
    expect(read(reusedResult(received('o-2'), NOON))).toMatchObject({ data: { status: 422, error: { code: 'idempotency_key_reused' } } });
    expect(read(reusedResult(received('o-2'), NOON)).id).not.toBe(first);
  });

  it('fit into a message, whatever they would have to say', () => {
    const lines = Array.from({ length: 2_000 }, (_none, n) => line(`TEE-${n}`, 'because '.repeat(100)));
    const done = doneResult(received(), answer(lines), NOON);
    expect(Buffer.byteLength(done.value)).toBeLessThan(MIB);
    expect(read(done).data.reservation?.lines).toHaveLength(2_000);
    const details = Array.from({ length: 20_000 }, (_none, n) => ({
      sku: `TEE-${n}`,
      requested: 1,
      available: 0,
      locations: [],
      alternatives: [],
    }));
    const refused = refusedResult(received(), new Problem(409, 'insufficient_stock', 'Not enough', { details }), NOON);
    expect(Buffer.byteLength(refused.value)).toBeLessThan(MIB);
    expect(read(refused).data.error).toMatchObject({
      code: 'insufficient_stock',
      details: [{ message: expect.stringContaining('left out') as unknown }],
    });
  });
});
