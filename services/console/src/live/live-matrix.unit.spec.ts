import { jest } from '@jest/globals';
import type { Change, Told } from './changes.js';
import { LiveMatrix, type MatrixWanted } from './live-matrix.js';
import type { MatrixSnapshot } from './matrix-store.js';

const snapshot = (figures: Readonly<Record<string, number>>, complete = true): MatrixSnapshot => ({
  ...{ by: 'channel', skus: Object.keys(figures), names: Object.keys(figures).map(() => null), held: [], complete },
  onHand: Object.values(figures),
  reserved: Object.values(figures).map(() => 0),
  columns: [{ id: 'shop', name: 'Shop', lowThreshold: 5, criticalThreshold: 0, figures: Object.values(figures) }],
});
const change = (sku: string, atp: number, locations = {}): Change => ({ kind: 'channel', channelId: 'shop', sku, atp, locations });

describe('a live matrix', () => {
  let tell: (told: Told) => void;
  /** Answers that the reads wait for, in their order. */
  let reads: { resolve(value: MatrixSnapshot): Promise<void>; reject(error: Error): Promise<void> }[];
  let matrix: LiveMatrix;
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    reads = [];
  });
  afterEach(() => {
    matrix.close();
    jest.useRealTimers();
  });
  const settled = async (): Promise<void> => void (await jest.advanceTimersByTimeAsync(0));

  const open = (wanted: MatrixWanted = { by: 'channel', locationId: undefined }): void => {
    matrix = new LiveMatrix(wanted, {
      follow(listener) {
        tell = listener;
        return () => undefined;
      },
      read: () =>
        new Promise((resolve, reject) => {
          reads.push({
            resolve: (value) => (resolve({ value, position: 1n }), settled()),
            reject: (error) => (reject(error), settled()),
          });
        }),
    });
  };
  const state = (of: 'live' | 'lost', heardAt = Date.now()): void => tell({ kind: 'state', state: of, heardAt });
  const changes = (...all: Change[]): void => tell({ kind: 'changes', changes: all, position: '9' });
  const reset = (): void => {
    tell({ kind: 'reset' });
    state('live');
  };
  const shown = async (figures: Readonly<Record<string, number>>): Promise<void> => {
    open();
    reset();
    await reads[0]?.resolve(snapshot(figures));
  };
  const figure = (sku: string): number | undefined => {
    const { store } = matrix.status;
    return store?.at(store.skus.indexOf(sku), 0);
  };

  it('reads once the stream is open, and takes what came meanwhile', async () => {
    open();
    reset();
    changes(change('TEE', 7));
    await reads[0]?.resolve(snapshot({ TEE: 8 }));
    expect([reads.length, figure('TEE'), matrix.status.staleSince]).toEqual([1, 7, undefined]);
  });

  it('says that a snapshot after a reset failed, and tries again until it has it', async () => {
    await shown({ TEE: 8 });
    reset();
    await reads[1]?.reject(new Error('away'));
    expect(matrix.status).toMatchObject({ error: new Error('away'), staleSince: 1_000_000 });
    changes(change('TEE', 5));
    expect(figure('TEE')).toBe(5);
    await jest.advanceTimersByTimeAsync(2_000);
    await reads[2]?.reject(new Error('away'));
    await jest.advanceTimersByTimeAsync(3_999);
    expect(reads).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(1);
    await reads[3]?.resolve(snapshot({ TEE: 4 }));
    expect([matrix.status.error, figure('TEE'), matrix.status.staleSince]).toEqual([undefined, 4, undefined]);
  });

  it('reads once more after a reset that came while it read', async () => {
    open();
    reset();
    reset();
    await reads[0]?.resolve(snapshot({ TEE: 8 }));
    expect(reads).toHaveLength(2);
    await reads[1]?.resolve(snapshot({ TEE: 9 }));
    expect([reads.length, figure('TEE')]).toEqual([2, 9]);
  });

  it('keeps what came in either of two reads that follow each other', async () => {
    open();
    reset();
    changes(change('TEE', 7), change('HAT', 2));
    reset();
    await reads[0]?.resolve(snapshot({ TEE: 8, HAT: 3 }));
    expect([figure('TEE'), figure('HAT')]).toEqual([7, 2]);
    changes(change('TEE', 6));
    await reads[1]?.resolve(snapshot({ TEE: 7, HAT: 2 }));
    expect([reads.length, figure('TEE'), figure('HAT'), matrix.status.waiting]).toEqual([2, 6, 2, 0]);
  });

  it('keeps what came in a read through a pause that ends before it', async () => {
    await shown({ TEE: 8 });
    reset();
    matrix.pause(true);
    changes(change('TEE', 7));
    matrix.pause(false);
    await reads[1]?.resolve(snapshot({ TEE: 8 }));
    expect([reads.length, figure('TEE'), matrix.status.waiting, matrix.status.staleSince]).toEqual([2, 7, 0, undefined]);
  });

  it.each(['fails', 'ends'])('reads no more once it is closed, also where a read %s after that', async (how) => {
    await shown({ TEE: 8 });
    reset();
    reset();
    changes(change('CAP', 1));
    matrix.close();
    await (how === 'fails' ? reads[1]?.reject(new Error('away')) : reads[1]?.resolve(snapshot({ TEE: 8 })));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(2);
  });

  it('shows while paused what it showed, through a reset too, and then catches up', async () => {
    await shown({ TEE: 8 });
    matrix.pause(true);
    changes(change('TEE', 7));
    reset();
    await jest.advanceTimersByTimeAsync(6_000);
    expect([reads.length, figure('TEE'), matrix.status.waiting, matrix.status.staleSince]).toEqual([1, 8, 1, 1_000_000]);
    matrix.pause(false);
    await reads[1]?.resolve(snapshot({ TEE: 3 }));
    expect([figure('TEE'), matrix.status.waiting, matrix.status.staleSince]).toEqual([3, 0, undefined]);
  });

  it('is as old as what was heard last while the connection is lost', async () => {
    await shown({ TEE: 8 });
    state('lost', 990_000);
    expect(matrix.status.staleSince).toBe(990_000);
    state('live');
    expect([reads.length, matrix.status.staleSince]).toEqual([1, undefined]);
  });

  it('reads soon for a SKU that it lacks, and not again while that stays away', async () => {
    await shown({ TEE: 8 });
    changes(change('HAT', 1));
    await jest.advanceTimersByTimeAsync(2_000);
    await reads[1]?.resolve(snapshot({ TEE: 8 }));
    for (let second = 0; second < 10; second += 1) {
      changes(change('HAT', second));
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(reads).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(60_000);
    changes(change('HAT', 1));
    await jest.advanceTimersByTimeAsync(2_000);
    await reads[2]?.resolve(snapshot({ HAT: 1, TEE: 8 }));
    expect(figure('HAT')).toBe(1);
  });

  it('of one location does not read for SKUs of others', async () => {
    open({ by: 'channel', locationId: 'BER' });
    reset();
    await reads[0]?.resolve(snapshot({ TEE: 8 }));
    changes(change('HAT', 3, { HAM: 3 }));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(reads).toHaveLength(1);
  });

  it('reads anew after somebody signed in again', async () => {
    await shown({ TEE: 8 });
    tell({ kind: 'signed-out' });
    await reads[1]?.reject(new Error('session_ended'));
    reset();
    await reads[2]?.resolve(snapshot({ HAT: 1 }));
    expect(matrix.status).toMatchObject({ store: expect.objectContaining({ skus: ['HAT'] }) as object, error: undefined });
  });
});
