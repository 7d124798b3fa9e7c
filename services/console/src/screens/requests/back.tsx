import { useState, type ReactNode } from 'react';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';
import type { Step } from './open-units.js';

/** Takes the last step back; the comment that says why stays with what happened. */
export function Back({ isBusy, onStep }: { readonly isBusy: boolean; onStep(step: Step): void }): ReactNode {
  const { say } = useWords();
  const [comment, setComment] = useState('');
  return (
    <Form
      aria-label={say('requests.back')}
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onStep({ kind: 'back', body: { comment: comment.trim() } });
      }}
    >
      <p className={layout['soft']}>{say('requests.backText')}</p>
      <div className={layout['tools']}>
        <TextField label={say('requests.backComment')} value={comment} onChange={setComment} isRequired />
        <Button type="submit" isDisabled={isBusy || comment.trim() === ''}>
          {say('requests.back')}
        </Button>
      </div>
    </Form>
  );
}
