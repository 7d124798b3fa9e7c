import type { BodyOf } from '@holdfast/client';
import { useState, type ReactNode } from 'react';
import { Button, Dialog, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { present } from '../../app/present.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { unitsOf, type Transfer } from './status.js';

type Close = BodyOf<'transfers.act'>;
type Reason = NonNullable<Close['reasonCode']>;

const REASONS: readonly Reason[] = ['lost', 'damaged_in_transit', 'miscount'];

/** Gives up what is on the way, for a reason. The units leave the books, so it is asked once more. */
export function CloseTransfer({
  transfer,
  isBusy,
  onClose,
}: {
  readonly transfer: Transfer;
  readonly isBusy: boolean;
  onClose(action: Close): void;
}): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const [isAsking, setAsking] = useState(false);
  const [reasonCode, setReasonCode] = useState<Reason>('lost');
  const [reason, setReason] = useState('');
  return (
    <>
      <Button isDisabled={isBusy} onPress={() => setAsking(true)}>
        {say('transfers.close')}
      </Button>
      {isAsking ? (
        <Dialog title={say('transfers.close')} onClose={() => setAsking(false)}>
          <p>{say('transfers.closeText', { units: units(unitsOf(transfer, 'inTransit')) })}</p>
          <Select
            label={say('transfers.lossReason')}
            value={reasonCode}
            options={REASONS.map((value) => ({ value, text: say(`transfers.loss.${value}`) }))}
            onChange={(value) => setReasonCode(REASONS.find((one) => one === value) ?? 'lost')}
          />
          <TextField label={say('transfers.lossText')} value={reason} onChange={setReason} />
          <div className={layout['tools']}>
            <Button
              look="primary"
              isDisabled={isBusy}
              onPress={() => {
                setAsking(false);
                onClose({ action: 'close', reasonCode, ...present({ reason: reason.trim() }) });
              }}
            >
              {say('transfers.closeNow')}
            </Button>
            <Button onPress={() => setAsking(false)}>{say('actions.cancel')}</Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
