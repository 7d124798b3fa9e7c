import type { Certificate } from './certificate.js';
import { check } from './check.js';

// Millions of steps are walked here, so that the page stays usable.
self.onmessage = ({ data }: MessageEvent<Certificate>) => {
  void check(data).then(
    (verdict) => self.postMessage(verdict),
    (error: unknown) => self.postMessage({ holds: false, where: 'certificate', says: String(error) }),
  );
};
