import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { IngestionUnderTest } from './ingestion.js';

const MIB = 1_048_576;
const LIMIT_MIB = 200;
/** What the process may keep more of a file at its end than near its beginning. Whole, it would be 180 MiB. */
const GROWTH_MIB = 40;
/** Blanks around cells are no part of them: they make a file long that is little work for the database. */
const PAD = ' '.repeat(4_900);
const LINES = 37;

/** Rather more than 1 MiB of lines; numbers of SKUs go on where the piece before it ended. */
const piece = (index: number): string =>
  Array.from({ length: LINES }, (_, line) => `${PAD}LIMIT-${String(index * LINES + line)},${PAD}MAIN,${PAD}1,${PAD},${PAD},${PAD}\n`).join(
    '',
  );

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** MiB that the process cannot give back now. */
function keptMib(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

describe('a file over the limit of 200 MiB', () => {
  let ingestion: IngestionUnderTest;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start({ environment: { HOLDFAST_IMPORT_LIMIT_BYTES: String(LIMIT_MIB * MIB) } });
  });
  afterAll(() => ingestion.stop());

  const begin = (headers: Readonly<Record<string, string>>): ClientRequest =>
    ingestion.send('POST', '/v1/imports?kind=stock', { 'content-type': 'text/csv', ...headers });
  const answerOf = async (request: ClientRequest): Promise<readonly [number | undefined, unknown]> => {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let text = '';
    for await (const part of response) text += String(part);
    return [response.statusCode, (JSON.parse(text) as { readonly code: unknown }).code];
  };
  const stored = async (): Promise<number> => {
    const { rows } = await ingestion.runtime.database.pool.query<{ count: number }>(
      'SELECT (SELECT count(*) FROM ingestion.imports)::int + (SELECT count(*) FROM ingestion.import_lines)::int AS count',
    );
    return rows[0]?.count ?? 0;
  };

  it('is refused before it is sent, where it says its length', async () => {
    const request = begin({ 'content-length': String(LIMIT_MIB * MIB + 1) });
    request.on('error', () => undefined);
    request.flushHeaders();
    expect(await answerOf(request)).toEqual([413, 'body_too_large']);
    request.destroy();
    expect(await stored()).toBe(0);
  });

  it('is refused while it is sent, where it does not; memory stays flat, and nothing of it is left', async () => {
    const request = begin({});
    request.on('error', () => undefined);
    const answer = answerOf(request);
    let isAnswered = false;
    void answer.finally(() => (isAnswered = true));
    request.write('sku,locationId,quantity,unit,reason,effectiveAt\n');
    let sent = 0;
    let storedMost = 0;
    const kept: number[] = [];
    for (let index = 0; !isAnswered && sent < (LIMIT_MIB + 20) * MIB; index += 1) {
      const text = piece(index);
      sent += text.length;
      if (!request.write(text)) await Promise.race([once(request, 'drain'), answer]);
      if (index % 60 === 20) {
        kept.push(keptMib());
        storedMost = Math.max(storedMost, await stored());
      }
    }
    expect(await answer).toEqual([413, 'body_too_large']);
    request.destroy();
    expect(sent / MIB).toBeGreaterThan(LIMIT_MIB);
    expect(storedMost).toBeGreaterThan(2_000);
    expect(kept.length).toBeGreaterThan(2);
    expect(Math.max(...kept) - (kept[0] ?? 0)).toBeLessThan(GROWTH_MIB);
    expect(await stored()).toBe(0);
    expect(await ingestion.onHand('LIMIT-1')).toBeUndefined();
  });
});
