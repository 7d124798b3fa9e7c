import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { holdfast } from '../app/holdfast.js';
import { useIntentKey } from '../app/intent-key.js';
import { useMay } from '../app/signed-in.js';
import { counterOf, type StockChange } from '../app/undo.js';
import { useWords } from '../words/words.js';
import { Button } from './controls.js';
import { sentenceOf } from './faults.js';
import layout from './layout.module.css';
import { Toast } from './toast.js';

interface UndoToastProps {
  readonly text: string;
  readonly change: StockChange;
  onClose(): void;
}

/** Says what was changed and takes it back on demand, by a counter-adjustment that names the change. */
export function UndoToast({ text, change, onClose }: UndoToastProps): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const may = useMay('inventory.adjust');
  const { idempotencyKey, settled } = useIntentKey();
  const counter = counterOf(change, say('undo.reason'));
  const undo = useMutation({
    mutationFn: async (body: NonNullable<typeof counter>) => {
      const done = await holdfast.adjustments.create(body, { idempotencyKey });
      await queries.invalidateQueries();
      return done;
    },
    onSettled: (_, error) => settled(error),
  });
  const refused = undo.data?.lines.find(({ status }) => status === 'refused')?.code;
  if (undo.data !== undefined)
    return (
      <Toast
        text={
          refused === undefined ? (
            <>
              ✓ {say('undo.done')}{' '}
              <Link to="/sku/$sku/timeline" params={{ sku: change.sku }} search={{ correlation: undo.data.id }}>
                {say('undo.show')}
              </Link>
            </>
          ) : (
            <span className={layout['bad']}>
              ✗ {say('undo.refused')}: <code>{refused}</code>
            </span>
          )
        }
        onClose={onClose}
      />
    );
  return (
    <Toast
      text={
        undo.error === null ? (
          text
        ) : (
          <span className={layout['bad']}>
            ✗ {say('undo.refused')}: {sentenceOf(undo.error)}
          </span>
        )
      }
      onClose={onClose}
    >
      {counter === undefined || !may ? null : (
        <Button isDisabled={undo.isPending} onPress={() => undo.mutate(counter)}>
          <Undo2 size={16} aria-hidden="true" />
          {say('undo.action')}
        </Button>
      )}
    </Toast>
  );
}
