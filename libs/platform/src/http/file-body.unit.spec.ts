import { Readable } from 'node:stream';
import { bounded } from './file-body.js';

async function read(body: Readable, limitBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of bounded(body, limitBytes)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** A body of these pieces that ends by an error. */
function broken(...pieces: readonly string[]): Readable {
  const rest = pieces.map((piece) => Buffer.from(piece));
  return new Readable({
    read() {
      const piece = rest.shift();
      if (piece === undefined) this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      else this.push(piece);
    },
  });
}

describe('the bytes of a body', () => {
  it('come up to the limit', async () => {
    expect(await read(Readable.from([Buffer.from('ab'), Buffer.from('cd')]), 4)).toBe('abcd');
    await expect(read(Readable.from([Buffer.from('abcde')]), 4)).rejects.toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it('of a sender that leaves are no fault of ours', async () => {
    await expect(read(broken('ab', 'cd'), 4)).rejects.toMatchObject({ status: 400, code: 'body_cut_off' });
  });
});
