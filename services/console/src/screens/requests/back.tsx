import { useState, type ReactNode } from 'react';
import { present } from '../../app/present.js';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';
import type { Step } from './open-units.js';

/** Takes the last step back, with a comment that stays with the request. */
export function Back({ isBusy, onStep }: { readonly isBusy: boolean; onStep(step: Step): void }): ReactNode {
  const { say } = useWords();
  const [comment, setComment] = useState('');
  return (
    <Form
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onStep({ kind: 'back', body: present({ comment: comment.trim() }) });
      }}
    >
      <div className={layout['tools']}>
        <TextField label={say('requests.backComment')} hint={say('requests.backText')} value={comment} onChange={setComment} />
        <Button type="submit" isDisabled={isBusy}>
          {say('requests.back')}
        </Button>
      </div>
    </Form>
  );
}
