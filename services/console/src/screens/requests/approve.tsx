import { useState, type ReactNode } from 'react';
import { present } from '../../app/present.js';
import { Button, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Step } from './open-units.js';
import type { StockRequest } from './status.js';

const REASONS = ['short', 'budget', 'not_needed', 'other'] as const;

interface ApproveProps {
  readonly request: StockRequest;
  readonly isBusy: boolean;
  onStep(step: Step): void;
}

/** How much of each line is approved: all that was requested stands there first. A comment is needed to reject. */
export function Approve({ request, isBusy, onStep }: ApproveProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [reasonCode, setReasonCode] = useState<string>(REASONS[0]);
  const [partial, setPartial] = useState(false);
  const [comment, setComment] = useState('');
  const lines = request.lines.map(({ lineId, quantityRequested }) => {
    const quantity = Number(typed[lineId] ?? quantityRequested);
    return { lineId, quantity, ...(quantity === quantityRequested ? {} : { reasonCode }) };
  });
  const isLess = lines.some((line) => 'reasonCode' in line);
  const said = present({ comment: comment.trim() });
  return (
    <Form
      aria-label={say('requests.approveHead')}
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onStep({ kind: 'approve', body: { lines, partial, ...said } });
      }}
    >
      <h2>{say('requests.approveHead')}</h2>
      <div className={layout['tools']}>
        {request.lines.map(({ lineId, sku, quantityRequested }) => (
          <TextField
            key={lineId}
            label={sku}
            hint={say('requests.ofRequested', { units: units(quantityRequested) })}
            kind="number"
            step={1}
            value={typed[lineId] ?? String(quantityRequested)}
            onChange={(value) => setTyped({ ...typed, [lineId]: value })}
            isRequired
          />
        ))}
      </div>
      <div className={layout['tools']}>
        {isLess ? (
          <Select
            label={say('requests.whyLess')}
            value={reasonCode}
            options={REASONS.map((value) => ({ value, text: say(`requests.whyLess.${value}`) }))}
            onChange={setReasonCode}
          />
        ) : null}
        <Select
          label={say('requests.partial')}
          value={partial ? 'part' : 'all'}
          options={(['all', 'part'] as const).map((value) => ({ value, text: say(`requests.partial.${value}`) }))}
          onChange={(value) => setPartial(value === 'part')}
        />
        <TextField label={say('requests.comment')} value={comment} onChange={setComment} />
      </div>
      <div className={layout['tools']}>
        <Button type="submit" look="primary" isDisabled={isBusy}>
          {say('requests.approve')}
        </Button>
        <Button isDisabled={isBusy || comment.trim() === ''} onPress={() => onStep({ kind: 'reject', body: said })}>
          {say('requests.reject')}
        </Button>
        {comment.trim() === '' ? <span className={layout['soft']}>{say('requests.rejectHint')}</span> : null}
      </div>
    </Form>
  );
}
