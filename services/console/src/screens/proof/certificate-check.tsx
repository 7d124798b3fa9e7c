import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { buttonLook } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Verdict } from './certificate.js';
import { checkInWorker } from './check-in-worker.js';

function Judged({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (!verdict.holds)
    return (
      <p className={layout['bad']} role="alert">
        ✗ {say('proof.false')} <strong>{verdict.where}</strong>: {verdict.says}
      </p>
    );
  return (
    <>
      <p className={layout['good']} role="status">
        ✓ {say('proof.true', { steps: units(verdict.steps), promises: units(verdict.promises) })}
      </p>
      <p>
        {say('proof.head')} <code className={layout['digest']}>{verdict.head}</code>
      </p>
    </>
  );
}

/** A stream of a hundred thousand events takes its time to be sent. */
const LONGEST_MS = 300_000;

/** Fetches the certificate of a SKU and walks it here: what the server concludes is not believed. */
export function CertificateCheck({ sku }: { readonly sku: string }): ReactNode {
  const { say } = useWords();
  const may = useMay('inventory.read');
  const query = useQuery({
    queryKey: ['certificate', sku],
    queryFn: async () => await checkInWorker(await holdfast.certificates.get(sku, {}, { timeoutMs: LONGEST_MS, deadlineMs: LONGEST_MS })),
    enabled: may && window.isSecureContext,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className={layout['card']} aria-label={say('proof.certificate')}>
      <h2>{say('proof.certificate')}</h2>
      <p>{say('proof.certificateText')}</p>
      {window.isSecureContext ? (
        <Region needs="inventory.read" query={query} rows={2}>
          {(verdict) => <Judged verdict={verdict} />}
        </Region>
      ) : (
        <p className={layout['warn']}>{say('proof.needsHttps')}</p>
      )}
      {may ? (
        <div className={layout['tools']}>
          <a
            className={buttonLook()}
            href={`/v1/inventory/${encodeURIComponent(sku)}/certificate`}
            download={`certificate-${encodeURIComponent(sku)}.json`}
          >
            {say('proof.download')}
          </a>
        </div>
      ) : null}
    </section>
  );
}
