import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EventStore } from '@holdfast/event-store';
import { certificateJson, certify } from '@holdfast/ledger';
import type { CertificateConclusion, CertificatePart, SkuRef } from '@holdfast/ledger';

/** Writes the certificate of a SKU from its stream and returns its conclusion. @throws EventStoreUnavailable */
export async function writeCertificate(store: EventStore, ref: SkuRef, file: string): Promise<CertificateConclusion> {
  let conclusion: CertificateConclusion | undefined;
  async function* watched(): AsyncGenerator<CertificatePart> {
    for await (const part of certify(store, ref)) {
      if (part.kind === 'conclusion') conclusion = part.conclusion;
      yield part;
    }
  }
  await pipeline(Readable.from(certificateJson(watched())), createWriteStream(file));
  if (conclusion === undefined) throw new Error('the certificate has no conclusion');
  return conclusion;
}

/**
 * Fetches the certificate of a SKU of the key's tenant from a running Holdfast. @throws Error with its answer if that is not a certificate
 */
export async function fetchCertificate(url: string, key: string, sku: string, file: string): Promise<void> {
  const response = await fetch(new URL(`/v1/inventory/${encodeURIComponent(sku)}/certificate`, url), {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!response.ok || response.body === null) throw new Error(`${response.status}: ${await response.text()}`);
  await pipeline(response.body, createWriteStream(file));
}
