import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { Button, Select } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useWords } from '../../words/words.js';
import { useLineColumns } from './lines.js';
import type { Batch, Line } from './status.js';

const DECISIONS = ['accept', 'recount', 'reject'] as const;
type Decision = (typeof DECISIONS)[number];

/** What becomes of each line in review. Nothing is decided for a line that is left as it is. */
export function Review({ batch, lines }: { readonly batch: Batch; readonly lines: readonly Line[] }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const columns = useLineColumns();
  const [decisions, setDecisions] = useState<Readonly<Record<string, Decision | ''>>>({});
  const { idempotencyKey, settled } = useIntentKey();
  const chosen = Object.entries(decisions).flatMap(([lineId, decision]) => (decision === '' ? [] : [{ lineId, decision }]));
  const resolve = useMutation({
    mutationFn: async () => {
      const done = await holdfast.counts.resolve({ batchId: batch.id, lines: chosen, expectedVersion: batch.version }, { idempotencyKey });
      await queries.invalidateQueries();
      return done.lines.filter(({ status }) => status === 'refused');
    },
    onSettled: (_, error) => settled(error),
  });
  return (
    <>
      <Table
        label={say('lines.title')}
        rows={lines}
        keyOf={({ lineId }) => lineId}
        columns={[
          ...columns,
          {
            head: say('counts.decision'),
            cell: ({ lineId, sku, status }) =>
              status === 'review' ? (
                <Select
                  label={say('counts.decisionOf', { sku })}
                  isLabelHidden
                  value={decisions[lineId] ?? ''}
                  options={[{ value: '', text: '–' }, ...DECISIONS.map((value) => ({ value, text: say(`counts.decision.${value}`) }))]}
                  onChange={(value) => setDecisions({ ...decisions, [lineId]: value as Decision | '' })}
                />
              ) : null,
          },
        ]}
      />
      <div className={layout['tools']}>
        <Button look="primary" isDisabled={resolve.isPending || chosen.length === 0} onPress={() => resolve.mutate()}>
          {say('counts.resolve')}
        </Button>
      </div>
      {(resolve.data ?? []).map(({ lineId, code }) => (
        <p key={lineId} role="alert" className={layout['bad']}>
          ✗ {lines.find((line) => line.lineId === lineId)?.sku}: <code>{code}</code>
        </p>
      ))}
      {resolve.error === null ? null : <Failed error={resolve.error} />}
    </>
  );
}
