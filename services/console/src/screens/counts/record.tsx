import { useState, type ReactNode } from 'react';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useWords, type WordId } from '../../words/words.js';
import { mayBeCounted, type Line } from './status.js';

interface RecordProps {
  readonly lines: readonly Line[];
  readonly isBusy: boolean;
  onRecord(lines: { lineId: string; quantity: number }[]): void;
}

/** What was counted, line by line. Those left empty stay to be counted. */
export function Record({ lines, isBusy, onRecord }: RecordProps): ReactNode {
  const { say } = useWords();
  const [counted, setCounted] = useState<Readonly<Record<string, string>>>({});
  const recorded = Object.entries(counted)
    .filter(([, units]) => units.trim() !== '')
    .map(([lineId, units]) => ({ lineId, quantity: Number(units) }));
  return (
    <Form
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onRecord(recorded);
      }}
    >
      <div className={layout['tools']}>
        {lines.filter(mayBeCounted).map(({ lineId, sku, productName, status }) => (
          <TextField
            key={lineId}
            label={sku}
            hint={
              status === 'to_count'
                ? (productName ?? '')
                : say(status === 'recount' ? 'counts.byAnother' : (`counts.line.${status}` as WordId))
            }
            kind="number"
            step={1}
            value={counted[lineId] ?? ''}
            onChange={(units) => setCounted({ ...counted, [lineId]: units })}
          />
        ))}
      </div>
      <div>
        <Button type="submit" look="primary" isDisabled={isBusy || recorded.length === 0}>
          {say('counts.record')}
        </Button>
      </div>
    </Form>
  );
}
