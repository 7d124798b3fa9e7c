import { newIdempotencyKey } from '@holdfast/client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { holdfast } from '../../../app/holdfast.js';
import { useSession } from '../../../app/signed-in.js';
import { indexedCounts } from './indexed-counts.js';
import { keptAnyway } from './kept-anyway.js';
import { afterFault, sendKept, type KeptCount, type Sent } from './kept-counts.js';

const AGAIN_AFTER_MS = 5_000;
const store = keptAnyway(indexedCounts);

/** It is compared with the stock of its own time, however late it is sent; the same request each time, as the key asks for. */
async function send({ batchId, lineId, quantity, key, madeAt }: KeptCount): Promise<Sent> {
  const line = { lineId, quantity, countedAt: new Date(madeAt).toISOString() };
  try {
    await holdfast.counts.act(batchId, { action: 'record', lines: [line] }, { idempotencyKey: key });
    return 'taken';
  } catch (error) {
    return afterFault(error);
  }
}

let isAtIt = false;

/** Browsers have locks only over https: over plain http each page sends, one round at a time. */
async function withoutLocks(work: () => Promise<void>): Promise<void> {
  if (isAtIt) return;
  isAtIt = true;
  try {
    await work();
  } finally {
    isAtIt = false;
  }
}

/** One page at a time sends: the key alone would be enough, but two would get in each other's way. */
const alone = async (work: () => Promise<void>): Promise<void> => {
  if (!('locks' in navigator)) return await withoutLocks(work);
  await navigator.locks.request('holdfast.counts', { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work();
  });
};

export interface KeptCounts {
  readonly waiting: readonly KeptCount[];
  readonly isOnline: boolean;
  /** Counts that are lost with this page, as the browser does not keep them. */
  readonly onlyHere: number;
  keep(line: { readonly lineId: string; readonly sku: string; readonly quantity: number }): void;
  drop(count: KeptCount): void;
}

/** Counts of a batch that wait to be sent. They are kept first and sent then, as soon as there is a net. */
export function useKeptCounts(batchId: string): KeptCounts {
  const { tenant, subject } = useSession();
  const owner = `${tenant}.${subject}`;
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<readonly KeptCount[]>([]);
  const [isOnline, setOnline] = useState(navigator.onLine);
  const read = useCallback(async () => setWaiting((await store.all(owner)).filter((count) => count.batchId === batchId)), [owner, batchId]);
  const sendAll = useCallback(
    () =>
      alone(async () => {
        const taken = navigator.onLine ? await sendKept(store, owner, send) : 0;
        if (taken > 0) await queries.invalidateQueries({ queryKey: ['count', batchId] });
      }).then(read),
    [owner, batchId, queries, read],
  );
  useEffect(() => {
    const onNet = (): void => {
      setOnline(navigator.onLine);
      void sendAll();
    };
    onNet();
    window.addEventListener('online', onNet);
    window.addEventListener('offline', onNet);
    const timer = setInterval(onNet, AGAIN_AFTER_MS);
    return () => {
      window.removeEventListener('online', onNet);
      window.removeEventListener('offline', onNet);
      clearInterval(timer);
    };
  }, [sendAll]);
  return {
    waiting,
    isOnline,
    onlyHere: waiting.filter(({ key }) => store.onlyHere.has(key)).length,
    keep({ lineId, sku, quantity }) {
      const madeAt = Date.now();
      const count = { key: newIdempotencyKey(madeAt), owner, batchId, lineId, sku, quantity, madeAt };
      void store.put(count).then(read).then(sendAll);
    },
    drop: ({ key }) => void store.remove(key).then(read),
  };
}
