import { leavingOutRefused } from './leaving-out-refused.js';

const refusal = Object.assign(new Error('invalid byte sequence'), { code: '22021' });

describe('storing items of which some are refused', () => {
  const stored: number[][] = [];
  const refused: number[] = [];
  const store = async (items: readonly number[]): Promise<void> => {
    if (items.some((item) => item < 0)) throw refusal;
    stored.push([...items]);
  };
  beforeEach(() => {
    stored.length = refused.length = 0;
  });

  it('stores all together where none is', async () => {
    await leavingOutRefused([1, 2, 3], store, (item) => refused.push(item));
    expect([stored, refused]).toEqual([[[1, 2, 3]], []]);
  });

  it('stores the others where some are, in order, and says which', async () => {
    await leavingOutRefused([1, -2, 3, -4], store, (item) => refused.push(item));
    expect([stored, refused]).toEqual([
      [[1], [3]],
      [-2, -4],
    ]);
  });

  it('leaves nothing out where something else is wrong', async () => {
    const away = new Error('no connection');
    await expect(
      leavingOutRefused(
        [1],
        () => Promise.reject(away),
        () => refused.push(0),
      ),
    ).rejects.toBe(away);
    let calls = 0;
    const awayLater = (): Promise<void> => Promise.reject((calls += 1) === 1 ? refusal : away);
    await expect(leavingOutRefused([1, 2], awayLater, () => refused.push(0))).rejects.toBe(away);
    expect(refused).toEqual([]);
  });
});
