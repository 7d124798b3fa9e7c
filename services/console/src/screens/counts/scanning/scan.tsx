import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import { holdfast } from '../../../app/holdfast.js';
import { useMay } from '../../../app/signed-in.js';
import { Button, Form, TextField } from '../../../ui/controls.js';
import layout from '../../../ui/layout.module.css';
import { Region } from '../../../ui/states.js';
import { useWords } from '../../../words/words.js';
import { Net, Waiting } from './waiting.js';
import styles from './scan.module.css';
import { scanned, type FormLine, type Scanned, type Tally } from './scanned.js';
import { useKeptCounts } from './use-kept-counts.js';

const route = getRouteApi('/counts/$batchId/scan');

interface CountedLineProps {
  readonly line: FormLine;
  readonly units: number;
  onUnits(units: number): void;
}

/** The line in hand, with units that a thumb can change. */
function CountedLine({ line, units, onUnits }: CountedLineProps): ReactNode {
  const { say } = useWords();
  return (
    <div className={styles['tally']}>
      <div className={styles['sku']} role="status">
        {units} × {line.sku}
      </div>
      <div className={layout['soft']}>{[line.lotId, line.binId].filter((part) => part !== null).join(' · ')}</div>
      <div className={styles['steps']}>
        <Button aria-label={say('scan.less')} isDisabled={units <= 0} onPress={() => onUnits(units - 1)}>
          −
        </Button>
        <TextField
          label={say('change.units')}
          kind="number"
          step={1}
          inputMode="numeric"
          value={String(units)}
          onChange={(text) => onUnits(Math.max(0, Math.trunc(Number(text)) || 0))}
        />
        <Button aria-label={say('scan.more')} onPress={() => onUnits(units + 1)}>
          +
        </Button>
      </div>
    </div>
  );
}

function Scanner({ batchId, lines }: { readonly batchId: string; readonly lines: readonly FormLine[] }): ReactNode {
  const { say } = useWords();
  const kept = useKeptCounts(batchId);
  const field = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState('');
  const [tally, setTally] = useState<Tally>();
  const [fault, setFault] = useState<Scanned['fault']>();
  const line = lines.find(({ lineId }) => lineId === tally?.lineId);
  const keep = (finished: Tally | undefined): void => {
    const counted = lines.find(({ lineId }) => lineId === finished?.lineId);
    if (finished !== undefined && counted !== undefined) kept.keep({ lineId: counted.lineId, sku: counted.sku, quantity: finished.units });
  };
  const onScan = (): void => {
    if (code.trim() === '') return;
    const next = scanned(tally, lines, code);
    keep(next.finished);
    setTally(next.tally);
    setFault(next.fault);
    setCode('');
  };
  return (
    <div className={styles['page']}>
      <Net isOnline={kept.isOnline} waiting={kept.waiting} />
      {kept.onlyHere === 0 ? null : <p role="alert">{say('scan.onlyHere', { count: kept.onlyHere })}</p>}
      <Form
        className={layout['form'] ?? ''}
        validationErrors={fault === undefined ? {} : { code: say(`scan.${fault}`) }}
        onSubmit={(event) => {
          event.preventDefault();
          onScan();
        }}
      >
        {/* A hand scanner types the code and Enter, so the field has the focus whenever nothing else needs it. */}
        <div ref={field}>
          <TextField
            label={say('scan.code')}
            hint={say('scan.codeHint')}
            name="code"
            autoComplete="off"
            value={code}
            onChange={(value) => {
              setFault(undefined);
              setCode(value);
            }}
            autoFocus
          />
        </div>
      </Form>
      {line === undefined || tally === undefined ? null : (
        <>
          <CountedLine line={line} units={tally.units} onUnits={(units) => setTally({ ...tally, units })} />
          <div>
            <Button
              look="primary"
              onPress={() => {
                keep(tally);
                setTally(undefined);
                field.current?.querySelector('input')?.focus();
              }}
            >
              {say('scan.record')}
            </Button>
          </div>
        </>
      )}
      <Waiting waiting={kept.waiting} onDrop={kept.drop} />
    </div>
  );
}

/** Counting with a hand scanner on a phone, with or without a net. */
export function ScanCount(): ReactNode {
  const { say } = useWords();
  const { batchId } = route.useParams();
  const enabled = useMay('inventory.cyclecount');
  const query = useQuery({
    queryKey: ['count form', batchId],
    queryFn: async () => await holdfast.counts.form({ batchId }),
    enabled,
    // What is to be counted does not change while it is; without a net it could not be read again.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('scan.title')}</h1>
      <Link to="/counts/$batchId" params={{ batchId }}>
        {say('scan.back')}
      </Link>
      <Region needs="inventory.cyclecount" query={query}>
        {({ lines }) => <Scanner batchId={batchId} lines={lines} />}
      </Region>
    </div>
  );
}
