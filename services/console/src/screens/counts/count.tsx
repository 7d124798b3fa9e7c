import type { BodyOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button, buttonLook } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords, type WordId } from '../../words/words.js';
import { Lines } from './lines.js';
import { Record } from './record.js';
import { Review } from './review.js';
import { mustBeCounted, type Count } from './status.js';

const route = getRouteApi('/counts/$batchId');
const REFRESH_MS = 5_000;
export type Action = BodyOf<'counts.act'>;

/** Counting, then review: what the state of the batch asks for. */
function Work({ count: { batch, lines } }: { readonly count: Count }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const { idempotencyKey, settled } = useIntentKey();
  const act = useMutation({
    mutationFn: async (action: Action) => {
      await holdfast.counts.act(batch.id, action, { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
  });
  const isCounted = batch.status === 'open' || batch.status === 'counting';
  const isOpen = isCounted || batch.status === 'review';
  return (
    <>
      {isCounted ? (
        // Another version is another form: what was recorded stands in the table.
        <Record
          key={batch.version}
          lines={lines}
          isBusy={act.isPending}
          onRecord={(recorded) => act.mutate({ action: 'record', lines: recorded })}
        />
      ) : null}
      {batch.status === 'review' ? <Review key={batch.version} batch={batch} lines={lines} /> : null}
      {isOpen ? (
        <div className={layout['tools']}>
          {isCounted ? (
            <>
              <Button
                isDisabled={act.isPending || lines.some(mustBeCounted)}
                onPress={() => act.mutate({ action: 'submit', expectedVersion: batch.version })}
              >
                {say('counts.submit')}
              </Button>
              <Link className={buttonLook()} to="/counts/$batchId/scan" params={{ batchId: batch.id }}>
                {say('scan.open')}
              </Link>
              <a
                className={buttonLook()}
                href={`/api/inventory/cycle-count/blind-form?format=csv&batchId=${encodeURIComponent(batch.id)}`}
                download={`${batch.name ?? batch.id}.csv`}
              >
                {say('counts.form')}
              </a>
            </>
          ) : null}
          <Button isDisabled={act.isPending} onPress={() => act.mutate({ action: 'cancel' })}>
            {say('counts.cancel')}
          </Button>
        </div>
      ) : null}
      {act.error === null ? null : <Failed error={act.error} />}
    </>
  );
}

/** One batch: what is to be counted, what was, and what becomes of the differences. It stays readable once it is resolved. */
export function CountPage(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const { batchId } = route.useParams();
  const enabled = useMay('inventory.cyclecount');
  const query = useQuery({
    queryKey: ['count', batchId],
    queryFn: async () => await holdfast.counts.get(batchId),
    enabled,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('counts.one', { name: query.data?.batch.name ?? '' })}</h1>
      <Region needs="inventory.cyclecount" query={query}>
        {(count) => (
          <section className={layout['card']} aria-label={say('counts.count')}>
            <p role="status">
              <strong>{say(`counts.status.${count.batch.status}` as WordId)}</strong> · {count.batch.locationId} ·{' '}
              {say('counts.progress', { counted: units(count.batch.counted), lines: units(count.batch.lineCount) })}
              {count.batch.assignedTo === null ? null : ` · ${count.batch.assignedTo}`}
              {count.batch.blind ? ` · ${say('counts.sees.blind')}` : null}
            </p>
            <p className={layout['soft']}>
              <code>{count.batch.id}</code>
            </p>
            <Work count={count} />
            {count.batch.status === 'review' ? null : <Lines lines={count.lines} />}
          </section>
        )}
      </Region>
    </div>
  );
}
