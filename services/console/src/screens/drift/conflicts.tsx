import { ApiError, type BodyOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { openConflicts, type OpenConflict } from './open-conflicts.js';

type Use = BodyOf<'conflicts.resolve'>['use'];
const USES = ['master', 'channel', 'lower'] as const;
const MOST = 1_000;
const REFRESH_MS = 5_000;

/** The three decisions, each with the figure that both sides then show. */
function Decide({ conflict }: { readonly conflict: OpenConflict }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const queries = useQueryClient();
  const may = useMay('channels.sync');
  const { quantity: ours, observed: theirs, conflictId, sku } = conflict;
  const resolve = useMutation({
    mutationFn: async (use: Use) => await holdfast.conflicts.resolve(conflictId, { use }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['conflicts'] }),
  });
  const figure: Record<Use, number | null> = {
    master: ours,
    channel: theirs,
    lower: ours === null || theirs === null ? null : Math.min(ours, theirs),
  };
  return (
    <>
      <div className={layout['tools']}>
        {USES.map((use) => {
          const text = `${say(`conflicts.use.${use}`)}${figure[use] === null ? '' : ` (${units(figure[use])})`}`;
          return (
            <Button
              key={use}
              aria-label={`${text}: ${sku ?? ''}`}
              isDisabled={!may || resolve.isPending}
              onPress={() => resolve.mutate(use)}
            >
              {text}
            </Button>
          );
        })}
      </div>
      {resolve.error === null || (resolve.error instanceof ApiError && resolve.error.code === 'conflict_resolved') ? null : (
        <Failed error={resolve.error} />
      )}
    </>
  );
}

/** Conflicts that wait for a person. Until one is decided, nothing is told to its listing. */
export function Conflicts({ channelId }: { readonly channelId: string | undefined }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const may = useMay('channels.read');
  const query = useQuery({
    queryKey: ['conflicts', channelId],
    queryFn: async () =>
      openConflicts(
        await holdfast.syncHistory.list({ operation: 'inventory_conflict', open: true, limit: 100, ...present({ channelId }) }).first(MOST),
      ),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return (
    <section className={layout['card']} aria-label={say('conflicts.title')}>
      <h2>{say('conflicts.title')}</h2>
      <Region needs="channels.read" query={query} rows={2}>
        {(conflicts) =>
          conflicts.length === 0 ? (
            <p>✓ {say('conflicts.none')}</p>
          ) : (
            <Table
              label={say('conflicts.title')}
              rows={conflicts}
              keyOf={({ conflictId }) => conflictId}
              columns={[
                { head: say('drift.since'), cell: ({ at }) => <When at={at} /> },
                { head: say('channels.channel'), cell: ({ channelId: id }) => id },
                {
                  head: say('mappings.sku'),
                  cell: ({ sku }) =>
                    sku === null ? null : (
                      <Link to="/sku/$sku" params={{ sku }}>
                        {sku}
                      </Link>
                    ),
                },
                { head: say('drift.ours'), isNumber: true, cell: ({ quantity }) => (quantity === null ? '–' : units(quantity)) },
                { head: say('drift.theirs'), isNumber: true, cell: ({ observed }) => (observed === null ? '–' : units(observed)) },
                { head: say('conflicts.decide'), cell: (conflict) => <Decide conflict={conflict} /> },
              ]}
            />
          )
        }
      </Region>
    </section>
  );
}
