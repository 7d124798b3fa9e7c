import type { ItemOf } from '@holdfast/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Dialog, Form } from '../../ui/controls.js';
import { sentenceOf } from '../../ui/faults.js';
import { objectOf, shown } from '../../ui/json.js';
import layout from '../../ui/layout.module.css';
import { NeedsPermission } from '../../ui/states.js';
import { TextArea } from '../../ui/text-area.js';
import { useWords } from '../../words/words.js';
import { fixOf, mendable } from './fix.js';

export type DeadLetter = ItemOf<'deadLetters.list', 'deadLetters'>;

interface MendProps {
  readonly letter: DeadLetter;
  onClose(): void;
  onSent(): void;
}

/** A message that could not be processed, to be mended and sent again. One that would fail again stays, with the reason beside it. */
export function Mend({ letter, onClose, onSent }: MendProps): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('erp.write');
  const [text, setText] = useState(() => shown(mendable(letter)));
  const { idempotencyKey, settled } = useIntentKey();
  const send = useMutation({
    mutationFn: async () => {
      const fix = fixOf(letter, objectOf(text));
      const { failed } = await holdfast.deadLetters.replay({ ids: [letter.id], ...(fix === undefined ? {} : { fix }) }, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['dead letters'] });
      return failed[0];
    },
    // A letter that would fail again was answered too: what is mended next is another intent.
    onSettled: (_, error) => settled(error),
    onSuccess: (failed) => {
      if (failed === undefined) onSent();
    },
  });
  // The same object until the next answer, and another after it: a form shows anew what arrives anew.
  const faults = useMemo(() => {
    const fault = send.error === null ? send.data?.message : sentenceOf(send.error);
    return fault === undefined ? {} : { message: fault };
  }, [send.error, send.data]);
  return (
    <Dialog title={say('letters.mend')} onClose={onClose}>
      <p className={layout['bad']}>
        <code>{letter.reason.code}</code> {letter.reason.message}
      </p>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={faults}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <TextArea label={say('letters.message')} name="message" rows={12} value={text} onChange={setText} isReadOnly={!mayWrite} />
        {mayWrite ? null : <NeedsPermission permission="erp.write" />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={!mayWrite || send.isPending}>
            {say('letters.sendAgain')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
      <details>
        <summary>{say('letters.asItCame')}</summary>
        <pre className={layout['code']} tabIndex={0}>
          {letter.value ?? ''}
        </pre>
        <p className={layout['soft']}>
          <code>
            {letter.topic} {letter.partition}/{letter.offset}
          </code>
        </p>
      </details>
    </Dialog>
  );
}
