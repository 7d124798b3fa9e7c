import type { Certificate, Verdict } from './certificate.js';

/** Checks a certificate beside the page, in this browser alone. @throws Error where the worker cannot run */
export function checkInWorker(certificate: Certificate): Promise<Verdict> {
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module', name: 'holdfast-certificate' });
  const verdict = new Promise<Verdict>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Verdict>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(certificate);
  return verdict.finally(() => worker.terminate());
}
