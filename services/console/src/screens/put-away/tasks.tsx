import type { BodyOf } from '@holdfast/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty, Failed } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { isOpen, REASONS, StatusOf, type Task } from './status.js';

type Action = Pick<BodyOf<'putAway.post'>, 'taskId' | 'action'>;

function Actions({ task }: { readonly task: Task }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('inventory.write');
  const { idempotencyKey, settled } = useIntentKey();
  const act = useMutation({
    mutationFn: async (action: Action) => {
      await holdfast.putAway.post(action, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['put-away'] });
    },
    onSettled: (_, error) => settled(error),
  });
  if (!isOpen(task) || !mayWrite) return null;
  const { id, sku, assignedTo } = task;
  const button = (action: NonNullable<Action['action']>, word: 'putAway.assign' | 'putAway.complete' | 'putAway.cancel'): ReactNode => (
    <Button
      aria-label={say('putAway.actionOn', { action: say(word), sku })}
      isDisabled={act.isPending}
      onPress={() => act.mutate({ taskId: id, action })}
    >
      {say(word)}
    </Button>
  );
  return (
    <>
      <div className={layout['tools']}>
        {button('complete', 'putAway.complete')}
        {assignedTo === null ? button('assign', 'putAway.assign') : null}
        {button('cancel', 'putAway.cancel')}
      </div>
      {act.error === null ? null : <Failed error={act.error} />}
    </>
  );
}

function Lines({ task: { lines, unplaced } }: { readonly task: Task }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <>
      {lines.map(({ binId, quantity, completed, because }) => (
        <div key={`${binId} ${because}`}>
          {say('putAway.line', { bin: binId, completed: units(completed), units: units(quantity), because: say(REASONS[because]) })}
        </div>
      ))}
      {unplaced > 0 ? <div className={layout['warn']}>{say('putAway.unplaced', { units: units(unplaced) })}</div> : null}
    </>
  );
}

/** Tasks with their bins and the reason for each. */
export function Tasks({ tasks }: { readonly tasks: readonly Task[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (tasks.length === 0) return <Empty title={say('putAway.none')}>{say('putAway.noneText')}</Empty>;
  return (
    <Table
      label={say('putAway.title')}
      rows={tasks}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku, id }) => (
            <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: id }}>
              {sku}
            </Link>
          ),
        },
        { head: say('reservations.status'), cell: ({ status }) => <StatusOf status={status} /> },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        { head: say('transfers.from'), cell: ({ fromBinId }) => fromBinId ?? say('putAway.noBin') },
        { head: say('fairness.units'), isNumber: true, cell: ({ quantity }) => units(quantity) },
        { head: say('putAway.bins'), cell: (task) => <Lines task={task} /> },
        { head: say('putAway.assignedTo'), cell: ({ assignedTo }) => assignedTo ?? '' },
        { head: say('transfers.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
        { head: say('putAway.actions'), cell: (task) => <Actions task={task} /> },
      ]}
    />
  );
}
